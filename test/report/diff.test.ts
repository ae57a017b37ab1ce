import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unifiedDiff } from '../../src/report/diff.ts';

it('says nothing about equal texts', () => expect(unifiedDiff('a', 'x\n', 'x\n')).toBe(''));

it('shows what changed with three lines around it', () => {
  const before = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`);
  const after = before.map((line) => (line === 'line 6' ? 'changed' : line));
  expect(unifiedDiff('PRD.json', `${before.join('\n')}\n`, `${after.join('\n')}\n`).split('\n')).toEqual([
    '--- a/PRD.json',
    '+++ b/PRD.json',
    '@@ -3,7 +3,7 @@',
    ' line 3',
    ' line 4',
    ' line 5',
    '-line 6',
    '+changed',
    ' line 7',
    ' line 8',
    ' line 9',
    '',
  ]);
});

it('shows changes far apart as hunks of their own', () => {
  const before = Array.from({ length: 40 }, (_, index) => `${index}`);
  const after = before.map((line) => (line === '5' || line === '30' ? `${line}!` : line));
  expect(unifiedDiff('a', before.join('\n'), after.join('\n')).match(/^@@/gm)).toHaveLength(2);
});

it('git can apply it, whatever changed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prd-diff-'));
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '', 'd'), { maxLength: 30 }).map((lines) => lines.join('\n'));
  try {
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after && before !== '' && after !== '');
        writeFileSync(join(folder, 'f'), before);
        const args = ['apply', '--whitespace=nowarn', '--unidiff-zero', '-'];
        execFileSync('git', args, {
          cwd: folder,
          input: unifiedDiff('f', before, after),
          env: { PATH: process.env.PATH },
        });
        expect(readFileSync(join(folder, 'f'), 'utf8')).toBe(after);
      }),
      { numRuns: 25 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
