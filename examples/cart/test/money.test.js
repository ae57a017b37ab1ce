import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoney } from '../src/format/money.js';

for (const [cents, text] of [[0, '€0.00'], [5, '€0.05'], [450, '€4.50'], [129000, '€1,290.00'], [-450, '-€4.50']]) {
  test(`${cents} cents read ${text}`, () => assert.equal(formatMoney(cents), text));
}
