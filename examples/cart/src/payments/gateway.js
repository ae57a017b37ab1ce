/** Stands in for the payment provider: remembers what it was asked, answers at once. */
export function createGateway() {
  const intents = new Map();
  const confirmations = new Map();
  return {
    createIntent({ amountCents, idempotencyKey }) {
      if (!intents.has(idempotencyKey)) intents.set(idempotencyKey, { id: `pi_${intents.size + 1}`, amountCents });
      return intents.get(idempotencyKey);
    },
    confirmOrder({ intentId, idempotencyKey }) {
      if (!confirmations.has(idempotencyKey)) confirmations.set(idempotencyKey, { orderId: `or_${confirmations.size + 1}`, intentId });
      return confirmations.get(idempotencyKey);
    },
    calls: () => ({ intents: intents.size, confirmations: confirmations.size }),
  };
}
