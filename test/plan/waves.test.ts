import { describe, expect, it } from 'vitest';
import { orderStories } from '../../src/plan/order.ts';
import type { Role } from '../../src/plan/plan.ts';
import { scopesOverlap, waves } from '../../src/plan/waves.ts';
import type { Story } from '../../src/prd/prd.ts';
import { aStory, planned } from '../helpers/stories.ts';

type Row = [id: string, role: Role, fields?: Partial<Story>];

const wavesOf = (rows: readonly Row[]) => {
  const routed = rows.map(([id, role, fields], index) => planned(aStory(id, { index, ...fields }), role));
  return Object.fromEntries(waves(orderStories(routed)));
};

describe('waves', () => {
  it('architectural stories have a wave of their own, delegated ones share the next', () => {
    expect(
      wavesOf([
        ['a', 'orchestrator'],
        ['b', 'orchestrator'],
        ['c', 'delegate'],
        ['d', 'delegate'],
      ]),
    ).toEqual({ a: 1, b: 2, c: 3, d: 3 });
  });

  it('two stories that depend on each other never share a wave', () => {
    expect(
      wavesOf([
        ['a', 'delegate'],
        ['b', 'delegate', { dependsOn: ['a'] }],
        ['c', 'delegate'],
      ]),
    ).toEqual({ a: 1, b: 2, c: 1 });
  });

  it('two stories whose scopes overlap never share a wave', () => {
    expect(
      wavesOf([
        ['a', 'delegate', { files: ['src/cart/**'] }],
        ['b', 'delegate', { files: ['src/cart/store.ts'] }],
        ['c', 'delegate', { files: ['docs/**'] }],
      ]),
    ).toEqual({ a: 1, b: 2, c: 1 });
  });

  it('a phase starts after the one before it', () => {
    expect(
      wavesOf([
        ['a', 'delegate', { phase: 1 }],
        ['b', 'delegate', { phase: 2 }],
      ]),
    ).toEqual({ a: 1, b: 2 });
  });

  it('2,000 stories with scopes of their own share one wave', () => {
    const rows = Array.from(
      { length: 2_000 },
      (_, index): Row => [String(index), 'delegate', { files: [`src/part-${index}/**`] }],
    );
    expect(new Set(Object.values(wavesOf(rows)))).toEqual(new Set([1]));
  });
});

describe('scopesOverlap', () => {
  it.each([
    [['src/a.ts'], ['src/a.ts'], true],
    [['src/a.ts'], ['src/b.ts'], false],
    [['src/**'], ['src/a.ts'], true],
    [['src/*.ts'], ['src/deep/a.ts'], false],
    [['src/cart/**'], ['src/**/*.css'], true],
    [['src/cart/**'], ['src/checkout/**'], false],
    [['src/cart'], ['src/cart/store.ts'], true],
    [['src/cart/'], ['src/cart/store.ts'], true],
    [['src/cart'], ['src/cartoon.ts'], false],
    [['**/*.md'], ['docs/a.md'], true],
    [['**/*.md'], ['src/a.ts'], false],
    [['.github/**'], ['.github/workflows/ci.yml'], true],
    [['notes/soups-*.md'], ['notes/breads-*.md'], false],
    [['notes/*-anna.md'], ['notes/soups-*.md'], true],
    [['src/*.ts'], ['src/*.css'], false],
    [['src/**/*.ts'], ['src/cart/*.ts'], true],
    [['src/**/*.ts'], ['src/cart/*.css'], false],
    [['src/**'], ['src/**/deep/**'], true],
    [['src/*/a.ts'], ['src/*/*/a.ts'], false],
    [['src/**/a/*.ts'], ['src/b/**/c.ts'], true],
    [['src/{a,b}/**'], ['src/c/*.ts'], true],
    [['a?c.md'], ['ab*.md'], true],
    [[], ['src/a.ts'], false],
  ])('%j and %j: %s', (a, b, overlap) => {
    expect(scopesOverlap(a, b)).toBe(overlap);
    expect(scopesOverlap(b, a)).toBe(overlap);
  });
});
