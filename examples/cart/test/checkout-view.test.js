import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCheckout } from '../src/checkout/flow.js';
import { createContainer } from '../src/container.js';
import { checkoutView } from '../src/views/checkout-view.js';

const started = () => {
  const container = createContainer();
  container.cart.add('pot');
  const checkout = createCheckout(container);
  checkout.start();
  return { container, checkout };
};

test('shows what will be paid', () => {
  const { container, checkout } = started();
  assert.match(checkoutView(checkout, container.cart), /<p class="due">To pay: €39\.00<\/p>/);
});

test('lists the lines with escaped names', () => {
  const { container, checkout } = started();
  assert.match(checkoutView(checkout, container.cart), /<li>1 × Tea pot &lt;large&gt;<\/li>/);
});

test('the button is enabled only after the start', () => {
  const container = createContainer();
  container.cart.add('tea');
  const checkout = createCheckout(container);
  assert.match(checkoutView(checkout, container.cart), /<button disabled>Pay now<\/button>/);
  checkout.start();
  assert.match(checkoutView(checkout, container.cart), /<button>Pay now<\/button>/);
});
