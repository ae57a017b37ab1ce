import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../src/prd/migrate/migrate.ts';
import { parsePrd } from '../../../src/prd/parse.ts';
import type { Prd } from '../../../src/prd/prd.ts';

const word = fc.constantFrom(
  'Cart',
  'Verify: npm test',
  '`npm test` passes',
  'Typecheck passes',
  'x is 1',
  '- [ ] a\n- b',
  '',
  ' ',
);
const words = fc.array(word, { maxLength: 3 });
const id = fc.constantFrom('a', 'b', 'c', '1', 2, 'US-1');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const status = fc.constantFrom('done', 'todo', 'in_progress', 'deferred', 'merged', 'odd');

/** Stories as any dialect could write them, some of them at odds with themselves. */
const story = fc.record({
  id: maybe(id),
  title: maybe(word),
  name: maybe(word),
  description: maybe(word),
  details: maybe(word),
  acceptanceCriteria: maybe(fc.oneof(words, word, fc.record({ ui: words, api: words }))),
  acceptance_criteria: maybe(words),
  dod: maybe(words),
  verify: maybe(fc.oneof(word, words)),
  steps: maybe(words),
  priority: maybe(fc.constantFrom(1, 2.5, 'high', 'P0', '3', 'done', null)),
  passes: maybe(fc.boolean()),
  completed: maybe(fc.boolean()),
  status: maybe(status),
  dependsOn: maybe(fc.oneof(fc.array(id, { maxLength: 2 }), fc.constantFrom('a, b', 'API ready', null))),
  deps: maybe(fc.array(id, { maxLength: 2 })),
  blocks: maybe(fc.array(id, { maxLength: 2 })),
  model: maybe(fc.constantFrom('opus', 'haiku', null)),
  implementModel: maybe(fc.constantFrom('sonnet', null)),
  sprint: maybe(fc.constantFrom(1, 'x')),
  files: maybe(fc.oneof(words, fc.record({ create: words }))),
  files_to_create: maybe(words),
  notes: maybe(fc.oneof(word, words)),
  zeta: maybe(fc.jsonValue({ maxDepth: 1 })),
});

const list = fc.array(story, { maxLength: 4 });
const document = fc.oneof(
  list,
  fc.record({ name: maybe(word), checks: maybe(fc.constant({ test: 'npm test' })), userStories: list }),
  fc.record({ project: maybe(word), stories: list, qualityGates: maybe(fc.constant(['npm test', 'look at it'])) }),
  fc.record({ phases: fc.array(fc.record({ id: maybe(id), note: maybe(word), stories: list }), { maxLength: 2 }) }),
  fc.record({ prd: fc.record({ title: maybe(word), tasks: list }), version: fc.constant(1) }),
  fc.record({
    tasks: fc.array(fc.record({ id: maybe(id), status: maybe(status), subtasks: maybe(list) }), { maxLength: 3 }),
  }),
);

describe('migration of any document that can be read', () => {
  it('changes no story, keeps what nobody knows, and has nothing left to do the second time', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const before = parsePrd(text, 'PRD.json');
        const after = migrate(text, 'PRD.json', { schema: './s.json' });
        expect(after.kind === 'refused').toBe(before.kind === 'refused');
        if (before.kind === 'refused' || after.kind === 'refused') return;
        expect(facts(reread(after.text))).toEqual(facts(before.document.prd));
        expect(zetas(JSON.parse(after.text))).toEqual(zetas(JSON.parse(text)));
        expect(migrate(after.text, 'PRD.json', { schema: './s.json' })).toMatchObject({ text: after.text });
      }),
      { numRuns: 200 },
    );
  });
});

function reread(text: string): Prd {
  const parsed = parsePrd(text, 'PRD.json');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  return parsed.document.prd;
}

function facts({ stories }: Prd): readonly unknown[] {
  return stories.map(({ path: _, criteria, ...story }) => [
    story,
    criteria.map(({ text, reading }) => [text, reading]),
  ]);
}

/** Everything under a key that no dialect knows, wherever it stands. */
function zetas(value: unknown): readonly string[] {
  const found: string[] = [];
  JSON.stringify(value, (key, one) => {
    if (key === 'zeta') found.push(JSON.stringify(one));
    return key === 'zeta' ? null : one;
  });
  return found.sort();
}

/** A folder of real documents, read where they are. */
const corpus = process.env.PRD_CORPUS;

describe.skipIf(corpus === undefined)(`real documents (${corpus ?? 'set PRD_CORPUS to a folder of PRD files'})`, () => {
  const names = corpus === undefined ? [] : readdirSync(corpus).filter((name) => name.endsWith('.json'));
  it.each(names)('%s reads the same afterwards', (name) => {
    const text = readFileSync(join(corpus ?? '', name), 'utf8');
    const before = parsePrd(text, name);
    const after = migrate(text, name, { schema: null });
    expect(after.kind === 'refused').toBe(before.kind === 'refused');
    if (before.kind === 'refused' || after.kind === 'refused') return;
    expect(facts(reread(after.text))).toEqual(facts(before.document.prd));
  });
});
