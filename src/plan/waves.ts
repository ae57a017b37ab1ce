import picomatch from 'picomatch';
import type { Phased } from './order.ts';

/**
 * Gives each story of the running order its wave, from 1. Stories of one wave may run at once: none depends on another
 * and no two scopes overlap. Architectural stories have a wave of their own; a phase starts after the one before it.
 */
export function waves(ordered: readonly Phased[]): ReadonlyMap<string, number> {
  const wave = new Map<string, number>();
  const members = new Map<number, Phased[]>();
  let floor = 1;
  let phase = ordered[0]?.phase ?? 1;
  let last = 0;
  for (const one of ordered) {
    if (one.phase !== phase || one.role === 'orchestrator') floor = last + 1;
    phase = one.phase;
    const chosen = firstFitting(one, Math.max(floor, afterDependencies(one, wave)), members);
    wave.set(one.story.id, chosen);
    members.set(chosen, [...(members.get(chosen) ?? []), one]);
    last = Math.max(last, chosen);
    if (one.role === 'orchestrator') floor = chosen + 1;
  }
  return wave;
}

function afterDependencies(one: Phased, wave: ReadonlyMap<string, number>): number {
  return one.story.dependsOn.reduce((latest, id) => Math.max(latest, (wave.get(id) ?? 0) + 1), 1);
}

function firstFitting(one: Phased, from: number, members: ReadonlyMap<number, readonly Phased[]>): number {
  let wave = from;
  while ((members.get(wave) ?? []).some((other) => scopesOverlap(one.story.files, other.story.files))) wave += 1;
  return wave;
}

/** Could the two sets of globs name the same file? An empty set is an unknown scope: the landing settles it. */
export function scopesOverlap(a: readonly string[], b: readonly string[]): boolean {
  return a.some((left) => b.some((right) => globsOverlap(left, right)));
}

function globsOverlap(a: string, b: string): boolean {
  const [left, right] = [scanned(a), scanned(b)];
  if (!within(left.base, right.base) && !within(right.base, left.base)) return false;
  if (left.isGlob !== right.isGlob) return left.isGlob ? names(left, a, b) : names(right, b, a);
  if (!left.isGlob || left.segments === null || right.segments === null) return true;
  return segmentsOverlap(left.segments, right.segments);
}

/** A path may be a folder, with all that the glob names in it. */
function names({ base }: Scan, glob: string, path: string): boolean {
  return within(base, path) || picomatch.isMatch(path, glob, { dot: true });
}

interface Scan {
  readonly base: string;
  readonly isGlob: boolean;
  /** Null: alternatives and classes are not compared, they may name anything below the base. */
  readonly segments: readonly string[] | null;
}

const scans = new Map<string, Scan>();

/** Scanning costs a hundred times a comparison, and a plan compares each glob with every other of its wave. */
function scanned(glob: string): Scan {
  const known = scans.get(glob);
  if (known !== undefined) return known;
  const { base, isGlob } = picomatch.scan(glob);
  const scan = { base: isGlob ? base : glob.replace(/\/$/, ''), isGlob, segments: plainSegments(glob) };
  scans.set(glob, scan);
  return scan;
}

function plainSegments(glob: string): readonly string[] | null {
  return /[{}()[\]!\\]/.test(glob) ? null : glob.split('/');
}

/** Walks both patterns at once; `open` holds how far the second one may have come after each step of the first. */
function segmentsOverlap(a: readonly string[], b: readonly string[]): boolean {
  let open = throughStars(new Set([0]), b);
  for (const segment of a) {
    if (segment === '**') {
      const from = Math.min(...open);
      open = new Set(Array.from({ length: b.length + 1 - from }, (_, step) => from + step));
    } else {
      open = throughStars(new Set([...open].flatMap((at) => after(segment, b, at))), b);
    }
    if (open.size === 0) return false;
  }
  return open.has(b.length);
}

function after(segment: string, b: readonly string[], at: number): readonly number[] {
  const other = b[at];
  if (other === undefined) return [];
  if (other === '**') return [at];
  return namesOverlap(segment, other) ? [at + 1] : [];
}

/** `**` may stand for no folder at all. */
function throughStars(open: Set<number>, b: readonly string[]): Set<number> {
  for (const at of open) if (b[at] === '**') open.add(at + 1);
  return open;
}

/** What stands before the first wildcard and after the last must fit; what is between may be anything. */
function namesOverlap(a: string, b: string): boolean {
  const [aHead, bHead] = [head(a), head(b)];
  if (aHead === a && bHead === b) return a === b;
  if (aHead === a || bHead === b) return picomatch.isMatch(aHead === a ? a : b, aHead === a ? b : a, { dot: true });
  const [aTail, bTail] = [tail(a), tail(b)];
  const fits = aHead.startsWith(bHead) || bHead.startsWith(aHead);
  return fits && (aTail.endsWith(bTail) || bTail.endsWith(aTail));
}

function head(name: string): string {
  return name.split(/[*?]/, 1)[0] ?? '';
}

function tail(name: string): string {
  return name.split(/[*?]/).at(-1) ?? '';
}

function within(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
