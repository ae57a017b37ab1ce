/** What the shop sells. Prices are integers in cents. */
const products = [
  { id: 'tea', name: 'Green tea', priceCents: 450 },
  { id: 'mug', name: 'Mug "Dawn"', priceCents: 1290 },
  { id: 'pot', name: 'Tea pot <large>', priceCents: 3900 },
];

export function createCatalogue() {
  return {
    all: () => products.map((product) => ({ ...product })),
    find: (id) => products.find((product) => product.id === id) ?? null,
  };
}
