interface Line {
  readonly kind: ' ' | '-' | '+';
  readonly text: string;
}

/** More changed lines than this are shown as one replacement: finding the smallest difference would take too long. */
const mostChanges = 1_000;
const context = 3;

/** A unified diff of two texts as git and patch read it, or nothing when they are equal. */
export function unifiedDiff(file: string, before: string, after: string): string {
  if (before === after) return '';
  const lines = compare(linesOf(before), linesOf(after));
  const hunks = hunksOf(lines).map((hunk) => hunkText(lines, hunk));
  return [`--- a/${file}`, `+++ b/${file}`, ...hunks.flat()].map((line) => `${line}\n`).join('');
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  return last === '' ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let head = 0;
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head += 1;
  let tail = 0;
  const room = Math.min(before.length, after.length) - head;
  while (tail < room && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const same = (text: string): Line => ({ kind: ' ', text });
  return [
    ...before.slice(0, head).map(same),
    ...changes(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

/** Myers' greedy algorithm: `furthest[k]` is how far into `a` a path on diagonal k gets with d changes. */
function changes(a: readonly string[], b: readonly string[]): readonly Line[] {
  const trace: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, mostChanges); d += 1) {
    trace.push(furthest);
    furthest = new Map(furthest);
    for (let k = -d; k <= d; k += 2) {
      let x = start(furthest, k, d);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trace);
    }
  }
  return [...a.map((text): Line => ({ kind: '-', text })), ...b.map((text): Line => ({ kind: '+', text }))];
}

function start(furthest: ReadonlyMap<number, number>, k: number, d: number): number {
  const [left, above] = [furthest.get(k - 1) ?? -1, furthest.get(k + 1) ?? -1];
  return k === -d || (k !== d && left < above) ? above : left + 1;
}

function walkBack(a: readonly string[], b: readonly string[], trace: readonly Map<number, number>[]): readonly Line[] {
  const lines: Line[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const furthest = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const beforeX = furthest.get(down ? k + 1 : k - 1) ?? 0;
    const beforeY = beforeX - (down ? k + 1 : k - 1);
    while (x > Math.max(0, beforeX) && y > Math.max(0, beforeY)) {
      lines.push({ kind: ' ', text: a[x - 1] ?? '' });
      [x, y] = [x - 1, y - 1];
    }
    if (d > 0) lines.push(down ? { kind: '+', text: b[y - 1] ?? '' } : { kind: '-', text: a[x - 1] ?? '' });
    [x, y] = [beforeX, beforeY];
  }
  return lines.reverse();
}

interface Hunk {
  readonly from: number;
  readonly to: number;
}

function hunksOf(lines: readonly Line[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (const [index, { kind }] of lines.entries()) {
    if (kind === ' ') continue;
    const last = hunks.at(-1);
    const to = Math.min(lines.length, index + context + 1);
    if (last !== undefined && index - context <= last.to) hunks.splice(-1, 1, { from: last.from, to });
    else hunks.push({ from: Math.max(0, index - context), to });
  }
  return hunks;
}

function hunkText(lines: readonly Line[], { from, to }: Hunk): readonly string[] {
  const shown = lines.slice(from, to);
  const place = (skip: '+' | '-'): string => {
    const first = lines.slice(0, from).filter(({ kind }) => kind !== skip).length;
    const length = shown.filter(({ kind }) => kind !== skip).length;
    return `${length === 0 ? first : first + 1},${length}`;
  };
  return [`@@ -${place('+')} +${place('-')} @@`, ...shown.map(({ kind, text }) => kind + text)];
}
