import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCart } from '../src/cart/store.js';
import { createCatalogue } from '../src/catalogue.js';

const newCart = () => createCart(createCatalogue());

test('a new cart is empty', () => {
  assert.deepEqual(newCart().lines(), []);
  assert.equal(newCart().totalCents(), 0);
});

test('adding the same product twice makes one line with quantity 2', () => {
  const cart = newCart();
  cart.add('tea');
  cart.add('tea');
  assert.deepEqual(cart.lines(), [{ productId: 'tea', name: 'Green tea', quantity: 2, lineCents: 900 }]);
});

test('the total is the sum of the lines', () => {
  const cart = newCart();
  cart.add('tea');
  cart.add('mug');
  assert.equal(cart.totalCents(), 1740);
});

test('quantity 0 removes the line', () => {
  const cart = newCart();
  cart.add('tea');
  cart.setQuantity('tea', 0);
  assert.deepEqual(cart.lines(), []);
});

test('an unknown product is refused', () => {
  assert.throws(() => newCart().add('cake'), /unknown product: cake/);
});

test('a subscriber hears each change once and can leave', () => {
  const cart = newCart();
  let heard = 0;
  const leave = cart.subscribe(() => { heard += 1; });
  cart.add('tea');
  cart.clear();
  leave();
  cart.add('mug');
  assert.equal(heard, 2);
});

test('lines are a copy: changing them does not change the cart', () => {
  const cart = newCart();
  cart.add('tea');
  cart.lines()[0].quantity = 99;
  assert.equal(cart.lines()[0].quantity, 1);
});
