import type { Journals } from './journals.ts';
import type { Ledger } from './oracle.ts';
import type { Finding } from './tally.ts';

/** Two sums of the same figures in another order. */
const roundingUsd = 1e-9;

/** V3 and V4: nothing is paid twice but one attempt per worker and kill; what is booked is never less than what is billed. */
export function moneyFindings({ records }: Journals, ledger: Ledger): readonly Finding[] {
  const findings: Finding[] = [];
  const billedUsd = ledger.billed.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
  const booked = bookedUsd(records);
  if (booked + roundingUsd < billedUsd)
    findings.push({ column: 'unrecovered', detail: `booked $${booked}, billed $${billedUsd}` });
  if (ledger.maxCostUsd !== null && billedUsd > ledger.maxCostUsd) {
    findings.push({ column: 'unrecovered', detail: `billed $${billedUsd} with a limit of $${ledger.maxCostUsd}` });
  }
  if (ledger.answersAtMost !== null && ledger.billed.length > ledger.answersAtMost) {
    const detail = `${ledger.billed.length} answers paid where ${ledger.answersAtMost} are enough`;
    findings.push({ column: 'unrecovered', detail });
  }
  return findings;
}

/** What is settled at its cost, what never came back at its reservation. */
function bookedUsd(records: Journals['records']): number {
  const open = new Map<string, number>();
  for (const { type, data } of records) {
    if (type === 'request.sent') open.set(data.request, data.reservedUsd ?? 0);
    if (type === 'request.settled') open.set(data.request, data.costUsd ?? 0);
  }
  return [...open.values()].reduce((sum, usd) => sum + usd, 0);
}
