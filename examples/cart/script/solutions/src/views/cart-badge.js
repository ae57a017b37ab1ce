/** How many pieces are in the cart, as HTML. */
export function cartBadge(cart) {
  const pieces = cart.lines().reduce((sum, line) => sum + line.quantity, 0);
  if (pieces === 0) return '';
  return `<span class="badge">${pieces > 99 ? '99+' : pieces}</span>`;
}
