import type { Story } from '../prd/prd.ts';
import { MinHeap } from './min-heap.ts';
import type { Routed } from './plan.ts';

/** A routed story with the number of its phase, from 1. */
export interface Phased extends Routed {
  readonly phase: number;
}

/**
 * The running order: phase by phase, the orchestrator's stories first, then by priority and place in the document;
 * `dependsOn` overrides all of it. Stories of a cycle are left out (the caller has reported it).
 */
export function orderStories(routed: readonly Routed[]): readonly Phased[] {
  const wanted = withPhases(routed).sort(byWish);
  return afterDependencies(wanted);
}

/** Stories that depend on themselves, directly or round a circle, in the order of the circle; null when there is none. */
export function findCycle(stories: readonly Story[]): readonly string[] | null {
  const byId = new Map(stories.map((story) => [story.id, story]));
  const done = new Set<string>();
  for (const { id } of stories) {
    const cycle = cycleFrom(id, byId, done);
    if (cycle !== null) return cycle;
  }
  return null;
}

/** Depth first with an explicit stack: a chain of 10,000 stories must not overflow ours. */
function cycleFrom(start: string, byId: ReadonlyMap<string, Story>, done: Set<string>): readonly string[] | null {
  const path: string[] = [];
  const onPath = new Set<string>();
  const stack: { id: string; leave: boolean }[] = [{ id: start, leave: false }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.leave) {
      path.pop();
      onPath.delete(top.id);
      done.add(top.id);
      continue;
    }
    if (onPath.has(top.id)) return path.slice(path.indexOf(top.id));
    if (done.has(top.id)) continue;
    path.push(top.id);
    onPath.add(top.id);
    stack.push({ id: top.id, leave: true });
    for (const id of byId.get(top.id)?.dependsOn ?? []) if (byId.has(id)) stack.push({ id, leave: false });
  }
  return null;
}

function withPhases(routed: readonly Routed[]): Phased[] {
  const explicit = routed.some(({ story }) => story.phase !== null);
  if (explicit) return namedPhases(routed);
  const declared = routed.some(({ story }) => story.dependsOn.length > 0);
  return declared ? routed.map((story) => ({ ...story, phase: 1 })) : impliedPhases(routed);
}

/** Integers by value, names by first appearance; stories without a phase come after those that have one. */
function namedPhases(routed: readonly Routed[]): Phased[] {
  const names = [...new Set(routed.map(({ story }) => story.phase))];
  const rank = new Map(names.sort(byPhaseName(names)).map((name, index) => [name, index + 1]));
  return routed.map((one) => ({ ...one, phase: rank.get(one.story.phase) ?? 1 }));
}

function byPhaseName(names: readonly Story['phase'][]) {
  const numeric = names.every((name) => name === null || typeof name === 'number');
  const firstSeen = new Map(names.map((name, index) => [name, index]));
  const rank = (name: Story['phase']): number => {
    if (name === null) return Number.POSITIVE_INFINITY;
    return numeric ? Number(name) : (firstSeen.get(name) ?? 0);
  };
  return (a: Story['phase'], b: Story['phase']): number => compare(rank(a), rank(b));
}

/** A phase ends where an architectural story follows a delegated one: it may build on everything before it. */
function impliedPhases(routed: readonly Routed[]): Phased[] {
  let phase = 1;
  let delegated = false;
  return [...routed].sort(byPriority).map((one) => {
    if (one.role === 'orchestrator' && delegated) {
      phase += 1;
      delegated = false;
    }
    delegated ||= one.role === 'delegate';
    return { ...one, phase };
  });
}

/** Kahn's algorithm over an already sorted list: the first story whose dependencies are out goes next. */
function afterDependencies(wanted: readonly Phased[]): Phased[] {
  const rank = new Map(wanted.map((one, index) => [one.story.id, index]));
  const needs = wanted.map(({ story }) => new Set(story.dependsOn.filter((id) => id !== story.id && rank.has(id))));
  const neededBy = new Map<string, number[]>();
  needs.forEach((ids, index) => {
    for (const id of ids) neededBy.set(id, [...(neededBy.get(id) ?? []), index]);
  });
  const free = new MinHeap(needs.flatMap((ids, index) => (ids.size === 0 ? [index] : [])));
  const ordered: Phased[] = [];
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    const one = wanted[next] as Phased;
    ordered.push(one);
    for (const index of neededBy.get(one.story.id) ?? []) {
      needs[index]?.delete(one.story.id);
      if (needs[index]?.size === 0) free.push(index);
    }
  }
  return ordered;
}

function byWish(a: Phased, b: Phased): number {
  return compare(a.phase, b.phase) || compare(rankOf(a), rankOf(b)) || byPriority(a, b);
}

function rankOf({ role }: Routed): number {
  return role === 'orchestrator' ? 0 : 1;
}

function byPriority(a: Routed, b: Routed): number {
  const priority = (one: Routed): number => one.story.priority ?? Number.POSITIVE_INFINITY;
  return compare(priority(a), priority(b)) || a.story.index - b.story.index;
}

/** Infinity minus infinity is not a number, so compare instead of subtracting. */
function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
