import { expect, it } from 'vitest';
import { retryAfterMs } from '../../src/models/retry-after.ts';

const now = Date.parse('2026-11-21T10:00:00Z');

it.each<[string, Record<string, string>, number | null]>([
  ['seconds', { 'retry-after': '20' }, 20_000],
  ['a fraction of a second', { 'retry-after': '0.5' }, 500],
  ['zero', { 'retry-after': '0' }, 0],
  ['blanks around it', { 'retry-after': ' 7 ' }, 7_000],
  ['a day', { 'retry-after': '86400' }, 86_400_000],
  ['milliseconds, which win', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
  ['an HTTP date', { 'retry-after': 'Sat, 21 Nov 2026 10:01:30 GMT' }, 90_000],
  ['an old HTTP date format', { 'retry-after': 'Saturday, 21-Nov-26 10:00:30 GMT' }, 30_000],
  ['a date that has passed', { 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' }, 0],
  [
    'a date by the clock of the server',
    { 'retry-after': 'Sat, 21 Nov 2026 12:00:10 GMT', date: 'Sat, 21 Nov 2026 12:00:00 GMT' },
    10_000,
  ],
  ['nothing', {}, null],
  ['an empty value', { 'retry-after': '' }, null],
  ['words', { 'retry-after': 'soon' }, null],
  ['a negative number', { 'retry-after': '-5' }, null],
  ['an exponent', { 'retry-after': '1e9' }, null],
  ['infinity', { 'retry-after': 'Infinity' }, null],
  ['a number beyond all numbers', { 'retry-after': '9'.repeat(40) }, null],
  ['a year', { 'retry-after': '2027-01-01' }, null],
  ['an impossible date', { 'retry-after': 'Sat, 99 Nov 2026 10:01:30 GMT' }, null],
])('reads %s', (_, headers, expected) => {
  expect(retryAfterMs(new Headers(headers), now)).toBe(expected);
});
