import { type CheckedListing, tallyOf } from './checked.ts';

/** A status badge as JSON for shields.io's endpoint: how many passes hold, red when the gate says no. */
export function badge(listing: CheckedListing, isGreen: boolean): string {
  const { total, holds, strengths } = tallyOf(listing);
  const [first] = strengths;
  const word = first?.stories === holds ? first.strength : 'pass';
  const message = `${holds}/${total} ${word}`;
  return `${JSON.stringify({ schemaVersion: 1, label: 'prd', message, color: colorOf(isGreen, holds, total) }, null, 2)}\n`;
}

function colorOf(isGreen: boolean, holds: number, total: number): string {
  if (!isGreen) return 'red';
  if (total === 0) return 'lightgrey';
  return holds === total ? 'brightgreen' : 'yellow';
}
