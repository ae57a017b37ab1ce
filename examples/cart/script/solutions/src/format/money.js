/** Cents as text: `€1,290.00`, `-€4.50`. */
export function formatMoney(cents) {
  const amount = Math.abs(cents) / 100;
  const digits = amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${cents < 0 ? '-' : ''}€${digits}`;
}
