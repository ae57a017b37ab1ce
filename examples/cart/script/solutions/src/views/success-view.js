import { formatMoney } from '../format/money.js';
import { escapeHtml } from '../html.js';

/** The page after paying, as HTML; empty until the order is done. */
export function successView({ step, orderId, amountCents }) {
  if (step !== 'done') return '';
  const id = escapeHtml(orderId);
  return `<h1>Thank you</h1><p>Order ${id}, ${formatMoney(amountCents)}</p><a href="/orders/${id}/receipt">Receipt</a>`;
}
