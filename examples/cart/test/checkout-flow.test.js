import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCheckout } from '../src/checkout/flow.js';
import { createContainer } from '../src/container.js';

const spied = () => {
  const keys = [];
  const gateway = {
    createIntent: ({ amountCents, idempotencyKey }) => { keys.push(idempotencyKey); return { id: 'pi_1', amountCents }; },
    confirmOrder: ({ idempotencyKey }) => { keys.push(idempotencyKey); return { orderId: 'or_1' }; },
  };
  return { keys, container: createContainer({ gateway, newKey: (() => { let n = 0; return () => `key-${++n}`; })() }) };
};

test('payment intent and confirmation share one idempotency key', () => {
  const { keys, container } = spied();
  container.cart.add('tea');
  const checkout = createCheckout(container);
  checkout.start();
  checkout.confirm();
  assert.deepEqual(keys, ['key-1', 'key-1']);
});

test('starting twice keeps the key, so a double click pays once', () => {
  const { keys, container } = spied();
  container.cart.add('tea');
  const checkout = createCheckout(container);
  checkout.start();
  checkout.start();
  assert.deepEqual(new Set(keys), new Set(['key-1']));
});

test('an empty cart cannot start', () => {
  assert.throws(() => createCheckout(spied().container).start(), /the cart is empty/);
});

test('a confirmed order empties the cart and is kept as state', () => {
  const { container } = spied();
  container.cart.add('mug');
  const checkout = createCheckout(container);
  checkout.start();
  checkout.confirm();
  assert.deepEqual(container.cart.lines(), []);
  assert.deepEqual(checkout.state(), { step: 'done', orderId: 'or_1', amountCents: 1290 });
});

test('confirming before starting is refused', () => {
  assert.throws(() => createCheckout(spied().container).confirm(), /start the checkout first/);
});
