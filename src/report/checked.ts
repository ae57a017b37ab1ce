/** What `prd check` lists: its findings in the common shape, its stories with what their passes are worth. */
import type { Strength } from '../verify/verdict.ts';
import type { Listing, StoryName } from './listing.ts';

export interface CheckedStory extends StoryName {
  /** The document's own claim. */
  readonly passes: boolean;
  /** What the pass is worth; null when it is not claimed or does not hold. */
  readonly strength: Strength | null;
}

export type CheckedListing = Listing<CheckedStory>;

export interface CheckTally {
  readonly total: number;
  /** Stories whose pass holds. */
  readonly holds: number;
  /** Stories that say they pass and do not. */
  readonly unheld: number;
  /** Of those that hold, strongest first; what there is none of is left out. */
  readonly strengths: readonly { readonly strength: Strength; readonly stories: number }[];
}

const byWorth: readonly Strength[] = ['proven', 'reviewed', 'accepted'];

/** Counts the stories of a listing. */
export function tallyOf({ files }: CheckedListing): CheckTally {
  const stories = files.flatMap((file) => file.stories);
  const strengths = byWorth.map((strength) => ({
    strength,
    stories: stories.filter((story) => story.strength === strength).length,
  }));
  const holds = stories.filter(({ strength }) => strength !== null).length;
  const claimed = stories.filter(({ passes }) => passes).length;
  return {
    total: stories.length,
    holds,
    unheld: claimed - holds,
    strengths: strengths.filter((one) => one.stories > 0),
  };
}
