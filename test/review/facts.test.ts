import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '../../src/review/changed-file.ts';
import { factsOf } from '../../src/review/facts.ts';

const file = (path: string, before: string | null, after: string | null): ChangedFile => ({
  path,
  status: statusOf(before, after),
  added: 0,
  removed: 0,
  before,
  after,
  shown: { kind: 'hunks', text: '' },
});
function statusOf(before: string | null, after: string | null): ChangedFile['status'] {
  if (before === null) return 'added';
  return after === null ? 'deleted' : 'modified';
}

const isTest = (path: string) => path.startsWith('test/');
const facts = (files: readonly ChangedFile[], sources: Record<string, string> = {}) =>
  factsOf({ files, flags: [], dropped: [], isTest, sources: new Map(Object.entries(sources)) });

describe('what a program sees of a change', () => {
  it('what policy saw, and what it left out', () => {
    const flag = { code: 'new-dependency', level: 'note', paths: ['package.json'], detail: 'left-pad ^1' } as const;
    const asks = { code: 'suppression', level: 'approval', paths: [], detail: 'suppression+1' } as const;
    expect(factsOf({ files: [], flags: [flag, asks], dropped: ['test/x'], isTest, sources: new Map() })).toEqual([
      'package.json: left-pad ^1 (new-dependency)',
      'suppression+1 (suppression, approval)',
      'left out because protected: test/x',
    ]);
  });

  it.each<[string, ChangedFile, readonly string[]]>([
    [
      'assertions that are gone',
      file('test/a', 'expect(1);\nexpect(2);\n', 'expect(1);\n'),
      ['test/a: 1 assertions of the base are changed or gone'],
    ],
    ['a test file that is deleted', file('test/a', 'expect(1);', null), ['test/a: a test file is deleted']],
    ['added assertions are nothing to say', file('test/a', 'expect(1);', 'expect(1);\nexpect(2);'), []],
    ['a new marker', file('a.ts', 'x\n', 'x\n// TODO later\n'), ['a.ts:2: new TODO']],
    ['an old marker that moved', file('a.ts', '// TODO later\n', 'x\n  // TODO later\n'), []],
    ['a word that only contains one', file('a.ts', '', 'TODOS HACKER'), []],
  ])('%s', (_, one, expected) => {
    expect(facts([one])).toEqual(expected);
  });

  it('an export that is gone and still imported, from that very file', () => {
    const gone = file(
      'src/money.js',
      'export function format() {}\nexport const tax = 1;\n',
      'export const tax = 1;\n',
    );
    const sources = {
      'src/money.js': '',
      'src/a.js': "import {\n  format,\n} from './money.js';",
      'src/b.js': "import { format } from './date.js';",
    };
    expect(facts([gone], sources)).toEqual(['src/money.js no longer exports format, and src/a.js imports it']);
  });

  it('many facts of a kind are cut with their number', () => {
    const found = facts([file('a.ts', '', '// FIXME\n// TODO 1\n'.repeat(10))]);
    expect([found.length, found.at(-1)]).toEqual([9, '12 more markers']);
  });
});
