import { describe, expect, it } from 'vitest';
import { flattenRules, workspaceExcludes } from '../../src/workspace/ignore-rules.ts';

describe('flattenRules', () => {
  it.each([
    ['', 'dist/\n*.log\n', 'dist/\n*.log\n'],
    ['', '# words\n\n  \r\n/build\r\n', '/build\n'],
    ['web', 'dist/\n', '/web/**/dist/\n'],
    ['web', '/dist/\n', '/web/dist/\n'],
    ['web', 'a/b\n', '/web/a/b\n'],
    ['web/app', '!keep.log\n', '!/web/app/**/keep.log\n'],
    ['odd[1]', '*.tmp\n', '/odd\\[1\\]/**/*.tmp\n'],
  ])('moves the rules of `%s/.gitignore` to the root', (folder, text, flat) => {
    expect(flattenRules([{ path: folder === '' ? '.gitignore' : `${folder}/.gitignore`, text }])).toBe(flat);
  });

  it('puts deeper rules last, because the last match decides', () => {
    const files = [
      { path: 'a/b/.gitignore', text: '!x' },
      { path: '.gitignore', text: 'x' },
    ];
    expect(flattenRules(files)).toBe('x\n!/a/b/**/x\n');
  });
});

describe('workspaceExcludes', () => {
  it('names exactly what setup copied in', () => {
    expect(workspaceExcludes(['vendor/', 'odd*name']).split('\n').slice(-3)).toEqual(['/vendor/', '/odd\\*name', '']);
  });
});
