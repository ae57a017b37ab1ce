import type { Verdict } from '../lint/readiness.ts';
import type { Role } from '../plan/plan.ts';
import { refinePays, type SplitFigures } from './economics.ts';
import type { RefinedOrNot } from './refine.ts';

export type RefineMode = 'auto' | 'always' | 'never';

export interface RefineFacts {
  readonly mode: RefineMode;
  readonly role: Role;
  readonly readiness: Verdict;
  /** Null: a price is unknown, so nothing is skipped for its price. */
  readonly figures: SplitFigures | null;
}

export interface Dispatch<Choice> {
  readonly choice: Choice;
  /** For the journal and for people: lower case, no full stop. */
  readonly because: string;
}

/** Is a story refined before its delegate starts? Lint has judged its readiness, for nothing. */
export function refineWanted({ mode, role, readiness, figures }: RefineFacts): Dispatch<'refine' | 'as written'> {
  if (role === 'orchestrator') return { choice: 'as written', because: 'the orchestrator builds it' };
  if (mode === 'never') return { choice: 'as written', because: 'refining is switched off' };
  if (mode === 'always') return { choice: 'refine', because: 'every delegated story is refined' };
  if (readiness === 'delegate') return { choice: 'as written', because: 'it is ready as it is written' };
  if (figures !== null && !refinePays(figures)) {
    return { choice: 'as written', because: 'a refine costs more than delegating saves' };
  }
  return { choice: 'refine', because: readiness === 'keep' ? 'it needs judgment' : 'it is not ready as it is written' };
}

/**
 * Who builds a delegated story once it was refined. What could not be made ready goes to the orchestrator; without an answer
 * the story goes out as it is only if it was ready anyway. `route` of a refinement recommends, and decides nothing here.
 */
export function whoBuilds(result: RefinedOrNot, readiness: Verdict): Dispatch<Role> {
  if (result.kind === 'unrefined') {
    return readiness === 'delegate'
      ? { choice: 'delegate', because: `not refined (${result.reason}), and ready as it is written` }
      : { choice: 'orchestrator', because: `not refined (${result.reason}), and not ready as it is written` };
  }
  const [open] = result.open;
  return open === undefined
    ? { choice: 'delegate', because: 'refined' }
    : { choice: 'orchestrator', because: `still not ready after refining: ${open}` };
}
