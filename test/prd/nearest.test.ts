import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearest } from '../../src/prd/nearest.ts';

it.each([
  ['US-009', ['US-001', 'US-008'], 'US-008'],
  ['lnit', ['init', 'lint'], 'init'],
  ['lint', ['lnit', 'point'], 'lnit'],
  ['judgment/vague-adverbs', ['judgment/vague-adverb', 'judgment/vague-quality'], 'judgment/vague-adverb'],
  ['SONNET', ['opus', 'sonnet'], 'sonnet'],
  ['a', ['b'], 'b'],
  ['exit-code', ['exit-codes'], 'exit-codes'],
])('`%s` among %j was probably `%s`', (word, known, expected) => {
  expect(nearest(word, known)).toBe(expected);
});

it.each([
  ['checkout', ['cart', 'login']],
  ['', ['lint']],
  ['x', []],
])('`%s` resembles none of %j', (word, known) => {
  expect(nearest(word, known)).toBeNull();
});

it('always finds a name in which two neighbours were swapped', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{3,12}$/), fc.nat(10), (name, at) => {
      const place = at % (name.length - 1);
      const typo = name.slice(0, place) + name[place + 1] + name[place] + name.slice(place + 2);
      expect(nearest(typo, [name])).toBe(name);
    }),
  );
});
