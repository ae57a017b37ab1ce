import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receipt } from '../src/checkout/receipt.js';

const lines = [
  { productId: 'tea', name: 'Green tea', quantity: 2, lineCents: 900 },
  { productId: 'mug', name: 'Mug "Dawn"', quantity: 1, lineCents: 1290 },
];

test('one line per product, then the total', () => {
  assert.equal(receipt('or_7', lines), ['Order or_7', '2 x Green tea  €9.00', '1 x Mug "Dawn"  €12.90', 'Total  €21.90', ''].join('\n'));
});

test('an order without lines is refused', () => {
  assert.throws(() => receipt('or_7', []), /no lines/);
});
