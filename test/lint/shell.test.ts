import { describe, expect, it } from 'vitest';
import { freeId } from '../../src/lint/free-id.ts';
import { sameText } from '../../src/lint/same-text.ts';
import { scriptOf, segments } from '../../src/lint/shell.ts';
import { nearest } from '../../src/prd/nearest.ts';

describe('segments', () => {
  it.each([
    ['npm test', [['npm', 'test']]],
    ['cd web && CI=1 npm test -- cart', [['npm', 'test', '--', 'cart']]],
    ['a "b c" | d; e', [['a', 'b c'], ['d'], ['e']]],
    ['! grep -q x y', [['grep', '-q', 'x', 'y']]],
    ['(a && b) || c', [['a'], ['b'], ['c']]],
    ['a "unclosed', []],
    ['', []],
  ])('of %s', (run, words) => {
    expect(segments(run).map((one) => one.words)).toEqual(words);
  });

  it('know the operators around them and their place', () => {
    const run = 'npm test || true';
    expect(segments(run).map(({ before, after, start, end }) => [before, after, run.slice(start, end)])).toEqual([
      [null, '||', 'npm test'],
      ['||', null, 'true'],
    ]);
  });
});

describe('the script of a call', () => {
  it.each([
    ['npm run build', 'build'],
    ['npm test', 'test'],
    ['yarn lint', 'lint'],
    ['pnpm run -r build', '-r'],
    ['yarn add x', null],
    ['npm ci', null],
    ['make build', null],
  ])('%s is %s', (run, script) => {
    expect(scriptOf(run.split(' '))).toBe(script);
  });
});

describe('the nearest name', () => {
  it.each([
    ['sonet', ['opus', 'sonnet'], 'sonnet'],
    ['e2e', ['test', 'test:e2e'], null],
    ['Sonnet', ['sonnet'], 'sonnet'],
    ['x', [], null],
  ])('of %s among %j is %s', (wrong, known, expected) => {
    expect(nearest(wrong, known)).toBe(expected);
  });
});

describe('a free id', () => {
  it('takes the style of the others and counts as taken', () => {
    const taken = new Set(['AB-07', 'AB-08']);
    expect([freeId(7, taken), freeId(7, taken)]).toEqual(['AB-09', 'AB-10']);
  });

  it('is US-001 where there is no style', () => {
    expect(freeId(1, new Set(['cart']))).toBe('US-001');
  });
});

describe('the same text', () => {
  it.each([
    ['Tests pass.', 'tests pass'],
    ['- [ ] Tests  pass', 'tests pass'],
    ['Ｔests\npass;', 'tests pass'],
  ])('%j is %s', (text, expected) => {
    expect(sameText(text)).toBe(expected);
  });
});
