import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCatalogue } from '../src/catalogue.js';

test('finds a product by id', () => {
  assert.equal(createCatalogue().find('tea').priceCents, 450);
});

test('answers null for an unknown product', () => {
  assert.equal(createCatalogue().find('cake'), null);
});
