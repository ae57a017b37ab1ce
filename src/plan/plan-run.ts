import type { PrdDocument } from '../prd/parse.ts';
import type { Prd, Story } from '../prd/prd.ts';
import { storyChecks, unresolvedChecks } from '../prd/story-checks.ts';
import type { Problem } from '../problem.ts';
import { findCycle, orderStories, type Phased } from './order.ts';
import type { Plan, PlannedState, PlannedStory, Roster, Routed } from './plan.ts';
import { routeStory, type Upgrade } from './route.ts';
import { waves } from './waves.ts';

export interface PlanOptions {
  /** Ids named on the command line; null means every open story. */
  readonly selected: readonly string[] | null;
  /** Reason of each story that an earlier run blocked and that has not changed since. */
  readonly blocked: ReadonlyMap<string, string>;
  readonly upgrade: Upgrade | null;
  /** The closest known name, for hints. */
  readonly nearest: (name: string, known: readonly string[]) => string | null;
}

export interface Planned {
  readonly plan: Plan;
  /** Anything here stops `run` before it spends money. */
  readonly problems: readonly Problem[];
}

/** Routes, orders and judges every story of the document. `prd` carries `passes` from the target branch. */
export function planRun(document: PrdDocument, prd: Prd, roster: Roster, options: PlanOptions): Planned {
  const problems = [...idProblems(document, prd, options), ...selectionProblems(prd, options)];
  const routed: Routed[] = [];
  for (const story of prd.stories) {
    const route = routeStory(story, roster, options.upgrade);
    if (route !== null) routed.push(route);
    else if (mayRun(story, options)) problems.push(unknownModel(document, story, roster, options));
    else routed.push(unrouted(story, roster));
  }
  const cycle = findCycle(prd.stories.filter((story) => !story.passes));
  if (cycle !== null) problems.push(cycleProblem(document, prd, cycle));
  return { plan: { stories: toPlan(routed, options) }, problems };
}

function toPlan(routed: readonly Routed[], options: PlanOptions): readonly PlannedStory[] {
  const ordered = orderStories(routed);
  const states = judgeStates(ordered, options);
  const running = ordered.filter(({ story }) => states.get(story.id)?.kind === 'ready');
  const wave = waves(running);
  const idle = ordered.filter(({ story }) => !wave.has(story.id)).sort((a, b) => a.story.index - b.story.index);
  return [...running, ...idle].map((one) => ({
    ...one,
    wave: wave.get(one.story.id) ?? 0,
    state: states.get(one.story.id) ?? { kind: 'ready' },
  }));
}

/** In running order, so that a story knows whether what it depends on will pass in this run. */
function judgeStates(ordered: readonly Phased[], options: PlanOptions): ReadonlyMap<string, PlannedState> {
  const states = new Map<string, PlannedState>();
  for (const { story } of ordered) states.set(story.id, judge(story, states, options));
  return states;
}

function judge(story: Story, states: ReadonlyMap<string, PlannedState>, options: PlanOptions): PlannedState {
  if (story.passes) return { kind: 'passes' };
  const named = options.selected?.includes(story.id) ?? false;
  if (options.selected !== null && !named) return { kind: 'not-selected' };
  if (story.onHold !== null && !named) return { kind: 'on-hold', word: story.onHold };
  const blocked = options.blocked.get(story.id);
  if (blocked !== undefined && !named) return { kind: 'blocked', reason: blocked };
  if (storyChecks(story).length === 0) return { kind: 'unprovable', unresolved: unresolvedChecks(story) };
  const waitsFor = story.dependsOn.filter((id) => !willPass(states.get(id)));
  return waitsFor.length > 0 ? { kind: 'waits', for: waitsFor } : { kind: 'ready' };
}

function willPass(state: PlannedState | undefined): boolean {
  return state?.kind === 'passes' || state?.kind === 'ready';
}

function mayRun(story: Story, { selected }: PlanOptions): boolean {
  if (story.passes) return false;
  return selected === null ? story.onHold === null : selected.includes(story.id);
}

/** A story that does not run needs no model that exists; it is listed under the name it gave. */
function unrouted(story: Story, roster: Roster): Routed {
  const value = story.implementModel ?? roster.roles.delegate;
  return { story, role: 'delegate', model: value, modelId: value, reason: { kind: 'explicit', value } };
}

function idProblems(document: PrdDocument, prd: Prd, options: PlanOptions): Problem[] {
  const problems: Problem[] = [];
  const first = new Map<string, Story>();
  for (const story of prd.stories) {
    const at = document.locate([...story.path, 'id']);
    const twin = first.get(story.id);
    if (!story.hasId && !story.passes) {
      problems.push({ code: 'missing-story-id', at: document.locate(story.path), title: story.title });
    } else if (twin !== undefined) {
      const there = document.locate([...twin.path, 'id']);
      problems.push({ code: 'duplicate-story-id', at, story: story.id, first: there });
    }
    if (twin === undefined) first.set(story.id, story);
  }
  return [...problems, ...prd.stories.flatMap((story) => dependencyProblems(document, story, first, options))];
}

function dependencyProblems(
  document: PrdDocument,
  story: Story,
  known: ReadonlyMap<string, Story>,
  options: PlanOptions,
): Problem[] {
  if (story.passes) return [];
  const missing = story.dependsOn.filter((id) => !known.has(id));
  return missing.map((id) => ({
    code: 'unknown-dependency',
    at: document.locate([...story.path, 'dependsOn']),
    story: story.id,
    missing: id,
    near: options.nearest(id, [...known.keys()]),
  }));
}

function selectionProblems(prd: Prd, { selected, nearest }: PlanOptions): Problem[] {
  const ids = prd.stories.map((story) => story.id);
  const known = new Set(ids);
  const unknown = (selected ?? []).filter((id) => !known.has(id));
  return unknown.map((story) => ({ code: 'unknown-story', story, near: nearest(story, ids), known: ids.length }));
}

function unknownModel(document: PrdDocument, story: Story, roster: Roster, { nearest }: PlanOptions): Problem {
  const model = story.implementModel ?? '';
  const known = ['orchestrator', 'delegate', ...roster.names];
  const at = document.locate([...story.path, 'implementModel']);
  return { code: 'unknown-model', at, story: story.id, model, near: nearest(model, known), known };
}

function cycleProblem(document: PrdDocument, prd: Prd, stories: readonly string[]): Problem {
  const first = prd.stories.find((story) => story.id === stories[0]);
  return { code: 'dependency-cycle', at: document.locate([...(first?.path ?? []), 'dependsOn']), stories };
}
