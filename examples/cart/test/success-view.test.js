import assert from 'node:assert/strict';
import { test } from 'node:test';
import { successView } from '../src/views/success-view.js';

test('names the order and the amount', () => {
  const html = successView({ step: 'done', orderId: 'or_7', amountCents: 1290 });
  assert.match(html, /<h1>Thank you<\/h1>/);
  assert.match(html, /Order or_7, €12\.90/);
});

test('links to the receipt of that order', () => {
  assert.match(successView({ step: 'done', orderId: 'or_7', amountCents: 1 }), /<a href="\/orders\/or_7\/receipt">Receipt<\/a>/);
});

test('is empty while the order is not done', () => {
  assert.equal(successView({ step: 'started', orderId: null, amountCents: 450 }), '');
});
