import type { Role } from '../plan/plan.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { EventData, JournalRecord } from './events.ts';

/** What the journals know of one attempt. `end: null` means that it never got to say: `prd` was killed. */
export interface PastAttempt {
  readonly attempt: number;
  readonly role: Role;
  readonly model: string;
  readonly base: Oid;
  readonly workspace: string;
  readonly end: string | null;
  readonly detail: string;
  readonly snapshot: Oid | null;
  /** What the checks said of it, once they were asked. */
  readonly verdict: EventData<'verdict'>['verdict'] | null;
  readonly reason: string;
  /** What a reader said of it, and what the orchestrator said of its failure; null: nobody was asked. */
  readonly review: EventData<'review.finished'> | null;
  readonly diagnosis: EventData<'diagnosis.finished'> | null;
  /** What it met when it could not land through no fault of its own; null: nothing of the kind. */
  readonly overtaken: EventData<'attempt.overtaken'> | null;
}

export interface StoryHistory {
  /** Text that the attempts were made for. */
  readonly digest: string | null;
  /** Attempts of the present ladder, oldest first. */
  readonly attempts: readonly PastAttempt[];
  /** Highest attempt number ever used, so that numbers and refs are never reused. */
  readonly lastAttempt: number;
  readonly finished: EventData<'story.finished'> | null;
}

/** What a killed run left half-way: to be looked up in the world, never assumed. */
export interface LooseEnds {
  readonly landings: readonly EventData<'landing.intent'>[];
  readonly follows: readonly EventData<'follow.intent'>[];
  /** Landings whose story was never said to be finished: a PRD that git ignores may not be flipped yet. */
  readonly flips: readonly EventData<'landing.done'>[];
  /** What was learned and does not stand in the coaching file yet. */
  readonly lessons: readonly EventData<'lesson.learned'>[];
  /** Attempts that never ended: their processes may live, their folders may hold work. */
  readonly attempts: readonly EventData<'attempt.started'>[];
}

export interface PastRuns {
  readonly stories: ReadonlyMap<string, StoryHistory>;
  readonly loose: LooseEnds;
  /** Where stories landed last because the checkout could not follow: the user may not have merged it yet. */
  readonly aside: Aside | null;
}

export interface Aside {
  readonly branch: string;
  /** The branch they were meant for. */
  readonly target: string;
}

const noHistory: StoryHistory = { digest: null, attempts: [], lastAttempt: 0, finished: null };

/** Folds the records of all kept journals, oldest first, into what the next run must know. */
export function foldRuns(records: Iterable<JournalRecord>): PastRuns {
  const stories = new Map<string, StoryHistory>();
  const loose = looseEnds();
  let target: string | null = null;
  let aside: Aside | null = null;
  for (const record of records) {
    loose.note(record);
    if (record.type === 'run.started') target = record.data.branch;
    if (record.type === 'landing.done' && target !== null) aside = asideOf(record.data.branch, target);
    if (!('story' in record.data) || record.data.story === null) continue;
    const { story } = record.data;
    stories.set(story, foldStory(stories.get(story) ?? noHistory, record));
  }
  return { stories, loose: loose.found(), aside };
}

function asideOf(branch: string, target: string): Aside | null {
  return branch === target ? null : { branch, target };
}

/** The history a story starts with: what was tried for another text does not count. */
export function historyFor(past: PastRuns, story: string, digest: string): StoryHistory {
  const history = past.stories.get(story) ?? noHistory;
  if (history.digest === digest && !isOver(history)) return history;
  return { ...noHistory, lastAttempt: history.lastAttempt };
}

function foldStory(history: StoryHistory, record: JournalRecord): StoryHistory {
  switch (record.type) {
    case 'story.started':
      return startStory(history, record.data.digest);
    case 'attempt.started':
      return startAttempt(history, record.data);
    case 'snapshot.stored':
      return changeAttempt(history, record.data.attempt, { snapshot: record.data.commit });
    case 'attempt.finished':
      return changeAttempt(history, record.data.attempt, {
        end: record.data.end,
        detail: record.data.detail,
        snapshot: record.data.snapshot,
      });
    case 'verdict':
      return changeAttempt(history, record.data.attempt, {
        verdict: record.data.verdict,
        reason: record.data.reason,
      });
    case 'review.finished':
      return changeAttempt(history, record.data.attempt, { review: record.data });
    case 'attempt.overtaken':
      return changeAttempt(history, record.data.attempt, { overtaken: record.data });
    case 'diagnosis.finished':
      return changeAttempt(history, record.data.attempt, { diagnosis: record.data });
    case 'story.finished':
      return { ...history, finished: record.data };
    default:
      return history;
  }
}

/** Its ladder came to an end: what it tried before says nothing about the next time. */
function isOver({ finished }: StoryHistory): boolean {
  return finished?.outcome === 'blocked' || finished?.outcome === 'passes';
}

/** A story that was over and starts again, or one whose text changed, climbs the ladder from the bottom. */
function startStory(history: StoryHistory, digest: string): StoryHistory {
  const again = history.digest !== digest || isOver(history);
  return { ...history, digest, attempts: again ? [] : history.attempts, finished: null };
}

function startAttempt(history: StoryHistory, data: EventData<'attempt.started'>): StoryHistory {
  const { attempt, role, model, base, workspace } = data;
  const begun: PastAttempt = {
    attempt,
    role,
    model,
    base,
    workspace,
    end: null,
    detail: '',
    snapshot: null,
    verdict: null,
    reason: '',
    review: null,
    diagnosis: null,
    overtaken: null,
  };
  return {
    ...history,
    attempts: [...history.attempts, begun],
    lastAttempt: Math.max(history.lastAttempt, attempt),
  };
}

function changeAttempt(history: StoryHistory, attempt: number, change: Partial<PastAttempt>): StoryHistory {
  const attempts = history.attempts.map((past) => (past.attempt === attempt ? { ...past, ...change } : past));
  return { ...history, attempts };
}

function looseEnds() {
  const landings = new Map<string, EventData<'landing.intent'>>();
  const follows = new Map<string, EventData<'follow.intent'>>();
  const flips = new Map<string, EventData<'landing.done'>>();
  const attempts = new Map<string, EventData<'attempt.started'>>();
  let lessons: EventData<'lesson.learned'>[] = [];
  const key = ({ story, attempt }: { story: string; attempt: number }): string => JSON.stringify([story, attempt]);
  const note = (record: JournalRecord): void => {
    if (record.type === 'landing.intent') landings.set(record.data.commit, record.data);
    if (record.type === 'landing.done') {
      landings.delete(record.data.commit);
      flips.set(record.data.story, record.data);
      // The branch has moved: until the journal says so, the checkout may not have followed.
      const { branch, from, commit } = record.data;
      follows.set(commit, { branch, from, to: commit });
    }
    if (record.type === 'story.finished') flips.delete(record.data.story);
    if (record.type === 'adopted' && record.data.what === 'flip') flips.delete(record.data.story ?? '');
    if (record.type === 'landing.lost') forgetLost(landings, record.data);
    if (record.type === 'follow.intent') follows.set(record.data.to, record.data);
    if (record.type === 'follow.done') follows.delete(record.data.to);
    if (record.type === 'lesson.learned') lessons.push(record.data);
    if (record.type === 'coaching.committed') lessons = [];
    if (record.type === 'attempt.started') attempts.set(key(record.data), record.data);
    if (record.type === 'attempt.finished') attempts.delete(key(record.data));
  };
  const found = (): LooseEnds => ({
    landings: [...landings.values()],
    follows: [...follows.values()],
    flips: [...flips.values()],
    lessons,
    attempts: [...attempts.values()],
  });
  return { note, found };
}

function forgetLost(landings: Map<string, EventData<'landing.intent'>>, lost: EventData<'landing.lost'>): void {
  for (const [commit, intent] of landings) {
    if (intent.story === lost.story && intent.attempt === lost.attempt && intent.from === lost.from) {
      landings.delete(commit);
    }
  }
}
