import { createCatalogue } from './catalogue.js';
import { createGateway } from './payments/gateway.js';

// Every page builds its own collaborators: two pages never see the same gateway.
export function catalogPage() {
  const catalogue = createCatalogue();
  return { products: catalogue.all() };
}

export function checkoutPage() {
  const catalogue = createCatalogue();
  const gateway = createGateway();
  return { catalogue, gateway };
}
