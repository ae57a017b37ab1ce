import { crashPoint } from '../host/crash-point.ts';
import { coachingPath, formatCoaching, learn, parseCoaching } from '../spec/coaching.ts';
import { commitFile } from './commit-file.ts';
import type { RunDeps } from './deps.ts';
import type { EventData } from './events.ts';
import type { Target } from './target.ts';

export type Lesson = EventData<'lesson.learned'>;

/** What reviews and diagnoses taught, until it stands in the coaching file. The journal keeps it meanwhile. */
export interface Lessons {
  learned(story: string, text: string): Promise<void>;
  /** Learned since the last `settle`, oldest first. */
  pending(): readonly Lesson[];
  /**
   * Puts what is pending into the coaching file, as one commit of that file alone. A person's own edit that is in the way
   * wins: the lessons then wait for the next time.
   */
  settle(): Promise<void>;
}

/** Somebody else may move the branch meanwhile; after this often the lessons wait. */
const tries = 3;

export function openLessons(
  waiting: readonly Lesson[],
  deps: RunDeps,
  target: Target,
  inTurn: <T>(act: () => Promise<T>) => Promise<T>,
): Lessons {
  let pending = [...waiting];
  return {
    learned: async (story, text) => {
      const lesson = { story, text, scope: '**', on: deps.now().toISOString().slice(0, 10) };
      await deps.emit({ type: 'lesson.learned', data: lesson });
      pending.push(lesson);
    },
    pending: () => pending,
    settle: () =>
      inTurn(async () => {
        if (pending.length === 0) return;
        crashPoint('coach.before-commit');
        const settled = await commitLessons(pending, deps, target);
        crashPoint('coach.after-commit');
        if (settled === 'waiting') return;
        await deps.emit({ type: 'coaching.committed', data: { lessons: pending.length, commit: settled } });
        pending = [];
      }),
  };
}

async function commitLessons(
  lessons: readonly Lesson[],
  deps: RunDeps,
  target: Target,
): Promise<string | null | 'waiting'> {
  for (let left = tries; left > 0; left -= 1) {
    const before = (await deps.vault.read(await target.head(), coachingPath)) ?? '';
    const told = lessons.map(({ story, text, scope, on }) => ({ story, text, scope, lastHit: on }));
    const text = formatCoaching(learn(parseCoaching(before), told));
    if (text === before) return null;
    const message = `Learn from reviews\n\n${lessons.map((lesson) => `- ${lesson.text} (${lesson.story})`).join('\n')}\n`;
    const made = await commitFile({ path: coachingPath, text, message }, deps, target, null);
    if (made.kind === 'committed') return made.commit;
    if (made.kind === 'in-the-way') return 'waiting';
  }
  return 'waiting';
}
