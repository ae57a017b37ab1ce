import { formatMoney } from '../format/money.js';
import { escapeHtml } from '../html.js';

/** The cart as HTML. */
export function cartView(cart) {
  const lines = cart.lines();
  if (lines.length === 0) return '<i data-icon="shopping-bag"></i><a href="/home">Start exploring</a>';
  return `<ul>${lines.map(row).join('')}</ul><p class="total">${formatMoney(cart.totalCents())}</p>`;
}

function row({ productId, name, quantity, lineCents }) {
  return `<li data-product="${escapeHtml(productId)}">${escapeHtml(name)} × ${quantity} <b>${formatMoney(lineCents)}</b></li>`;
}
