/** One checkout: the payment intent and the order confirmation share one idempotency key. */
export function createCheckout({ cart, gateway, newKey }) {
  const idempotencyKey = newKey();
  let intent = null;
  let state = { step: 'new', orderId: null, amountCents: 0 };

  return {
    state: () => ({ ...state }),
    start() {
      const amountCents = cart.totalCents();
      if (cart.lines().length === 0) throw new Error('the cart is empty');
      intent = gateway.createIntent({ amountCents, idempotencyKey });
      state = { step: 'started', orderId: null, amountCents };
    },
    confirm() {
      if (intent === null) throw new Error('start the checkout first');
      const { orderId } = gateway.confirmOrder({ intentId: intent.id, idempotencyKey });
      state = { ...state, step: 'done', orderId };
      cart.clear();
    },
  };
}
