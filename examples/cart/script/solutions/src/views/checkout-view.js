import { formatMoney } from '../format/money.js';
import { escapeHtml } from '../html.js';

/** What will be paid, as HTML. */
export function checkoutView(checkout, cart) {
  const rows = cart.lines().map(({ quantity, name }) => `<li>${quantity} × ${escapeHtml(name)}</li>`);
  const button = checkout.state().step === 'started' ? '<button>Pay now</button>' : '<button disabled>Pay now</button>';
  return `<ul>${rows.join('')}</ul><p class="due">To pay: ${formatMoney(cart.totalCents())}</p>${button}`;
}
