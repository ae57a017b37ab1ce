import { describe, expect, it } from 'vitest';
import { collect, dollars, duration, percent, positiveNumber, wholeNumber } from '../../src/cli/arguments.ts';
import { outputFormat } from '../../src/cli/output-format.ts';

describe('values of flags', () => {
  it.each([
    [wholeNumber, '0', 0],
    [wholeNumber, '12', 12],
    [positiveNumber, '1', 1],
    [percent, '0', 0],
    [percent, '80%', 80],
    [percent, '100', 100],
    [dollars, '5', 5],
    [dollars, '$2.50', 2.5],
    [duration, '90s', 90_000],
    [duration, '5m', 300_000],
    [duration, '2h', 7_200_000],
    [duration, '250ms', 250],
  ])('%o reads %s as %d', (read, text, value) => {
    expect(read(text)).toBe(value);
  });

  it.each([
    [wholeNumber, '-1'],
    [wholeNumber, '1.5'],
    [wholeNumber, '1e9'],
    [wholeNumber, ''],
    [wholeNumber, '9'.repeat(30)],
    [positiveNumber, '0'],
    [percent, '101'],
    [percent, '%'],
    [percent, '1.5'],
    [dollars, 'five'],
    [dollars, '-2'],
    [dollars, '1,50'],
    [duration, '5'],
    [duration, '0s'],
    [duration, '5d'],
    [duration, 'm'],
  ])('%o refuses %j', (read, text) => {
    expect(() => read(text)).toThrow(/must be/);
  });

  it('a flag given twice keeps both values', () => {
    expect(['a', 'b'].reduce<readonly string[] | undefined>((all, one) => collect(one, all), undefined)).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('output format', () => {
  it.each([
    [{}, 'pretty'],
    [{ json: true }, 'json'],
    [{ format: 'sarif' }, 'sarif'],
    [{ json: true, format: 'json' }, 'json'],
  ] as const)('of %j is %s', (flags, format) => {
    expect(outputFormat(flags)).toBe(format);
  });

  it('two formats at once are a mistake', () => {
    expect(() => outputFormat({ json: true, format: 'sarif' })).toThrow(/cannot be used with/);
  });
});
