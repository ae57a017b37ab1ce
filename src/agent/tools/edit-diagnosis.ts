import { linesOf } from '../text-file.ts';

export interface Region {
  /** Lines of the file, from 1, both included. */
  readonly from: number;
  readonly to: number;
  /** Why the text that was looked for is not this one. */
  readonly diagnosis: string;
}

/** The part of the file that looks most like `old`, or null when nothing does. */
export function closestRegion(text: string, old: string): Region | null {
  const [lines, wanted] = [linesOf(text), linesOf(old)];
  let best = { score: 0, at: -1 };
  const compared = wanted.slice(0, 60).map(fold);
  const folded = lines.map(fold);
  for (let at = 0; at < lines.length; at++) {
    const score = compared.reduce((sum, line, index) => sum + likeness(line, folded[at + index] ?? ''), 0);
    if (score > best.score) best = { score, at };
  }
  if (best.at < 0 || best.score < 0.6 * compared.filter((line) => line !== '').length) return null;
  const found = lines.slice(best.at, best.at + wanted.length);
  return { from: best.at + 1, to: best.at + found.length, diagnosis: diagnose(wanted, found) };
}

/** A part of the file with its numbers, as `read` prints it; at most `max` lines. */
export function numbered(text: string, from: number, to: number, max: number): string {
  const lines = linesOf(text).slice(from - 1, Math.min(to, from - 1 + max));
  return lines.map((line, index) => `${from + index}\t${line.slice(0, 200)}`).join('\n');
}

// Enough to find the place: what was meant is decided by people or models, never by this figure.
function likeness(wanted: string, found: string): number {
  if (wanted === '') return 0;
  if (wanted === found) return 1;
  const shortest = Math.min(wanted.length, found.length);
  let head = 0;
  while (head < shortest && wanted[head] === found[head]) head++;
  let tail = 0;
  while (tail < shortest - head && wanted.at(-1 - tail) === found.at(-1 - tail)) tail++;
  const share = (head + tail) / Math.max(wanted.length, found.length);
  return share >= 0.5 ? share : 0;
}

const causes: readonly (readonly [string, (line: string) => string])[] = [
  ['only trailing blanks differ, in more than one place', (line) => line.trimEnd()],
  ['the indentation differs, and not by the same amount in each line', (line) => line.trim()],
  ['quotes, dashes or blanks are other characters', (line) => plainPunctuation(line).trim()],
  ['upper and lower case differ', (line) => line.trim().toLowerCase()],
];

function diagnose(wanted: readonly string[], found: readonly string[]): string {
  const same = (change: (line: string) => string): boolean =>
    wanted.length === found.length && wanted.every((line, index) => change(line) === change(found[index] ?? ''));
  const cause = causes.find(([, change]) => same(change));
  if (cause) return cause[0];
  const differs = wanted.findIndex((line, index) => fold(line) !== fold(found[index] ?? ''));
  return differs < 0 ? 'several small differences' : `line ${differs + 1} of \`old\` differs`;
}

function fold(line: string): string {
  return plainPunctuation(line).trim().toLowerCase();
}

function plainPunctuation(line: string): string {
  return line
    .replace(/[\u2018\u2019\u201a\u201b`´]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f]/g, '"')
    .replaceAll("'", '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ');
}
