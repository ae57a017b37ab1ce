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
  if (left.isGlob === right.isGlob) return true;
  const [glob, path] = left.isGlob ? [left, b] : [right, a];
  return within(glob.base, path) || picomatch.isMatch(path, left.isGlob ? a : b, { dot: true });
}

const scans = new Map<string, { base: string; isGlob: boolean }>();

/** Scanning costs a hundred times a comparison, and a plan compares each glob with every other of its wave. */
function scanned(glob: string): { base: string; isGlob: boolean } {
  const known = scans.get(glob);
  if (known !== undefined) return known;
  const { base, isGlob } = picomatch.scan(glob);
  const scan = { base: isGlob ? base : glob.replace(/\/$/, ''), isGlob };
  scans.set(glob, scan);
  return scan;
}

function within(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
