import { describe, expect, it } from 'vitest';
import { formatSearch, search } from '../../../src/agent/tools/search.ts';
import type { SearchResult } from '../../../src/workspace/workspace.ts';
import { callTool, toolContext } from '../test-workspace.ts';

const files = {
  'src/cart.ts': 'export function total(items) {\n  return items.length;\n}\n',
  'src/shop.ts': 'import { total } from "./cart";\n',
  'README.md': '# total\n',
};

describe('search', () => {
  it.each([
    ['lines', { pattern: 'total\\(' }, '1 hit\nsrc/cart.ts\n1:export function total(items) {'],
    ['literal text', { pattern: 'total(', literal: true }, '1 hit\nsrc/cart.ts\n1:export function total(items) {'],
    [
      'lines around',
      { pattern: 'return', context: 1 },
      '1 hit\nsrc/cart.ts\n1-export function total(items) {\n2:  return items.length;\n3-}',
    ],
    [
      'a glob',
      { pattern: 'total', glob: '*.ts' },
      '2 hits\nsrc/cart.ts\n1:export function total(items) {\nsrc/shop.ts\n1:import { total } from "./cart";',
    ],
    ['file names', { pattern: 'total', mode: 'files' }, '3 hits\nREADME.md\nsrc/cart.ts\nsrc/shop.ts'],
    ['names alone', { pattern: '', mode: 'files', glob: 'src/**' }, '2 hits\nsrc/cart.ts\nsrc/shop.ts'],
    ['nothing', { pattern: 'absent' }, 'no match'],
    [
      'a broken pattern as text',
      { pattern: 'total(' },
      '1 hit\nsrc/cart.ts\n1:export function total(items) {\n[not a regular expression: searched as plain text]',
    ],
    ['any case', { pattern: '(?i)TOTAL', glob: 'README.md' }, '1 hit\nREADME.md\n1:# total'],
    [
      'input under other names',
      { query: 'total', path: 'README.md', literal: 'false', context: '0' },
      '1 hit\nREADME.md\n1:# total',
    ],
    ['too much context as the most there is', { pattern: '# total', context: 99 }, '1 hit\nREADME.md\n1:# total'],
  ])('finds %s', async (_, input, expected) => {
    expect(await callTool(search, input, toolContext(files))).toEqual({ content: expected });
  });

  it('needs a pattern', async () => {
    const result = await callTool(search, { glob: '*.ts' }, toolContext(files));
    expect(result).toEqual({ content: '`pattern`: expected string, received undefined', isError: true });
  });

  it('looks into logs under their own prefix', async () => {
    const context = toolContext(files);
    await context.workspace.shell('echo total 7', { timeoutMs: 5_000, logDir: `${context.workspace.logDir}/run-1` });
    const { content } = await callTool(search, { pattern: 'total', glob: '@logs/' }, context);
    expect(content).toBe('1 hit\n@logs/run-1/stdout.log\n1:total 7');
  });
});

describe('the answer stays small', () => {
  const hits = (path: string, count: number): SearchResult['files'][number] => ({
    path,
    lines: Array.from({ length: count }, (_, index) => ({ line: index + 1, text: 'x'.repeat(298), hit: true })),
  });
  const result = (given: Partial<SearchResult>): SearchResult => ({
    files: [],
    hits: 0,
    more: 0,
    note: null,
    timedOut: false,
    ...given,
  });

  it('at 16,000 characters, and counts what is left', () => {
    const text = formatSearch(result({ files: [hits('a', 40), hits('b', 40)], hits: 80, more: 3 }), null);
    expect(text.length).toBeLessThan(16_100);
    expect(text.split('\n')[0]).toBe('83 hits');
    expect(text.split('\n').at(-1)).toBe('[30 more hits not shown: narrow it down with a glob]');
  });

  it('and says when it had to stop', () => {
    expect(formatSearch(result({ timedOut: true }), '*.ts')).toBe(
      'no match\n[stopped after 5 s, there may be more: use a simpler pattern or a narrower glob]',
    );
  });
});
