/** Shares out `total` among wishes: who wants less than an equal share gets all, the rest is shared by the others. */
export function fairShares(wishes: readonly number[], total: number): readonly number[] {
  const order = wishes.map((_, index) => index).sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0));
  const shares = wishes.map(() => 0);
  let left = total;
  for (const [rank, index] of order.entries()) {
    const share = Math.min(wishes[index] ?? 0, Math.floor(left / (order.length - rank)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
