import type { EventData, JournalRecord } from '../run/events.ts';

/** What a viewer knows of a run so far: a fold over its records, the same live and replayed. */
export interface Progress {
  readonly stories: readonly EventData<'run.started'>['stories'][number][];
  /** Stories being worked on, in the order they started. */
  readonly active: ReadonlyMap<string, ActiveStory>;
  /** What the run does for no story in particular, e.g. setup. */
  readonly doing: Doing | null;
  /** How stories ended, the last word of each. */
  readonly ended: ReadonlyMap<string, Outcome>;
  /** Null before the run has started. */
  readonly limits: EventData<'run.started'>['limits'] | null;
  readonly costUsd: number;
  /** Requests whose price nobody knows. */
  readonly unpriced: number;
  readonly over: boolean;
}

export type Outcome = EventData<'story.finished'>['outcome'];

export interface ActiveStory {
  readonly story: string;
  /** Milliseconds since the run started. */
  readonly since: number;
  /** What it comes back to after a check, a wait or a question: the attempt, before it the baseline, after it the proof. */
  readonly main: Work;
  readonly doing: Doing;
  /** Of the attempt. */
  readonly turns: number;
  readonly costUsd: number;
  readonly unpriced: number;
}

/** Who does what. */
export interface Work {
  /** In full: `attempt 2 · delegate (sonnet)`. */
  readonly what: string;
  /** Where role and model have columns of their own: `implement`. */
  readonly step: string;
  readonly role: string;
  readonly model: string;
}

export interface Doing extends Work {
  /** Milliseconds since the run started. */
  readonly since: number;
}

const nobody = { role: '', model: '' };

export const noProgress: Progress = {
  stories: [],
  active: new Map(),
  doing: { what: 'starting', step: 'starting', ...nobody, since: 0 },
  ended: new Map(),
  limits: null,
  costUsd: 0,
  unpriced: 0,
  over: false,
};

/** Progress once a record happened. */
export function progressAfter(progress: Progress, record: JournalRecord): Progress {
  const { mono } = record;
  switch (record.type) {
    case 'run.started':
      return { ...progress, stories: record.data.stories, limits: record.data.limits, doing: null };
    case 'setup.started':
      return { ...progress, doing: byNobody(`setup \`${record.data.command}\``, mono) };
    case 'setup.finished':
      return { ...progress, doing: null };
    case 'story.started':
      return begin(progress, record.data, mono);
    case 'attempt.started':
      return attempt(progress, record.data, mono);
    case 'attempt.finished':
      return moveOn(progress, record.data.story, 'verify', mono);
    case 'verdict':
      return record.data.verdict === 'passed' ? moveOn(progress, record.data.story, 'landing', mono) : progress;
    case 'check.started':
      return turnTo(progress, record.data.story, checking(record.data), mono);
    case 'wait':
      return wait(progress, record.data, mono);
    case 'check.finished':
      return goOn(progress, record.data.story, mono);
    case 'agent.turn':
      return goOn(changeTurns(progress, record.data), record.data.story, mono);
    case 'request.sent':
      return asked(progress, record.data, mono);
    case 'landing.intent':
      return turnTo(progress, record.data.story, 'landing', mono);
    case 'request.settled':
    case 'agent.reported':
      return pay(progress, record.data);
    case 'story.finished':
      return end(progress, record.data);
    case 'pass.revoked':
      return revoke(progress, record.data.story);
    case 'run.finished':
      return { ...progress, active: new Map(), doing: null, over: true };
    default:
      return progress;
  }
}

/** How many of the planned stories this run is about. */
export function selectedCount(progress: Progress): number {
  return progress.stories.filter(({ wave }) => wave > 0).length;
}

/** Stories of this run with one of the outcomes. */
export function endedCount({ ended }: Progress, outcomes: readonly Outcome[]): number {
  return [...ended.values()].filter((outcome) => outcomes.includes(outcome)).length;
}

function begin(progress: Progress, { story, role, model }: EventData<'story.started'>, mono: number): Progress {
  const main = { what: 'baseline', step: 'baseline', role, model };
  const started = { story, since: mono, main, doing: { ...main, since: mono }, turns: 0, costUsd: 0, unpriced: 0 };
  return { ...progress, active: new Map(progress.active).set(story, started) };
}

function attempt(progress: Progress, data: EventData<'attempt.started'>, mono: number): Progress {
  const { attempt, role, model } = data;
  const step = attempt === 1 ? 'implement' : `attempt ${attempt}`;
  const main = { what: `attempt ${attempt} · ${role} (${model})`, step, role, model };
  return change(progress, data.story, () => ({ main, doing: { ...main, since: mono }, turns: 0 }));
}

/** The implementer is done: what follows is not its work, and waits for its turn. */
function moveOn(progress: Progress, story: string, step: string, mono: number): Progress {
  return change(progress, story, ({ main }) => {
    const next = { ...main, what: step, step };
    return { main: next, doing: { ...next, since: mono } };
  });
}

function checking(data: EventData<'check.started'>): string {
  return `${data.where === 'baseline' ? 'baseline' : 'verify'} \`${data.run}\``;
}

function wait(progress: Progress, data: EventData<'wait'>, mono: number): Progress {
  const what = `waits for ${data.for}`;
  if (data.story === null) return { ...progress, doing: byNobody(what, mono) };
  return turnTo(progress, data.story, what, mono);
}

function byNobody(what: string, mono: number): Doing {
  return { what, step: what, ...nobody, since: mono };
}

/** Something that happens to the story between what its implementer does. */
function turnTo(progress: Progress, story: string, what: string, mono: number): Progress {
  return change(progress, story, ({ main }) => ({ doing: { ...main, what, step: what, since: mono } }));
}

/** Back to the attempt after a check or a wait; the clock of an attempt that was never left keeps running. */
function goOn(progress: Progress, story: string, mono: number): Progress {
  return change(progress, story, ({ main, doing }) =>
    doing.what === main.what ? {} : { doing: { ...main, since: mono } },
  );
}

function changeTurns(progress: Progress, { story, turn }: EventData<'agent.turn'>): Progress {
  return change(progress, story, () => ({ turns: turn }));
}

function asked(progress: Progress, { story, step, role, model }: EventData<'request.sent'>, mono: number): Progress {
  if (story === null) return progress;
  if (step === 'implement') return goOn(progress, story, mono);
  return change(progress, story, () => ({ doing: { what: `${step} (${model})`, step, role, model, since: mono } }));
}

function pay(progress: Progress, data: { story: string | null; costUsd: number | null }): Progress {
  const usd = data.costUsd ?? 0;
  const calls = data.costUsd === null ? 1 : 0;
  const paid = { ...progress, costUsd: progress.costUsd + usd, unpriced: progress.unpriced + calls };
  if (data.story === null) return paid;
  return change(paid, data.story, ({ costUsd, unpriced }) => ({ costUsd: costUsd + usd, unpriced: unpriced + calls }));
}

function end(progress: Progress, { story, outcome }: EventData<'story.finished'>): Progress {
  const active = new Map(progress.active);
  active.delete(story);
  return { ...progress, active, ended: new Map(progress.ended).set(story, outcome) };
}

/** Another story's landing turned a check red: what this run had counted does not count any more. */
function revoke(progress: Progress, story: string): Progress {
  if (!progress.ended.has(story)) return progress;
  return { ...progress, ended: new Map(progress.ended).set(story, 'blocked') };
}

function change(progress: Progress, story: string, by: (now: ActiveStory) => Partial<ActiveStory>): Progress {
  const now = progress.active.get(story);
  if (now === undefined) return progress;
  return { ...progress, active: new Map(progress.active).set(story, { ...now, ...by(now) }) };
}
