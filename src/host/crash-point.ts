import { noteForFailures } from './fail-nth.ts';

/** Fault injection for the lab in `test/faults`. The published bundle has nothing of it: `__PRD_TEST__` is false there. */

/** Moments at which a kill is told apart from a kill a moment before. */
export type CrashPoint =
  | `run.${'before-lock' | 'after-lock' | 'after-start-record'}`
  | `plan.${'after-baseline' | 'after-refine' | 'after-spec'}`
  | 'review.after-answer'
  | `coach.${'before-commit' | 'after-commit'}`
  | 'story.after-claim'
  | 'ws.after-clone'
  | `attempt.${'after-start' | 'before-end'}`
  | `tool.${'after-start' | 'before-done'}`
  | `req.${'before-send' | 'mid-stream' | 'before-settle'}`
  | `snap.${'after-tree' | 'after-ref' | 'before-done'}`
  | `gc.${'after-intent' | 'mid-delete'}`
  | `land.${Before | After | 'mid-ff'}`
  | `write.${'mid' | 'before-rename'}`;

type Before = `before-${'cas' | 'done'}`;
type After =
  `after-${'candidate' | 'clone' | 'restore' | 'setup' | 'checks' | 'tree-check' | 'evidence' | 'commit' | 'intent' | 'cas' | 'ff'}`;

/** Defences that can be switched off, one at a time, to see that the lab notices. */
export type Break =
  | 'in-place-write'
  | 'no-cas'
  | 'partial-turn'
  | 'intent-late'
  | 'delete-early'
  | 'bad-lock-is-free'
  | 'pipes'
  | 'weak-bwrap'
  | 'no-reservation';

const visits = new Map<string, number>();

/**
 * With `PRD_CRASH=<name>:<n>` in a test build, kills this very process at the n-th visit; with `:SIGSTOP` behind it, halts
 * it. Else nothing.
 */
export function crashPoint(name: CrashPoint): void {
  if (!__PRD_TEST__) return;
  noteForFailures(name);
  const [wanted, visit, signal = 'SIGKILL'] = (process.env.PRD_CRASH ?? '').split(':');
  if (wanted !== name) return;
  const now = (visits.get(name) ?? 0) + 1;
  visits.set(name, now);
  if (now === Number(visit)) process.kill(process.pid, signal);
}

/** Is this defence switched off by `PRD_BREAK`? Always false outside of test builds. */
export function broken(name: Break): boolean {
  return __PRD_TEST__ && process.env.PRD_BREAK === name;
}
