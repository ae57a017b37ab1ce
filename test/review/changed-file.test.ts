import { describe, expect, it, onTestFinished } from 'vitest';
import { readChanges } from '../../src/review/changed-file.ts';
import { openedRepository } from '../workspace/opened-repository.ts';

const base = {
  'src/cart.js':
    'export function total() {\n  const a = 1;\n  return a;\n}\n\nexport function other() {\n  return 2;\n}\n',
  'src/gone.js': 'export const gone = 1;\n',
  'icon.png': new Uint8Array([0, 1, 2]),
  'package-lock.json': '{}\n',
};

async function changed(files: Readonly<Record<string, string | null>>) {
  const repo = await openedRepository({ files: base });
  onTestFinished(() => repo.cleanup());
  return readChanges(repo.vault, repo.base, await repo.candidate(files));
}

describe('the files of a change', () => {
  it('a modified file is shown with its whole function, and without the header of the diff', async () => {
    const [file] = await changed({ 'src/cart.js': base['src/cart.js'].replace('const a = 1;', 'const a = 3;') });
    expect(file).toMatchObject({ path: 'src/cart.js', status: 'modified', added: 1, removed: 1 });
    const text = file?.shown.kind === 'hunks' ? file.shown.text : '';
    expect(text).toMatch(/^@@ /);
    expect(text).toContain(' export function total() {\n-  const a = 1;\n+  const a = 3;\n   return a;\n }');
    expect(text).not.toContain('return 2');
  });

  it('a new file is shown in full, with numbered lines', async () => {
    const [file] = await changed({ 'src/new.js': 'one\ntwo\n' });
    expect(file).toEqual({
      path: 'src/new.js',
      status: 'added',
      added: 2,
      removed: 0,
      before: null,
      after: 'one\ntwo\n',
      shown: { kind: 'whole', text: '1\tone\n2\ttwo' },
    });
  });

  it('a deleted file is shown too: what goes matters as much as what comes', async () => {
    const [file] = await changed({ 'src/gone.js': null });
    expect(file).toMatchObject({
      status: 'deleted',
      removed: 1,
      shown: { kind: 'hunks', text: '-export const gone = 1;' },
    });
  });

  it.each<[string, Record<string, string>, object]>([
    ['a lock file is named', { 'package-lock.json': '{"a":1}\n' }, { kind: 'named', why: 'lock file' }],
    ['a snapshot is named', { 'test/__snapshots__/a.snap': 'x\n' }, { kind: 'named', why: 'snapshot' }],
    ['what a machine wrote is named', { 'lib/model.g.dart': 'x\n' }, { kind: 'named', why: 'generated' }],
    [
      'a file that only says it was generated is shown',
      { 'src/x.js': '// @generated\n' },
      { kind: 'whole', text: '1\t// @generated' },
    ],
    ['a binary file cannot be read', { 'icon.png': 'a\0b' }, { kind: 'unreadable', why: 'binary, 3 bytes' }],
    [
      'a huge file cannot be read',
      { 'data.csv': 'x'.repeat(400_001) },
      { kind: 'unreadable', why: '400001 bytes, too large' },
    ],
  ])('%s', async (_, files, shown) => {
    expect((await changed(files))[0]?.shown).toEqual(shown);
  });

  it('a path that git would quote is found all the same', async () => {
    const [file] = await changed({ 'src/ü "x".js': 'a\n' });
    expect(file?.path).toBe('src/ü "x".js');
  });
});
