import { describe, expect, it } from 'vitest';
import { amount, clock, count, fineUsd, percent, shortOid, span, spent, usd } from '../../src/report/figures.ts';

describe('money', () => {
  it.each([
    [0.08, '$0.08'],
    [0, '$0.00'],
    [0.001, '<$0.01'],
    [12.345, '$12.35'],
    [null, 'unpriced'],
  ])('%s reads %s', (value, text) => expect(usd(value)).toBe(text));

  it.each([
    [0.0834, '$0.083'],
    [0, '$0.000'],
    [0.0004, '<$0.001'],
    [12.345, '$12.35'],
    [null, 'unpriced'],
  ])('%s in the bill reads %s', (value, text) => expect(fineUsd(value)).toBe(text));

  it.each([
    [1.2, 3, '$1.20 + 3 unpriced calls'],
    [1.2, 0, '$1.20'],
    [0, 2, '2 unpriced calls'],
    [null, 2, '2 unpriced calls'],
    [null, 0, 'unpriced'],
  ])('%s and %i calls without a price read %s', (value, unpriced, text) => expect(spent(value, unpriced)).toBe(text));
});

describe('time', () => {
  it.each([
    [0, '00:00'],
    [164_900, '02:44'],
    [3_764_000, '1:02:44'],
  ])('%i ms on the clock is %s', (ms, text) => expect(clock(ms)).toBe(text));

  it.each([
    [4_200, '4.2s'],
    [9_949, '9.9s'],
    [9_950, '10s'],
    [48_000, '48s'],
    [59_600, '1m 00s'],
    [212_000, '3m 32s'],
    [3_720_000, '1h 02m'],
  ])('%i ms took %s', (ms, text) => expect(span(ms)).toBe(text));
});

it.each([
  [950, '950'],
  [12_340, '12.3k'],
  [999_949, '999.9k'],
  [999_950, '1.0M'],
  [2_000_000_000, '2.0G'],
])('%i tokens read %s', (value, text) => expect(amount(value)).toBe(text));

it('counts in words', () => {
  expect([count(1, 'finding'), count(2, 'finding'), count(0, 'story', 'stories')]).toEqual([
    '1 finding',
    '2 findings',
    '0 stories',
  ]);
});

it('a share of nothing is 0%', () => expect([percent(1, 3), percent(0, 0)]).toEqual(['33%', '0%']));

it('a commit shows seven digits', () => expect(shortOid('3f9c2ab0000')).toBe('3f9c2ab'));
