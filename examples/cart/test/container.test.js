import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogPage, checkoutPage } from '../src/app.js';
import { createContainer } from '../src/container.js';

test('every collaborator is made once', () => {
  const container = createContainer();
  assert.equal(container.cart, container.cart);
  assert.equal(container.gateway, container.gateway);
});

test('a collaborator can be replaced', () => {
  const gateway = { fake: true };
  assert.equal(createContainer({ gateway }).gateway, gateway);
});

test('the pages share one container', () => {
  const container = createContainer();
  assert.equal(checkoutPage(container).gateway, container.gateway);
  assert.equal(checkoutPage(container).cart, container.cart);
  assert.equal(catalogPage(container).products.length, 3);
});

test('app.js builds no collaborator itself', () => {
  assert.doesNotMatch(readFileSync(new URL('../src/app.js', import.meta.url), 'utf8'), /createGateway|createCatalogue|createCart/);
});
