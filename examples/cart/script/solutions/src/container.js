import { randomUUID } from 'node:crypto';
import { createCart } from './cart/store.js';
import { createCatalogue } from './catalogue.js';
import { createGateway } from './payments/gateway.js';

/** The one place that constructs collaborators. A key in `overrides` replaces the default. */
export function createContainer(overrides = {}) {
  const catalogue = overrides.catalogue ?? createCatalogue();
  return {
    catalogue,
    cart: overrides.cart ?? createCart(catalogue),
    gateway: overrides.gateway ?? createGateway(),
    newKey: overrides.newKey ?? randomUUID,
  };
}
