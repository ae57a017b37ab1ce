import { formatMoney } from '../format/money.js';

/** What will be paid, as HTML. */
export function checkoutView(checkout, cart) {
  const rows = cart.lines().map(({ quantity, name }) => `<li>${quantity} × ${name}</li>`);
  return `<ul>${rows.join('')}</ul><p class="due">To pay: ${formatMoney(cart.totalCents())}</p><button>Pay now</button>`;
}
