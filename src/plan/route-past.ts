import type { Role } from './plan.ts';
import type { Work } from './route-work.ts';

/** How one story went, as the journals tell it. */
export interface PastStory {
  readonly story: string;
  readonly title: string;
  /** Who had it first. */
  readonly role: Role;
  readonly passed: boolean;
  /** Attempts until its end. */
  readonly attempts: number;
}

/** How delegates did at one kind of work. */
export interface TrackRecord {
  readonly work: Work;
  readonly tried: number;
  readonly firstTime: number;
}

/** Counts how many delegated stories of each kind passed at the first attempt. Kinds nobody tried are left out. */
export function trackRecords(
  past: readonly PastStory[],
  workOf: (story: PastStory) => Work | null,
): readonly TrackRecord[] {
  const works: readonly Work[] = ['judgment', 'making', 'repetition'];
  return works.flatMap((work) => {
    const like = past.filter((story) => story.role === 'delegate' && workOf(story) === work);
    const firstTime = like.filter(({ passed, attempts }) => passed && attempts === 1).length;
    return like.length === 0 ? [] : [{ work, tried: like.length, firstTime }];
  });
}
