import type { EventData, JournalRecord } from '../run/events.ts';

/** What a viewer knows of a run so far: a fold over its records, the same live and replayed. */
export interface Progress {
  readonly stories: readonly EventData<'run.started'>['stories'][number][];
  /** Stories being worked on, in the order they started. */
  readonly active: ReadonlyMap<string, ActiveStory>;
  /** What the run does for no story in particular, e.g. setup. */
  readonly doing: Doing | null;
  readonly passes: number;
  readonly costUsd: number;
  /** Requests whose price nobody knows. */
  readonly unpriced: number;
  readonly over: boolean;
}

export interface ActiveStory {
  readonly story: string;
  /** `attempt 2 · delegate (sonnet)`, or null before the first attempt. */
  readonly attempt: string | null;
  readonly doing: Doing;
  readonly costUsd: number;
  readonly unpriced: number;
}

export interface Doing {
  readonly what: string;
  /** Milliseconds since the run started. */
  readonly since: number;
}

export const noProgress: Progress = {
  stories: [],
  active: new Map(),
  doing: { what: 'starting', since: 0 },
  passes: 0,
  costUsd: 0,
  unpriced: 0,
  over: false,
};

/** Progress once a record happened. */
export function progressAfter(progress: Progress, record: JournalRecord): Progress {
  const { mono } = record;
  switch (record.type) {
    case 'run.started':
      return { ...progress, stories: record.data.stories, doing: null };
    case 'setup.started':
      return { ...progress, doing: { what: `setup \`${record.data.command}\``, since: mono } };
    case 'setup.finished':
      return { ...progress, doing: null };
    case 'story.started':
      return begin(progress, record.data.story, mono);
    case 'attempt.started':
      return attempt(progress, record.data, mono);
    case 'check.started':
      return change(progress, record.data.story, () => ({ doing: { what: checking(record.data), since: mono } }));
    case 'wait':
      return wait(progress, record.data, mono);
    case 'check.finished':
    case 'agent.turn':
      return record.data.story === null ? progress : goOn(progress, record.data.story, mono);
    case 'request.sent':
      return asked(progress, record.data, mono);
    case 'landing.intent':
      return change(progress, record.data.story, () => ({ doing: { what: 'landing', since: mono } }));
    case 'request.settled':
    case 'agent.reported':
      return pay(progress, record.data);
    case 'story.finished':
      return end(progress, record.data);
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

function begin(progress: Progress, story: string, mono: number): Progress {
  const doing = { what: 'baseline', since: mono };
  const active = new Map(progress.active).set(story, { story, attempt: null, doing, costUsd: 0, unpriced: 0 });
  return { ...progress, active };
}

function attempt(progress: Progress, data: EventData<'attempt.started'>, mono: number): Progress {
  const words = `attempt ${data.attempt} · ${data.role} (${data.model})`;
  return change(progress, data.story, () => ({ attempt: words, doing: { what: words, since: mono } }));
}

function checking(data: EventData<'check.started'>): string {
  return `${data.where === 'baseline' ? 'baseline' : 'verify'} \`${data.run}\``;
}

function wait(progress: Progress, data: EventData<'wait'>, mono: number): Progress {
  const doing = { what: `waits for ${data.for}`, since: mono };
  return data.story === null ? { ...progress, doing } : change(progress, data.story, () => ({ doing }));
}

/** Back to the attempt after a check or a wait; the clock of an attempt that was never left keeps running. */
function goOn(progress: Progress, story: string, mono: number): Progress {
  return change(progress, story, ({ attempt, doing }) => {
    const what = attempt ?? 'baseline';
    return doing.what === what ? {} : { doing: { what, since: mono } };
  });
}

function asked(progress: Progress, { story, step, model }: EventData<'request.sent'>, mono: number): Progress {
  if (story === null) return progress;
  if (step === 'implement') return goOn(progress, story, mono);
  return change(progress, story, () => ({ doing: { what: `${step} (${model})`, since: mono } }));
}

function pay(progress: Progress, data: { story: string | null; costUsd: number | null }): Progress {
  const usd = data.costUsd ?? 0;
  const calls = data.costUsd === null ? 1 : 0;
  const paid = { ...progress, costUsd: progress.costUsd + usd, unpriced: progress.unpriced + calls };
  if (data.story === null) return paid;
  return change(paid, data.story, ({ costUsd, unpriced }) => ({ costUsd: costUsd + usd, unpriced: unpriced + calls }));
}

function end(progress: Progress, data: EventData<'story.finished'>): Progress {
  const active = new Map(progress.active);
  active.delete(data.story);
  return { ...progress, active, passes: progress.passes + (data.outcome === 'passes' ? 1 : 0) };
}

function change(progress: Progress, story: string, by: (now: ActiveStory) => Partial<ActiveStory>): Progress {
  const now = progress.active.get(story);
  if (now === undefined) return progress;
  return { ...progress, active: new Map(progress.active).set(story, { ...now, ...by(now) }) };
}
