import { describe, expect, it } from 'vitest';
import { edit } from '../../../src/agent/tools/edit.ts';
import { read } from '../../../src/agent/tools/read.ts';
import { callTool, toolContext } from '../test-workspace.ts';

const source = [
  'import { total } from "./total";',
  '',
  'export function cart() {',
  '  return total([]);',
  '}',
  '',
].join('\n');

/** The result of one edit call on a file that was read before. */
async function afterRead(content: string | Uint8Array, ...edits: readonly object[]) {
  const context = toolContext({ 'src/cart.ts': content, 'src/other.ts': 'export const elsewhere = "only here";\n' });
  await callTool(read, { files: [{ path: 'src/cart.ts' }] }, context);
  const before = context.workspace.bytes('src/cart.ts');
  const result = await callTool(edit, { path: 'src/cart.ts', edits }, context);
  return { result, written: context.workspace.bytes('src/cart.ts') !== before, context };
}

describe('an edit that fits', () => {
  it('is written and shown as a diff', async () => {
    const { result, context } = await afterRead(source, { old: 'total([])', new: 'total(items)' });
    expect(result).toEqual({
      content:
        'edited src/cart.ts\n@@ -2 +2 @@\n \n export function cart() {\n-  return total([]);\n+  return total(items);\n }',
      changed: true,
    });
    expect(context.workspace.bytes('src/cart.ts')).toBe(source.replace('total([])', 'total(items)'));
  });

  it('needs no read when it is exact and unique', async () => {
    const context = toolContext({ 'a.ts': 'one\ntwo\n' });
    expect(await callTool(edit, { path: 'a.ts', edits: [{ old: 'two', new: '2' }] }, context)).toMatchObject({
      changed: true,
    });
  });

  it('may follow another edit without a read between', async () => {
    const { context } = await afterRead(source, { old: 'cart()', new: 'basket()' });
    const second = await callTool(edit, { path: 'src/cart.ts', edits: [{ old: 'basket()', new: 'bag()' }] }, context);
    expect(second.changed).toBe(true);
  });

  it('keeps BOM and line ends', async () => {
    const { context } = await afterRead('\ufeffa\r\nb\r\n', { old: 'a\nb', new: 'x\ny\nz' });
    expect(context.workspace.bytes('src/cart.ts')).toBe('\xef\xbb\xbfx\r\ny\r\nz\r\n');
  });

  it('names the relaxation that it took', async () => {
    const { result } = await afterRead(source, { old: '    return total([]);', new: '    return 0;' });
    expect(result.content.split('\n')[0]).toBe(
      'edit 1 matched line 4 only with its indentation shifted; `new` was shifted the same way',
    );
  });

  it('creates a file from an empty `old`, with the line ends of its neighbours', async () => {
    const context = toolContext({ 'src/a.ts': 'a\r\nb\r\n' });
    const result = await callTool(edit, { path: 'src/b.ts', edits: [{ old: '', new: 'x\ny\n' }] }, context);
    expect(result).toEqual({ content: 'created src/b.ts: 2 lines', changed: true });
    expect(context.workspace.bytes('src/b.ts')).toBe('x\r\ny\r\n');
  });

  it('tells once what policy does with the path', async () => {
    const context = toolContext({ 'vitest.config.ts': 'a\n' }, { policyNote: () => 'left out of the candidate' });
    const result = await callTool(edit, { path: 'vitest.config.ts', edits: [{ old: 'a', new: 'b' }] }, context);
    expect(result.content.split('\n').at(-1)).toBe('[left out of the candidate]');
  });
});

describe('an edit that does not fit writes nothing and says what to do', () => {
  const closest = (diagnosis: string, lines: string): string =>
    `edit: \`old\` not in src/cart.ts; nothing was written.\nclosest: ${diagnosis}\n${lines}\nquote it as it stands here`;

  it.each([
    [
      'indentation',
      source,
      { old: 'export function cart() {\nreturn total([]);\n}', new: 'x' },
      closest(
        'the indentation differs, and not by the same amount in each line',
        '3\texport function cart() {\n4\t  return total([]);\n5\t}',
      ),
    ],
    [
      'case',
      source,
      { old: 'export function Cart() {', new: 'x' },
      closest('upper and lower case differ', '3\texport function cart() {'),
    ],
    [
      'quotes',
      'say “hello there”\n',
      { old: 'say "hello there"', new: 'x' },
      closest('quotes, dashes or blanks are other characters', '1\tsay “hello there”'),
    ],
    [
      'one line',
      source,
      { old: 'export function cart() {\n  return sum([]);\n}', new: 'x' },
      closest('line 2 of `old` differs', '3\texport function cart() {\n4\t  return total([]);\n5\t}'),
    ],
    [
      'another file',
      source,
      { old: 'export const elsewhere = "only here";', new: 'x' },
      'edit: `old` not in src/cart.ts; nothing was written. The text is in src/other.ts; edit it there',
    ],
    [
      'nothing alike',
      source,
      { old: '~~~ nothing like it at all ~~~', new: 'x' },
      'edit: `old` not in src/cart.ts; nothing was written. Nothing in it looks like `old`; read the file',
    ],
    [
      'several places',
      'a\nb\na\n',
      { old: 'a', new: 'x' },
      'edit: `old` occurs at lines 1, 3; nothing was written; add surrounding lines or set `all`',
    ],
    [
      'no change',
      source,
      { old: 'cart', new: 'cart' },
      'edit: `old` and `new` are equal; nothing was written; say what should change',
    ],
    [
      'an empty `old`',
      source,
      { old: '', new: 'x' },
      'edit: `old` is empty and src/cart.ts exists; nothing was written; quote the text to replace',
    ],
  ])('for %s', async (_, content, wanted, message) => {
    const { result, written } = await afterRead(content, wanted);
    expect([result, written]).toEqual([{ content: message, isError: true }, false]);
    expect(message.split('\n').length).toBeLessThanOrEqual(12);
  });

  it('for one of several, which is named', async () => {
    const { result, written } = await afterRead(
      source,
      { old: 'cart', new: 'bag' },
      { old: '~~~~~~~~', new: 'x' },
      { old: 'a', new: 'b' },
    );
    expect(result.content).toMatch(/^edit 2 of 3: `old` not in src\/cart\.ts; nothing was written\./);
    expect(written).toBe(false);
  });

  it('for two that overlap, naming both', async () => {
    const { result } = await afterRead('abcdef\n', { old: 'bcd', new: 'X' }, { old: 'aXe', new: 'Y' });
    expect(result.content).toBe('edit 2 of 2: it changes what edit 1 changed; nothing was written; join the two');
  });

  it('for a file that changed since it was read, with its fresh text', async () => {
    const { context } = await afterRead(source, { old: 'cart', new: 'bag' });
    context.workspace.put('src/cart.ts', source.replace('total([])', 'total([1])'));
    const stale = await callTool(
      edit,
      { path: 'src/cart.ts', edits: [{ old: 'return total([1]);', new: 'return 0;' }] },
      context,
    );
    expect(stale).toEqual({
      content:
        'src/cart.ts changed on disk since you read it; nothing was written. It now reads:\n3\texport function cart() {\n4\t  return total([1]);\n5\t}\nsend the edit again, as it fits this text',
      isError: true,
    });
    const again = await callTool(
      edit,
      { path: 'src/cart.ts', edits: [{ old: 'return total([1]);', new: 'return 0;' }] },
      context,
    );
    expect(again.changed).toBe(true);
  });

  it('for an unread file that matches only in a relaxed stage', async () => {
    const context = toolContext({ 'a.ts': '  one\n' });
    const result = await callTool(edit, { path: 'a.ts', edits: [{ old: 'one ', new: 'two' }] }, context);
    expect(result.isError).toBe(true);
    expect(result.content).toMatch(
      /^a\.ts was not read before, and edit 1 matched line 1 only .*; nothing was written\nread it/,
    );
  });

  it.each([
    [
      'a file that is not there',
      'src/carts.ts',
      { old: 'a', new: 'b' },
      'no file `src/carts.ts`; nothing was written; closest: src/cart.ts',
    ],
    ['a folder', 'src', { old: 'a', new: 'b' }, '`src` is a folder; name a file in it'],
    ['a log', '@logs/run-1/stdout.log', { old: 'a', new: 'b' }, 'logs are read only; nothing was written'],
    [
      'the PRD',
      'PRD.json',
      { old: 'false', new: 'true' },
      '`PRD.json` is kept by prd (version control, the PRD, `.prd/`) and closed to tools; go on without it',
    ],
  ])('for %s', async (_, path, wanted, message) => {
    const context = toolContext({ 'src/cart.ts': source, 'PRD.json': '{"passes": false}' });
    expect(await callTool(edit, { path, edits: [wanted] }, context)).toEqual({ content: message, isError: true });
  });

  it.each([
    ['latin-1', Uint8Array.from([0x63, 0xe9, 0x0a]), 'is not UTF-8'],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x61, 0x00]), 'is UTF-16 text'],
    ['binary data', Uint8Array.from([0x61, 0x00, 0x62]), 'is binary'],
  ])('for %s', async (_, content, what) => {
    const { result, written } = await afterRead(content, { old: 'c', new: 'x' });
    expect(result).toEqual({
      content: `\`src/cart.ts\` ${what}; change it with \`run\` if it must change`,
      isError: true,
    });
    expect(written).toBe(false);
  });

  it('the second time in a row it suggests to write the whole file', async () => {
    const { result: first, context } = await afterRead(source, { old: '~~~~~~', new: 'x' });
    expect(first.content).not.toMatch(/write/);
    const second = await callTool(edit, { path: 'src/cart.ts', edits: [{ old: '~~~~~~', new: 'x' }] }, context);
    expect(second.content.split('\n').at(-1)).toBe(
      'edits of src/cart.ts failed 2 times: use write with the whole file',
    );
  });
});

it('an edit that was made before is no error', async () => {
  const { result } = await afterRead(source, { old: 'return nothing at all;', new: 'return total([]);' });
  expect(result).toEqual({ content: 'edit 1: `new` is already at line 4 and `old` is absent; treat as done.' });
});

describe('input as models really send it', () => {
  it.each([
    ['the names of other harnesses', { file_path: 'a.ts', old_string: 'one', new_string: 'two' }],
    ['more names', { filename: 'a.ts', oldText: 'one', newText: 'two' }],
    ['one edit without a list', { path: 'a.ts', edits: { old: 'one', new: 'two' } }],
    ['a list as text', { path: 'a.ts', edits: '[{"old": "one", "new": "two"}]' }],
    ['a flag as text', { path: 'a.ts', edits: [{ old: 'one', new: 'two', replace_all: 'true' }] }],
    ['null for not given', { path: 'a.ts', edits: [{ old: 'one', new: 'two', all: null }] }],
  ])('accepts %s', async (_, input) => {
    const context = toolContext({ 'a.ts': 'one\n' });
    expect((await callTool(edit, input, context)).content).toMatch(/^edited a\.ts/);
    expect(context.workspace.bytes('a.ts')).toBe('two\n');
  });

  it.each([
    [{}, '`path`: expected string, received undefined'],
    [{ path: 'a.ts' }, '`edits.0.old`: expected string, received undefined'],
    [{ path: 'a.ts', edits: [] }, '`edits`: expected at least one'],
    [{ path: 'a.ts', edits: [{ old: 1, new: '' }] }, '`edits.0.old`: expected string, received number'],
    [{ path: 'a.ts', edits: 'text' }, '`edits.0`: expected object, received string'],
    [{ path: 'a.ts', edits: Array(21).fill({ old: 'a', new: 'b' }) }, '`edits`: expected at most 20'],
    [{ path: 'a\0b', edits: [{ old: 'a', new: 'b' }] }, '`path`: must not contain NUL'],
    [{ path: 'a.ts', edits: [{ old: 'a', new: '\ud800' }] }, '`edits.0.new`: must be well-formed Unicode'],
  ])('refuses %j by naming the field', async (input, problem) => {
    expect(await callTool(edit, input, toolContext())).toEqual({ content: problem, isError: true });
    expect(problem.length).toBeLessThanOrEqual(120);
  });
});
