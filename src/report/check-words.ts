import type { EventData } from '../run/events.ts';
import type { CheckReason } from '../verify/check.ts';
import { span } from './figures.ts';
import { printable, tick } from './text.ts';

type Finished = Pick<EventData<'check.finished'>, 'run' | 'reason' | 'exitCode' | 'durationMs'>;

const words = {
  met: () => 'is green',
  'exit-code': (check) => `failed (exit ${check.exitCode ?? 'unknown'}, ${span(check.durationMs)})`,
  output: (check) => `did not print what it should (${span(check.durationMs)})`,
  'missing-script': () => 'needs a script that does not exist',
  'missing-file': () => 'needs a file that does not exist',
  'missing-package': () => 'needs a package that is not there',
  'not-found': () => 'could not start: command not found',
  'not-executable': () => 'could not start: not executable',
  timeout: (check) => `timed out after ${span(check.durationMs)}`,
  signal: (check) => `was ended by a signal (${span(check.durationMs)})`,
  flooded: () => 'was ended: it wrote too much',
  'zero-tests': () => 'ran no tests',
  'no-report': () => 'ended before its runner could report',
  'failed-tests': () => 'ended well, but its runner counted failures',
  cancelled: () => 'was cancelled',
  'tree-changed': () => 'changed the tree it checked',
} satisfies Record<CheckReason, (check: Finished) => string>;

/** What a check did, in words: `` `npm test` failed (exit 1, 4.2s) ``. */
export function sayCheck(check: Finished): string {
  const say = Object.hasOwn(words, check.reason) ? words[check.reason as CheckReason] : null;
  return `${tick(check.run)} ${say === null ? printable(check.reason) : say(check)}`;
}

/** Why a story that passed does not any more. Not yet fit for a terminal. */
export function sayRevoked({ why, by }: Pick<EventData<'pass.revoked'>, 'why' | 'by'>): string {
  return `back to false: ${why}${by === null ? '' : ` since ${by} landed`}`;
}
