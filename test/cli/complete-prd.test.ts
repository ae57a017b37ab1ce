import { describe, expect, it } from 'vitest';
import { completePrd } from '../../src/cli/complete-prd.ts';
import { type PrdDocument, parsePrd } from '../../src/prd/parse.ts';

const additions = { schema: './s.json', checks: { test: 'npm test' } };
const ralph = `{
  "project": "MyApp",
  "branchName": "ralph/feature",
  "userStories": [
    { "id": "US-001", "title": "A", "acceptanceCriteria": ["Typecheck passes"], "priority": 1, "passes": false }
  ]
}
`;

function document(text: string): PrdDocument {
  const parsed = parsePrd(text, 'prd.json');
  if (parsed.kind === 'refused') throw new Error('the fixture cannot be read');
  return parsed.document;
}

describe('an existing PRD', () => {
  it('gets the schema at the top and the checks before its stories, and no other byte changes', () => {
    const { text, added } = completePrd(document(ralph), additions);
    expect(added).toEqual(['$schema', 'checks']);
    expect(text).toBe(
      ralph
        .replace('{\n', '{\n  "$schema": "./s.json",\n')
        .replace('  "userStories"', '  "checks": {\n    "test": "npm test"\n  },\n  "userStories"'),
    );
  });

  it.each([
    ['four spaces', ralph.replaceAll('  ', '    ')],
    ['tabs', ralph.replaceAll('  ', '\t')],
    ['CRLF', ralph.replaceAll('\n', '\r\n')],
    ['one line', JSON.stringify(JSON.parse(ralph))],
    ['a byte-order mark', `\ufeff${ralph}`],
    [
      'comments and a trailing comma',
      ralph.replace('"project"', '// ours\n  "project"').replace(' }\n  ]', ' },\n  ]'),
    ],
    ['no final newline', ralph.trimEnd()],
  ])('keeps %s', (_, text) => {
    const completed = completePrd(document(text), additions);
    const after = document(completed.text).prd;
    expect(completed.added).toEqual(['$schema', 'checks']);
    expect(after.hasSchema).toBe(true);
    expect([...after.checks]).toEqual([['test', 'npm test']]);
    // Every old line is still there, in its order.
    expect(withoutAdditions(completed.text)).toBe(withoutAdditions(text));
  });

  it('with checks under another name gets only the schema', () => {
    const text = ralph.replace('"project"', '"qualityChecks": ["npm run lint"],\n  "project"');
    expect(completePrd(document(text), additions).added).toEqual(['$schema']);
  });

  it('that has both stays as it is', () => {
    const { text } = completePrd(document(ralph), additions);
    expect(completePrd(document(text), additions)).toEqual({ text, added: [] });
  });

  it('that is a bare list of stories has no place for either', () => {
    const text = '[{ "id": "1", "title": "A", "passes": false, "acceptanceCriteria": ["x"] }]';
    expect(completePrd(document(text), additions)).toEqual({ text, added: [] });
  });

  it('gets no empty checks where nothing can be guessed', () => {
    expect(completePrd(document(ralph), { ...additions, checks: {} }).added).toEqual(['$schema']);
  });
});

/** The file without white space and without what was added. */
function withoutAdditions(text: string): string {
  return text.replace(/\s/g, '').replace('"$schema":"./s.json",', '').replace('"checks":{"test":"npmtest"},', '');
}
