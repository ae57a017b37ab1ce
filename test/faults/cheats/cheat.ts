import type { Files } from '../../helpers/repository.ts';
import type { Reviewer } from './reviewers.ts';
import type { Shape } from './shape.ts';

/** What somebody does in a folder: files first (null removes), then a shell command. */
export interface Work {
  readonly files?: Files;
  readonly run?: string;
}

/** A dishonest implementer: a repository, what it plays instead of the work, and how `prd` is to find out. */
export interface Cheat {
  /** Row of the threat model, and what is played. */
  readonly name: string;
  readonly shape: Shape;
  readonly work: Work;
  /** All of these occur in what `prd` told: held back for another reason does not count. */
  readonly seen: readonly RegExp[];
  /** Done in the user's repository before the run, and committed. */
  readonly before?: Work;
  /** Default: nobody reads, so the checks and the rules alone must hold it back. */
  readonly review?: Reviewer;
  readonly refine?: readonly object[];
}

/** A forgery in the user's own history, found by `prd check` instead of `prd run`. */
export interface Forgery {
  readonly name: string;
  readonly shape: Shape;
  /** The story is done honestly first, by a run. */
  readonly after: 'nothing' | 'an honest run';
  /** Done in the repository and committed on the branch. */
  readonly work: Work;
  readonly args: readonly string[];
  readonly exit: number;
  readonly seen: readonly RegExp[];
}

export function cheat(
  name: string,
  shape: Shape,
  work: Work,
  seen: readonly RegExp[],
  more: Partial<Cheat> = {},
): Cheat {
  return { name, shape, work, seen, ...more };
}

/** The same repository, decided by another command. */
export function judgedBy(shape: Shape, verify: string): Shape {
  return { ...shape, story: { ...shape.story, acceptanceCriteria: [{ text: 'it is done', verify: { run: verify } }] } };
}
