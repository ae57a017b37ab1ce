/** Pages take what they need from the container; nothing is constructed here. */
export function catalogPage({ catalogue }) {
  return { products: catalogue.all() };
}

export function checkoutPage({ catalogue, cart, gateway }) {
  return { catalogue, cart, gateway };
}
