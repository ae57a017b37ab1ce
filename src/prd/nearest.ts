/**
 * The known name a person probably meant, or null when none is close: at most one edit in three characters, where
 * swapping two neighbours is one edit and case is free. Of equals the one with the closest number wins, then the first.
 */
export function nearest(word: string, known: Iterable<string>): string | null {
  const wanted = word.toLowerCase().slice(0, longest);
  let best: string | null = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - wanted.length) >= least) continue;
    const unlike = distance(wanted, name.toLowerCase()) + numberGap(wanted, name);
    if (unlike < least) [best, least] = [name, unlike];
  }
  return best;
}

/** Names longer than this are compared by their beginning: the distance costs the product of both lengths. */
const longest = 120;

/** Less than one edit: `US-009` is closer to `US-008` than to `US-001`. */
function numberGap(a: string, b: string): number {
  const [first, second] = [a, b].map((name) => Number(/\d+(?!.*\d)/.exec(name)?.[0]));
  const gap = Math.abs((first ?? Number.NaN) - (second ?? Number.NaN));
  return Number.isNaN(gap) ? 0 : gap / (gap + 1);
}

/** Optimal string alignment distance, row by row. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = at(above, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(before, j - 2) + 1 : Infinity;
      row.push(Math.min(at(above, j) + 1, at(row, j - 1) + 1, changed, swapped));
    }
    [before, above] = [above, row];
  }
  return at(above, b.length);
}

/** Outside the table everything is out of reach. */
function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
