import type { PlannedStory } from '../plan/plan.ts';
import { scopesOverlap } from '../plan/waves.ts';
import type { StoryOutcome } from './deps.ts';

export interface Schedule {
  readonly stories: readonly PlannedStory[];
  readonly parallel: number;
  readonly runStory: (planned: PlannedStory) => Promise<StoryOutcome>;
  /** Told after each start which stories come next, while there is time to prepare them. */
  readonly upcoming: (stories: readonly PlannedStory[]) => void;
  /** Nothing new is started once this says true; what runs is waited for. */
  readonly stopped: (settled: readonly StoryOutcome[]) => boolean;
}

/** What the scheduler knows at one moment. Every open story can still start: those that cannot are dropped. */
interface Moment {
  readonly open: Map<string, PlannedStory>;
  readonly running: Map<string, Running>;
  readonly passes: Set<string>;
}

interface Running {
  readonly planned: PlannedStory;
  readonly outcome: Promise<StoryOutcome>;
}

/**
 * Runs the ready stories of a plan, at most `parallel` at once, each when what it builds on has passed. One story that
 * fails never stalls the others. Resolves with the outcomes in the order in which they settled.
 */
export async function runSchedule(schedule: Schedule): Promise<readonly StoryOutcome[]> {
  const moment = firstMoment(schedule.stories);
  const settled: StoryOutcome[] = [];
  for (;;) {
    while (startNext(moment, schedule, settled));
    if (moment.running.size === 0) return settled;
    if (!schedule.stopped(settled)) schedule.upcoming(upcoming(moment));
    const outcome = await Promise.race([...moment.running.values()].map((one) => one.outcome));
    moment.running.delete(outcome.story);
    settled.push(outcome);
    if (outcome.outcome === 'passes') moment.passes.add(outcome.story);
    else dropHopeless(moment);
  }
}

function firstMoment(stories: readonly PlannedStory[]): Moment {
  const of = (kind: PlannedStory['state']['kind']) => stories.filter(({ state }) => state.kind === kind);
  return {
    open: new Map(of('ready').map((planned) => [planned.story.id, planned])),
    running: new Map(),
    passes: new Set(of('passes').map(({ story }) => story.id)),
  };
}

function startNext(moment: Moment, schedule: Schedule, settled: readonly StoryOutcome[]): boolean {
  if (moment.running.size >= schedule.parallel || schedule.stopped(settled)) return false;
  const next = firstStartable(moment);
  if (next === undefined) return false;
  moment.open.delete(next.story.id);
  moment.running.set(next.story.id, { planned: next, outcome: schedule.runStory(next) });
  return true;
}

/** Phase by phase, the orchestrator's stories first; one that waits for a dependency holds up nobody it does not build on. */
function firstStartable({ open, running, passes }: Moment): PlannedStory | undefined {
  const startable = [...open.values()].filter(({ story }) => story.dependsOn.every((id) => passes.has(id)));
  const beside = [...running.values()].map(({ planned }) => planned);
  const phase = Math.min(...[...startable, ...beside].map((one) => one.phase));
  const now = startable.filter((one) => one.phase === phase);
  const first = now.some(isArchitectural) ? now.filter(isArchitectural) : now;
  return first.find((one) => fitsBeside(one, beside));
}

/** As far as it pays to look ahead: what lands meanwhile may change what a story has to say. */
const lookAhead = 2;

/** Delegated stories that could start now, had somebody the time: nothing they build on or share is being changed. */
function upcoming({ open, running, passes }: Moment): readonly PlannedStory[] {
  const beside = [...running.values()].map(({ planned }) => planned);
  const phase = Math.min(...[...open.values(), ...beside].map((one) => one.phase));
  const now = [...open.values(), ...beside].filter((one) => one.phase === phase);
  if (now.some(isArchitectural)) return [];
  const next = [...open.values()].filter((one) => one.phase === phase && fitsBeside(one, beside));
  return next.filter(({ story }) => story.dependsOn.every((id) => passes.has(id))).slice(0, lookAhead);
}

/** The orchestrator's stories run alone, since the others build on them; delegates never share a file. */
function fitsBeside(one: PlannedStory, running: readonly PlannedStory[]): boolean {
  if (isArchitectural(one)) return running.length === 0;
  return running.every((other) => !isArchitectural(other) && !scopesOverlap(other.story.files, one.story.files));
}

function isArchitectural({ role }: PlannedStory): boolean {
  return role === 'orchestrator';
}

/** Drops what depends on a story that will not pass in this run, and what depends on that. */
function dropHopeless({ open, running, passes }: Moment): void {
  const alive = (id: string): boolean => passes.has(id) || open.has(id) || running.has(id);
  for (let dropped = true; dropped; ) {
    dropped = false;
    for (const [id, { story }] of open) {
      if (story.dependsOn.every(alive)) continue;
      open.delete(id);
      dropped = true;
    }
  }
}
