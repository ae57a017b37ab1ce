import { PrdError } from '../problem.ts';

/**
 * Is this error what an interrupt leaves of the step that was under way? After the second signal every process is ended, our
 * own git too, and its failure says nothing about the repository.
 */
export function isInterruption(error: unknown, stop: AbortSignal): boolean {
  if (!stop.aborted) return false;
  if (error instanceof PrdError) return error.problem.code === 'git-failed' || error.problem.code === 'setup-failed';
  return error instanceof Error && error.name === 'AbortError';
}
