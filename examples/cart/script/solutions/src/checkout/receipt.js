import { formatMoney } from '../format/money.js';

/** Plain text receipt of an order. */
export function receipt(orderId, lines) {
  if (lines.length === 0) throw new Error(`order ${orderId} has no lines`);
  const total = lines.reduce((sum, line) => sum + line.lineCents, 0);
  const rows = lines.map((line) => `${line.quantity} x ${line.name}  ${formatMoney(line.lineCents)}`);
  return [`Order ${orderId}`, ...rows, `Total  ${formatMoney(total)}`, ''].join('\n');
}
