/** What is in the cart, and who wants to know. Amounts are integers in cents. */
export function createCart(catalogue) {
  const quantities = new Map();
  const listeners = new Set();

  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const priceOf = (id) => {
    const product = catalogue.find(id);
    if (product === null) throw new Error(`unknown product: ${id}`);
    return product;
  };
  const lines = () =>
    [...quantities].map(([productId, quantity]) => {
      const { name, priceCents } = priceOf(productId);
      return { productId, name, quantity, lineCents: priceCents * quantity };
    });

  return {
    lines,
    totalCents: () => lines().reduce((sum, line) => sum + line.lineCents, 0),
    add(id) {
      priceOf(id);
      quantities.set(id, (quantities.get(id) ?? 0) + 1);
      changed();
    },
    setQuantity(id, quantity) {
      priceOf(id);
      if (quantity > 0) quantities.set(id, quantity);
      else quantities.delete(id);
      changed();
    },
    clear() {
      quantities.clear();
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
