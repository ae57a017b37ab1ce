import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContainer } from '../src/container.js';
import { cartBadge } from '../src/views/cart-badge.js';

test('an empty cart has no badge', () => assert.equal(cartBadge(createContainer().cart), ''));

test('the badge counts pieces, not lines', () => {
  const { cart } = createContainer();
  cart.add('tea');
  cart.add('tea');
  cart.add('mug');
  assert.equal(cartBadge(cart), '<span class="badge">3</span>');
});

test('more than 99 pieces read 99+', () => {
  const { cart } = createContainer();
  cart.add('tea');
  cart.setQuantity('tea', 120);
  assert.equal(cartBadge(cart), '<span class="badge">99+</span>');
});
