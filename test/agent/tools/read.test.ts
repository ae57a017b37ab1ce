import { describe, expect, it } from 'vitest';
import { fairShares } from '../../../src/agent/tools/fair-shares.ts';
import { read } from '../../../src/agent/tools/read.ts';
import { callTool, toolContext } from '../test-workspace.ts';

const lines = (count: number, text = 'line'): string =>
  Array.from({ length: count }, (_, index) => `${text} ${index + 1}\n`).join('');

async function reading(files: Readonly<Record<string, string | Uint8Array>>, input: unknown) {
  return callTool(read, input, toolContext(files));
}

describe('read shows', () => {
  it.each([
    ['a file with numbers', { 'a.ts': 'one\ntwo\n' }, { path: 'a.ts' }, 'a.ts lines 1-2 of 2\n1\tone\n2\ttwo'],
    ['a range', { 'a.ts': lines(9) }, { path: 'a.ts', start: 3, end: 4 }, 'a.ts lines 3-4 of 9\n3\tline 3\n4\tline 4'],
    [
      'a range to the end',
      { 'a.ts': lines(3) },
      { path: 'a.ts', start: 2, end: 99 },
      'a.ts lines 2-3 of 3\n2\tline 2\n3\tline 3',
    ],
    [
      'line ends as LF, and says so',
      { 'a.ts': 'a\r\nb\r\n' },
      { path: 'a.ts' },
      'a.ts lines 1-2 of 2 (crlf)\n1\ta\n2\tb',
    ],
    [
      'mixed line ends and a BOM',
      { 'a.ts': '\ufeffa\r\nb\n' },
      { path: 'a.ts' },
      'a.ts lines 1-2 of 2 (mixed, bom)\n1\ta\n2\tb',
    ],
    [
      'what is not UTF-8, with losses',
      { 'a.txt': Uint8Array.from([0x63, 0xe9, 0x0a]) },
      { path: 'a.txt' },
      'a.txt lines 1-1 of 1 (not UTF-8: shown with losses, cannot be edited)\n1\tc\ufffd',
    ],
    ['an empty file', { 'a.ts': '' }, { path: 'a.ts' }, 'a.ts is empty'],
    [
      'UTF-16 by name',
      { 'a.txt': Uint8Array.from([0xff, 0xfe, 0x61, 0]) },
      { path: 'a.txt' },
      'a.txt: UTF-16 text, 4 bytes; convert it with `run` to read it',
    ],
    [
      'binary by kind and size',
      { 'a.png': Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0]) },
      { path: 'a.png' },
      'a.png: PNG image, 5 bytes',
    ],
    [
      'a folder',
      { 'src/b.ts': '', 'src/a/x.ts': '', '.gitignore': 'dist\n', 'src/dist/o.js': '' },
      { path: 'src' },
      'src/ has 2 entries\na/\nb.ts',
    ],
    ['the root', { 'b.ts': '', 'a/x.ts': '' }, { path: '.' }, './ has 2 entries\na/\nb.ts'],
  ])('%s', async (_, files, file, expected) => {
    expect(await reading(files as never, { files: [file] })).toEqual({ content: expected, isError: false });
  });

  it.each([
    [
      'closest names',
      { 'src/cart.ts': '', 'test/cart.ts': '', 'src/other.ts': '' },
      'src/carts.ts',
      'no file `src/carts.ts`; closest: src/cart.ts, test/cart.ts',
    ],
    [
      'a way to look, when nothing is close',
      { 'a.ts': '' },
      'zzzzzzzz.py',
      'no file `zzzzzzzz.py`; find it with search, mode files',
    ],
    [
      'the way out of the workspace',
      {},
      '../other/x.ts',
      '`../other/x.ts` is outside of the workspace, or a link that leads out of it; use paths relative to the repository',
    ],
    [
      'a secret',
      { '.env': 'KEY=1' },
      '.env',
      '`.env` may hold secrets and is closed to tools; use its `.example` file',
    ],
    [
      'version control',
      { '.git/config': '' },
      '.GIT/config',
      '`.GIT/config` is kept by prd (version control, the PRD, `.prd/`) and closed to tools; go on without it',
    ],
  ])('as an error: %s', async (_, files, path, message) => {
    expect(await reading(files as never, { files: [{ path }] })).toEqual({ content: message, isError: true });
  });

  it('as an error: a range that is not there', async () => {
    const result = await reading({ 'a.ts': lines(3) }, { files: [{ path: 'a.ts', start: 10, end: 20 }] });
    expect(result).toEqual({ content: 'a.ts has 3 lines; lines 10-20 are not there', isError: true });
  });

  it('several files at once; one that is missing is no error of the call', async () => {
    const result = await reading(
      { 'a.ts': 'a\n', 'b.ts': 'b\n' },
      { files: [{ path: 'a.ts' }, { path: 'zzzzzzz' }, { path: 'b.ts' }] },
    );
    expect(result).toEqual({
      content:
        'a.ts lines 1-1 of 1\n1\ta\n\nno file `zzzzzzz`; find it with search, mode files\n\nb.ts lines 1-1 of 1\n1\tb',
      isError: false,
    });
  });
});

describe('limits', () => {
  it('2,000 lines, and where to go on', async () => {
    const { content } = await reading({ 'a.ts': lines(2_500, 'x') }, { files: [{ path: 'a.ts' }] });
    expect(content.split('\n')).toHaveLength(2_002);
    expect(content).toMatch(/^a\.ts lines 1-2000 of 2500\n/);
    expect(content).toMatch(/\n\[lines 2001-2500 not shown; go on with start 2001\]$/);
  });

  it('2,000 characters a line', async () => {
    const { content } = await reading({ 'a.js': `${'x'.repeat(2_100)}\n` }, { files: [{ path: 'a.js' }] });
    expect(content).toBe(`a.js lines 1-1 of 1\n1\t${'x'.repeat(2_000)} [100 more characters]`);
  });

  it('48 KB a call, shared fairly: small files are whole, large ones cut at a line', async () => {
    const large = lines(1_500, 'x'.repeat(60));
    const { content } = await reading(
      { 'a.ts': large, 'b.ts': 'small\n', 'c.ts': large },
      { files: ['a.ts', 'b.ts', 'c.ts'] },
    );
    const [a = '', b = '', c = ''] = content.split('\n\n');
    expect(b).toBe('b.ts lines 1-1 of 1\n1\tsmall');
    expect(content.length).toBeLessThan(49_500);
    expect(content.length).toBeGreaterThan(47_000);
    expect(Math.abs(a.length - c.length)).toBeLessThan(100);
    const last = /lines 1-(\d+) of 1500/.exec(a)?.[1];
    expect(a.split('\n').at(-1)).toBe(
      `[lines ${Number(last) + 1}-1500 not shown; go on with start ${Number(last) + 1}]`,
    );
  });

  it('200 entries of a folder', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 203 }, (_, index) => [`d/f${String(index).padStart(3, '0')}`, '']),
    );
    const { content } = await reading(files, { files: ['d'] });
    expect(content.split('\n')[0]).toBe('d/ has 203 entries');
    expect(content.split('\n').at(-1)).toBe('[3 more entries; use search with mode files and a glob]');
  });

  it.each([
    [[10, 10], 100, [10, 10]],
    [[100, 100], 100, [50, 50]],
    [[5, 500, 500], 105, [5, 50, 50]],
    [[500, 5, 20], 105, [80, 5, 20]],
    [[], 10, []],
  ])('wishes %j of %i are shared as %j', (wishes, total, shares) => {
    expect(fairShares(wishes, total)).toEqual(shares);
  });
});

describe('what was shown is not shown again', () => {
  it('while it is unchanged', async () => {
    const context = toolContext({ 'a.ts': lines(10) });
    await callTool(read, { files: [{ path: 'a.ts', start: 1, end: 8 }] }, { ...context, turn: 4 });
    const again = await callTool(
      read,
      { files: [{ path: './src/../a.ts', start: 2, end: 5 }] },
      { ...context, turn: 6 },
    );
    expect(again.content).toBe('a.ts lines 2-5: unchanged since turn 4');
    const more = await callTool(read, { files: [{ path: 'a.ts' }] }, { ...context, turn: 7 });
    expect(more.content).toMatch(/^a\.ts lines 1-10 of 10/);
  });

  it('but it is once it changed', async () => {
    const context = toolContext({ 'a.ts': 'one\n' });
    await callTool(read, { files: ['a.ts'] }, context);
    context.workspace.put('a.ts', 'two\n');
    expect((await callTool(read, { files: ['a.ts'] }, context)).content).toBe('a.ts lines 1-1 of 1\n1\ttwo');
  });

  it('and it is once its result was taken out of the conversation', async () => {
    const context = toolContext({ 'a.ts': 'one\n' });
    await callTool(read, { files: ['a.ts'] }, { ...context, turn: 2 });
    context.seen.forgetTurns(2);
    expect((await callTool(read, { files: ['a.ts'] }, { ...context, turn: 15 })).content).toMatch(/1\tone$/);
  });

  it('a cut part counts only as far as it was shown', async () => {
    const context = toolContext({ 'a.ts': lines(2_500) });
    await callTool(read, { files: ['a.ts'] }, context);
    const rest = await callTool(read, { files: [{ path: 'a.ts', start: 2_001 }] }, context);
    expect(rest.content).toMatch(/^a\.ts lines 2001-2500 of 2500\n/);
  });
});

it('full logs are read under @logs/, without control sequences', async () => {
  const context = toolContext();
  await context.workspace.shell('printf "\\033[31mred\\033[0m\\n"', {
    timeoutMs: 5_000,
    logDir: `${context.workspace.logDir}/run-1`,
  });
  const { content } = await callTool(read, { files: ['@logs/run-1/stdout.log'] }, context);
  expect(content).toBe('@logs/run-1/stdout.log lines 1-1 of 1\n1\tred');
});

describe('input as models really send it', () => {
  it.each([
    [{ path: 'a.ts' }],
    [{ file_path: 'a.ts' }],
    [{ files: 'a.ts' }],
    [{ files: { path: 'a.ts' } }],
    [{ files: '["a.ts"]' }],
    [{ paths: ['a.ts'] }],
    [{ files: [{ file: 'a.ts', start_line: '1', end: null }] }],
  ])('accepts %j', async (input) => {
    expect((await reading({ 'a.ts': 'one\n' }, input)).content).toBe('a.ts lines 1-1 of 1\n1\tone');
  });

  it.each([
    [{}, '`files.0.path`: expected string, received undefined'],
    [{ files: [] }, '`files`: expected at least one'],
    [{ files: Array(13).fill('a') }, '`files`: expected at most 12'],
    [{ files: [{ path: 'a', start: 0 }] }, '`files.0.start`: Too small: expected number to be >=1'],
    [{ files: [7] }, '`files.0`: expected object, received number'],
  ])('refuses %j', async (input, problem) => {
    expect(await reading({}, input)).toEqual({ content: problem, isError: true });
  });
});
