import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addToStories, type StoryAddition } from '../../src/prd/edit-refined.ts';
import { parsePrd } from '../../src/prd/parse.ts';

function documentOf(text: string) {
  const parsed = parsePrd(text, 'PRD.json');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  return parsed.document;
}

function added(text: string, additions: Readonly<Record<string, Partial<StoryAddition>>>): string {
  const document = documentOf(text);
  const map = new Map(
    Object.entries(additions).map(([id, addition]) => {
      const story = document.prd.stories.find((one) => one.id === id);
      if (story === undefined) throw new Error(id);
      return [story, { criteria: [], notes: '', ...addition }] as const;
    }),
  );
  const edited = addToStories(document, map);
  if (edited.kind === 'refused') throw new Error(JSON.stringify(edited.problem));
  return edited.text;
}

const text = `\ufeff{ // ours
  "userStories": [
    {"id": "US-1", "title": "One", "acceptanceCriteria": ["a b c"], "passes": false,},
    {
      "id": "US-2",
      "title": "Two",
      "acceptanceCriteria": [
        "d e f",
        { "text": "totals", "verify": { "run": "npm test" } } /* kept */
      ],
      "notes": "by hand",
      "passes": false
    }
  ]
}
`.replaceAll('\n', '\r\n');

describe('adding to stories', () => {
  it('puts criteria behind those that are there, in the style of each list, and changes no other byte', () => {
    const now = added(text, { 'US-1': { criteria: ['new', 'Verify: npm test'] }, 'US-2': { criteria: ['more'] } });
    expect(now).toBe(
      text
        .replace('["a b c"]', '["a b c", "new", "Verify: npm test"]')
        .replace('"npm test" } } /* kept */', '"npm test" } }, /* kept */\r\n        "more"'),
    );
  });

  it('puts the plan behind the notes of a person, and replaces the one of an earlier time', () => {
    const once = added(text, { 'US-2': { notes: 'Refined: create a.ts' } });
    expect(once).toContain('"notes": "by hand\\n\\nRefined: create a.ts"');
    expect(added(once, { 'US-2': { notes: 'Refined: create b.ts' } })).toContain(
      '"notes": "by hand\\n\\nRefined: create b.ts"',
    );
  });

  it('a story without notes gains them', () => {
    expect(documentOf(added(text, { 'US-1': { notes: 'Refined: x' } })).prd.stories[0]?.notes).toBe('Refined: x');
  });

  it('nothing to add changes nothing', () => {
    expect(added(text, { 'US-1': {} })).toBe(text);
  });

  it('criteria that are no list are left alone', () => {
    const prd = '{"userStories":[{"id":"US-1","title":"t","acceptanceCriteria":"one text","passes":false}]}';
    const document = documentOf(prd);
    const [story] = document.prd.stories;
    if (story === undefined) throw new Error('one story');
    expect(addToStories(document, new Map([[story, { criteria: ['x'], notes: '' }]]))).toMatchObject({
      kind: 'refused',
      problem: { code: 'edit-refused' },
    });
  });

  it('whatever is added, every criterion that was there stands first, word for word', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 5 }), fc.string(), (criteria, notes) => {
        const before = documentOf(text).prd.stories;
        const document = documentOf(text);
        const [first] = document.prd.stories;
        if (first === undefined) throw new Error('two stories');
        const edited = addToStories(document, new Map([[first, { criteria, notes }]]));
        if (edited.kind === 'refused') return;
        const after = documentOf(edited.text).prd.stories;
        expect(after[0]?.criteria.slice(0, 1).map((one) => one.text)).toEqual(
          before[0]?.criteria.map((one) => one.text),
        );
        expect(after[1]?.criteria.map((one) => one.text)).toEqual(before[1]?.criteria.map((one) => one.text));
        expect(edited.text.startsWith('\ufeff{ // ours\r\n')).toBe(true);
      }),
    );
  });
});
