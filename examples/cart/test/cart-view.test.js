import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContainer } from '../src/container.js';
import { cartView } from '../src/views/cart-view.js';

test('the empty state has the bag icon and a link home', () => {
  const html = cartView(createContainer().cart);
  assert.match(html, /data-icon="shopping-bag"/);
  assert.match(html, /<a href="\/home">Start exploring<\/a>/);
});

test('each line shows name, quantity and line total', () => {
  const { cart } = createContainer();
  cart.add('tea');
  cart.add('tea');
  assert.match(cartView(cart), /<li data-product="tea">Green tea × 2 <b>€9\.00<\/b><\/li>/);
});

test('names are escaped', () => {
  const { cart } = createContainer();
  cart.add('pot');
  assert.match(cartView(cart), /Tea pot &lt;large&gt;/);
});

test('the total stands under the lines', () => {
  const { cart } = createContainer();
  cart.add('mug');
  assert.match(cartView(cart), /<p class="total">€12\.90<\/p>/);
});
