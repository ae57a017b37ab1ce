import type { AttemptEnd } from '../agent/implementer.ts';
import { endDetail } from './end-detail.ts';
import { providerProblem } from './provider-problem.ts';
import type { Ending, StoryRun } from './story-run.ts';

type Stopped = Omit<Ending, 'attempts'>;

/** A story that goes on in the next run. */
export function stopped(reason: string): Stopped {
  return { outcome: 'stopped', verdict: null, strength: null, reason, commit: null };
}

/** Is this end no fault of the work? A request that the endpoint calls wrong is wrong for this conversation alone. */
export function stopsStory(end: AttemptEnd): boolean {
  if (end.kind === 'limit') return end.limit === 'budget';
  return end.kind === 'aborted' || (end.kind === 'provider' && end.failure !== 'bad-request');
}

/** How a story is left when `stopsStory`; says to the run what it has to know of it. */
export function stopFor(run: StoryRun, end: AttemptEnd): Stopped {
  if (end.kind === 'aborted') return stopped('interrupted');
  if (end.kind === 'limit') run.halt({ kind: 'limit', detail: end.detail });
  if (end.kind === 'provider') {
    const problem = providerProblem(run, end);
    if (end.stopsRun) run.halt({ kind: 'problem', problem });
    else run.note(problem);
  }
  return stopped(end.kind === 'limit' ? end.detail : endDetail(end));
}
