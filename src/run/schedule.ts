import type { PlannedStory } from '../plan/plan.ts';
import { collides, fitsBeside, isArchitectural, lowestPhase } from './beside.ts';
import type { StoryOutcome } from './deps.ts';
import { type Promised, promised } from './promised.ts';
import type { Manner, Turn } from './turn.ts';

export interface Schedule {
  readonly stories: readonly PlannedStory[];
  readonly parallel: number;
  readonly runStory: (planned: PlannedStory, turn: Turn) => Promise<StoryOutcome>;
  /** Told after each start which stories come next, while there is time to prepare them. */
  readonly upcoming: (stories: readonly PlannedStory[]) => void;
  /** Nothing new is started once this says true; what runs is waited for. */
  readonly stopped: (settled: readonly StoryOutcome[]) => boolean;
}

/** What the scheduler knows at one moment. Every open story can still start: those that cannot are dropped. */
interface Moment {
  readonly open: Map<string, PlannedStory>;
  readonly running: Map<string, PlannedStory>;
  /** Stories that gave their place away, the longest first. */
  readonly waiting: Map<string, Waiting>;
  readonly outcomes: Map<string, Promise<StoryOutcome>>;
  readonly passes: Set<string>;
  readonly touched: Map<string, readonly string[]>;
  /** Rung when a story gives its place away. */
  bell: Promised<null>;
}

interface Waiting {
  readonly planned: PlannedStory;
  readonly manner: Manner;
  readonly goOn: (may: boolean) => void;
}

/**
 * Runs the ready stories of a plan, at most `parallel` at once, each when what it builds on has passed. One story that
 * fails never stalls the others. Resolves with the outcomes in the order in which they settled.
 */
export async function runSchedule(schedule: Schedule): Promise<readonly StoryOutcome[]> {
  const moment = firstMoment(schedule.stories);
  const settled: StoryOutcome[] = [];
  for (;;) {
    if (schedule.stopped(settled)) for (const one of moment.waiting.values()) goOn(moment, one, false);
    else while (startNext(moment, schedule));
    if (moment.running.size === 0) return settled;
    if (!schedule.stopped(settled)) schedule.upcoming(upcoming(moment));
    const outcome = await nextEnd(moment);
    if (outcome === null) continue;
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
    waiting: new Map(),
    outcomes: new Map(),
    passes: new Set(of('passes').map(({ story }) => story.id)),
    touched: new Map(),
    bell: promised(),
  };
}

/** The next story that ended; null when one gave its place away instead. */
async function nextEnd(moment: Moment): Promise<StoryOutcome | null> {
  const outcome = await Promise.race([moment.bell.promise, ...moment.outcomes.values()]);
  if (outcome === null) {
    moment.bell = promised();
    return null;
  }
  moment.outcomes.delete(outcome.story);
  moment.running.delete(outcome.story);
  return outcome;
}

function startNext(moment: Moment, schedule: Schedule): boolean {
  if (moment.running.size >= schedule.parallel) return false;
  const again = [...moment.waiting.values()].find((one) => mayGoOn(one, moment));
  if (again !== undefined) return goOn(moment, again, true);
  const next = firstStartable(moment);
  if (next === undefined) return false;
  const { id } = next.story;
  moment.open.delete(id);
  moment.running.set(id, next);
  moment.outcomes.set(id, schedule.runStory(next, turnOf(next, moment)));
  return true;
}

function goOn(moment: Moment, { planned, goOn: wake }: Waiting, may: boolean): true {
  moment.waiting.delete(planned.story.id);
  moment.running.set(planned.story.id, planned);
  wake(may);
  return true;
}

function turnOf(planned: PlannedStory, moment: Moment): Turn {
  const { id } = planned.story;
  return {
    touches: (paths) => {
      moment.touched.set(id, [...new Set([...(moment.touched.get(id) ?? []), ...paths])].slice(0, mostTouched));
    },
    giveWay: (manner, told) =>
      new Promise((resolve) => {
        const waiting = { planned, manner, goOn: resolve };
        moment.running.delete(id);
        const rivals = rivalsOf(waiting, moment).map(({ story }) => story.id);
        if (rivals.length > 0) told(rivals);
        moment.waiting.set(id, waiting);
        moment.bell.resolve(null);
      }),
  };
}

/** More would be compared with more: a story of so many files is everybody's rival anyway. */
const mostTouched = 500;

function mayGoOn(one: Waiting, moment: Moment): boolean {
  return fitsBeside(one.planned, [...moment.running.values()], moment.touched) && rivalsOf(one, moment).length === 0;
}

/** Running stories that this one waits for; a very careful one lets those go first that could start now. */
function rivalsOf({ planned, manner }: Waiting, moment: Moment): readonly PlannedStory[] {
  const running = [...moment.running.values()];
  const others = manner === 'any' ? [...running, ...startable(moment)] : running;
  return others.filter((other) => other !== planned && collides(planned, other, moment.touched, manner));
}

/** Open stories of the present phase whose dependencies have passed. */
function startable({ open, running, waiting, passes }: Moment): readonly PlannedStory[] {
  const ready = [...open.values()].filter(({ story }) => story.dependsOn.every((id) => passes.has(id)));
  const begun = [...running.values(), ...[...waiting.values()].map(({ planned }) => planned)];
  const phase = lowestPhase([...ready, ...begun]);
  return ready.filter((one) => one.phase === phase);
}

/** Phase by phase, the orchestrator's stories first; one that waits for a dependency holds up nobody it does not build on. */
function firstStartable(moment: Moment): PlannedStory | undefined {
  const now = startable(moment);
  const first = now.some(isArchitectural) ? now.filter(isArchitectural) : now;
  return first.find((one) => fitsBeside(one, [...moment.running.values()], moment.touched));
}

/** As far as it pays to look ahead: what lands meanwhile may change what a story has to say. */
const lookAhead = 2;

/** Delegated stories that could start now, had somebody the time: nothing they build on or share is being changed. */
function upcoming({ open, running, passes, touched }: Moment): readonly PlannedStory[] {
  const beside = [...running.values()];
  const phase = lowestPhase([...open.values(), ...beside]);
  const now = [...open.values(), ...beside].filter((one) => one.phase === phase);
  if (now.some(isArchitectural)) return [];
  const next = [...open.values()].filter((one) => one.phase === phase && fitsBeside(one, beside, touched));
  return next.filter(({ story }) => story.dependsOn.every((id) => passes.has(id))).slice(0, lookAhead);
}

/** Drops what depends on a story that will not pass in this run, and what depends on that. */
function dropHopeless({ open, running, waiting, passes }: Moment): void {
  const alive = (id: string): boolean => passes.has(id) || open.has(id) || running.has(id) || waiting.has(id);
  for (let dropped = true; dropped; ) {
    dropped = false;
    for (const [id, { story }] of open) {
      if (story.dependsOn.every(alive)) continue;
      open.delete(id);
      dropped = true;
    }
  }
}
