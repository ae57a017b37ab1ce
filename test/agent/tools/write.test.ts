import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openSeen } from '../../../src/agent/seen.ts';
import { omission } from '../../../src/agent/tools/omission.ts';
import { read } from '../../../src/agent/tools/read.ts';
import { write } from '../../../src/agent/tools/write.ts';
import { callTool, toolContext } from '../test-workspace.ts';

describe('write', () => {
  it('creates a file and its folders', async () => {
    const context = toolContext();
    expect(await callTool(write, { path: 'src/deep/a.ts', content: 'a\nb\n' }, context)).toEqual({
      content: 'created src/deep/a.ts: 2 lines',
      changed: true,
    });
    expect(context.workspace.bytes('src/deep/a.ts')).toBe('a\nb\n');
  });

  it('replaces a file that was read, keeping its BOM and its line ends', async () => {
    const context = toolContext({ 'a.ts': '\ufeffone\r\ntwo\r\n' });
    await callTool(read, { files: ['a.ts'] }, context);
    expect(await callTool(write, { path: 'a.ts', content: 'x\n' }, context)).toEqual({
      content: 'replaced a.ts: 1 line',
      changed: true,
    });
    expect(context.workspace.bytes('a.ts')).toBe('\xef\xbb\xbfx\r\n');
  });

  it('replaces a file that was sent with the story', async () => {
    const hash = createHash('sha256').update('one\n').digest('hex');
    const context = toolContext({ 'a.ts': 'one\n' }, { seen: openSeen(new Map([['a.ts', hash]])) });
    expect(await callTool(write, { path: 'a.ts', content: 'two\n' }, context)).toMatchObject({ changed: true });
  });

  it.each([
    ['a file nobody read', 'a.ts', 'x', 'a.ts exists and was not read; read it first, or use edit'],
    ['a folder', 'src', 'x', '`src` is a folder; name a file in it'],
    [
      'a secret',
      '.env.local',
      'KEY=1',
      '`.env.local` may hold secrets and is closed to tools; use its `.example` file',
    ],
    ['a path below a file', 'a.ts/b.ts', 'x', '`a.ts/b.ts` is not a usable file name; choose another path'],
    ['a log', '@logs/x', 'x', 'logs are read only; nothing was written'],
    ['binary', 'b.png', 'x', '`b.png` is binary; change it with `run` if it must change'],
    [
      'content with an omission',
      'new.ts',
      'const a = 1;\n// ... rest of the file unchanged\n',
      'the content leaves something out ("// ... rest of the file unchanged"); write every line, or use edit',
    ],
  ])('refuses %s', async (_, path, content, message) => {
    const context = toolContext({
      'a.ts': 'one\n',
      'src/x.ts': '',
      'b.png': Uint8Array.from([0x89, 0x50, 0x4e, 0x47]),
    });
    expect(await callTool(write, { path, content }, context)).toEqual({ content: message, isError: true });
    expect(context.workspace.bytes('a.ts')).toBe('one\n');
  });

  it('refuses to replace what changed since it was read', async () => {
    const context = toolContext({ 'a.ts': 'one\n' });
    await callTool(read, { files: ['a.ts'] }, context);
    context.workspace.put('a.ts', 'two\n');
    const result = await callTool(write, { path: 'a.ts', content: 'x\n' }, context);
    expect(result).toEqual({
      content: 'a.ts changed on disk since you read it; nothing was written; read it again',
      isError: true,
    });
  });

  it.each([
    [{ file_path: 'a.ts', text: 'x' }, 'created a.ts: 1 line'],
    [{ path: 'a.ts' }, '`content`: expected string, received undefined'],
    [{ path: 'a.ts', content: 'a\0b' }, '`content`: must not contain NUL'],
  ])('reads the input %j', async (input, message) => {
    expect((await callTool(write, input, toolContext())).content).toBe(message);
  });
});

describe('the line end of a new file', () => {
  it.each([
    ['is LF in an empty repository', {}, 'src/a.ts', '\n'],
    ['is that of its neighbour of the same kind', { 'src/b.ts': 'x\r\ny\r\n', 'src/c.md': 'x\n' }, 'src/a.ts', '\r\n'],
    ['is not that of another kind', { 'src/c.md': 'x\r\n' }, 'src/a.ts', '\n'],
    ['is what .gitattributes demands', { '.gitattributes': '* text=auto\n*.bat text eol=crlf\n' }, 'bin/a.bat', '\r\n'],
    [
      'is what the nearest .gitattributes demands',
      { '.gitattributes': '*.ts eol=crlf\n', 'src/.gitattributes': 'a.ts eol=lf\n' },
      'src/a.ts',
      '\n',
    ],
    [
      'is what .editorconfig demands',
      { '.editorconfig': 'root = true\n[*]\nend_of_line = lf\n[*.{ts,tsx}]\nend_of_line = crlf\n' },
      'src/a.ts',
      '\r\n',
    ],
    [
      'is not what an .editorconfig above the root one demands',
      { '.editorconfig': '[*]\nend_of_line = crlf\n', 'src/.editorconfig': 'root = true\n' },
      'src/a.ts',
      '\n',
    ],
    [
      'is what .gitattributes demands before .editorconfig',
      { '.gitattributes': '*.ts eol=lf\n', '.editorconfig': '[*]\nend_of_line = crlf\n' },
      'a.ts',
      '\n',
    ],
  ])('%s', async (_, files, path, ending) => {
    const context = toolContext(files as never);
    await callTool(write, { path, content: 'a\nb\n' }, context);
    expect(context.workspace.bytes(path)).toBe(`a${ending}b${ending}`);
  });
});

describe('omission', () => {
  it.each([
    '// ... rest of the file unchanged',
    '// ...existing code...',
    '# ... existing code ...',
    '/* rest of the code stays the same */',
    '<!-- ... rest of the content -->',
    '{/* ... existing code ... */}',
    '  // … remaining methods',
    '-- the rest of the file is unchanged',
    '// existing code ...',
    '(rest of the implementation unchanged)',
    '... (rest of file)',
  ])('knows %j', (line) => {
    expect(omission(`const a = 1;\n${line}\n`, '')).toBe(line.trim());
  });

  it.each([
    'const rest = { ...existing };',
    '// keep the existing order',
    '[...other, item]',
    '// The rest is computed lazily.',
    'The rest of the file explains the format.',
    '...spread,',
    'return [...rest];',
    '...rest,',
    '# Existing users keep their plan',
    '// ...',
  ])('leaves %j alone', (line) => {
    expect(omission(`${line}\n`, '')).toBe(null);
  });

  it('is none when the old file has the very line', () => {
    expect(omission('// ... existing code ...\n', 'x\n  // ... existing code ...\n')).toBe(null);
  });
});
