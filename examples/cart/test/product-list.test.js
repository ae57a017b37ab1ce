import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCatalogue } from '../src/catalogue.js';
import { productList } from '../src/views/product-list.js';

test('each product has a price and a button with its id', () => {
  const html = productList(createCatalogue().all());
  assert.match(html, /<li>Green tea <b>€4\.50<\/b> <button data-add="tea">Add<\/button><\/li>/);
  assert.equal(html.match(/data-add=/g).length, 3);
});

test('names are escaped', () => {
  assert.match(productList(createCatalogue().all()), /Mug &quot;Dawn&quot;/);
});

test('no products read as a sentence', () => {
  assert.equal(productList([]), '<p>Nothing for sale today.</p>');
});
