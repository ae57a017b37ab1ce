import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setPasses } from '../../src/prd/edit.ts';
import { type PrdDocument, parsePrd } from '../../src/prd/parse.ts';

/** A folder of real documents. They are read where they are and never become a part of this repository. */
const corpus = process.env.PRD_CORPUS;

describe.skipIf(corpus === undefined)(`real documents (${corpus ?? 'set PRD_CORPUS to a folder of PRD files'})`, () => {
  const folder = corpus ?? '';
  const names = corpus === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.json'));

  it('holds some', () => {
    expect(names.length).toBeGreaterThan(0);
  });

  it.each(names)(
    '%s is read, or refused in words',
    (name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const parsed = parsePrd(text, name);
      if (parsed.kind === 'refused') {
        expect(parsed.problems.length).toBeGreaterThan(0);
        return;
      }
      for (const story of parsed.document.prd.stories) {
        for (const { text: criterion, reading } of story.criteria) {
          if (reading.kind === 'command') expect(criterion).toContain(reading.command.run);
        }
      }
      for (const id of uniqueIds(parsed.document)) roundTrip(text, name, id);
    },
    120_000,
  );

  /** There, back and there again gives the same bytes as there alone. */
  function roundTrip(text: string, name: string, id: string): void {
    const there = setPasses(text, name, id, true);
    if (there.kind === 'refused') throw new Error(`${name} ${id}: ${JSON.stringify(there.problem)}`);
    const back = setPasses(there.text, name, id, false);
    if (back.kind === 'refused') throw new Error(`${name} ${id}: ${JSON.stringify(back.problem)}`);
    expect(setPasses(back.text, name, id, true)).toEqual(there);
  }
});

function uniqueIds({ prd }: PrdDocument): readonly string[] {
  const ids = prd.stories.filter((story) => story.hasId).map((story) => story.id);
  return ids.filter((id) => ids.indexOf(id) === ids.lastIndexOf(id));
}
