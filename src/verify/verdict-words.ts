import type { Check, CheckReason, CheckResult } from './check.ts';
import type { Obstacle, Verdict } from './verdict.ts';

export interface Words {
  /** Why the story does not pass. Lower case, no full stop. */
  readonly why: string;
  /** What a person can do about it. */
  readonly todo: string;
}

/** Short and stable, for the journal and for scripts: `zero-tests`, `suppression+1`, `regresses: US-002`. */
export function verdictReason(verdict: Verdict): string {
  return verdict.kind === 'passed' ? verdict.strength : obstacleReason(verdict.obstacle);
}

/** Why a story does not pass, and what to do: the only place where these words live. */
export function sayObstacle(obstacle: Obstacle, story: string): Words {
  switch (obstacle.code) {
    case 'blocked':
      return {
        why: `the implementer says it cannot be done: ${obstacle.reason}`,
        todo: 'read the reason and change the story',
      };
    case 'conflict':
      return {
        why: `it conflicts with what has landed, in ${list(obstacle.paths)}`,
        todo: 'run again: the next attempt starts from there',
      };
    case 'infra':
      return { why: `it could not be checked: ${obstacle.reason}`, todo: 'run `prd doctor`, then run again' };
    case 'tampered':
      return {
        why: `${tick(obstacle.path)} was changed by the attempt (${tamperWords[obstacle.what] ?? obstacle.what})`,
        todo: `look at the attempt: \`prd show ${story}\``,
      };
    case 'no-checks':
      return {
        why: 'no verify command decides it',
        todo: `add a criterion such as "Verify: npm test", or give your word: ${acceptCommand(story)}`,
      };
    case 'not-run':
      return {
        why: `${tick(obstacle.check.run)} was run ${times(obstacle.runs)} of ${obstacle.needed}`,
        todo: 'run again',
      };
    case 'check-red':
      return { why: sayResult(obstacle.result), todo: `read the log, or take the work over: \`prd take ${story}\`` };
    case 'check-absent':
      return {
        why: `${tick(obstacle.result.check.run)} still needs something that is not there (${obstacle.result.reason})`,
        todo: 'name what it needs in the story',
      };
    case 'check-invalid':
      return { why: sayResult(obstacle.result), todo: invalidTodo(obstacle.result.check, obstacle.result.reason) };
    case 'flaky':
      return {
        why: `${tick(obstacle.check.run)} is green and red on the same files`,
        todo: 'make the check repeatable: what differs by itself is no evidence',
      };
    case 'base-tests-red':
      return {
        why: `with the tests as they were, ${sayResult(obstacle.result)}`,
        todo: 'if these tests must change, list them in `owns`',
      };
    case 'coverage-drop':
      return {
        why: `${tick(obstacle.check.run)} went from ${obstacle.before} to ${obstacle.after}`,
        todo: 'if tests must go, list them in `owns`',
      };
    case 'regresses':
      return {
        why: `it breaks ${tick(obstacle.story)}: ${sayResult(obstacle.result)}`,
        todo: 'decide which of the two stories is right',
      };
    case 'held':
      return {
        why: `${list(obstacle.flag.paths)}: ${obstacle.flag.code} (${obstacle.flag.detail})`,
        todo: heldTodo(obstacle.flag.code),
      };
    case 'needs-approval':
      return {
        why: `${obstacle.flag.detail}${where(obstacle.flag.paths)}, and no review has approved it`,
        todo: byHand(story),
      };
    case 'review':
      return {
        why: `the review says no: ${reviewReason(obstacle.review)}`,
        todo: `read the remarks, or take the work over: \`prd take ${story}\``,
      };
    case 'guards-only':
      return {
        why: 'its checks were green before any work, so they prove nothing',
        todo: `add a check that is red today, or ${byHand(story)}`,
      };
    case 'manual':
      return {
        why: `criterion ${obstacle.criteria.join(', ')} can only be judged by a person`,
        todo: byHand(story),
      };
    default:
      return obstacle satisfies never;
  }
}

/** Work that only a person can let through: on a branch first, then on theirs, then with their word for it. */
function byHand(story: string): string {
  return `look at it (\`prd take ${story}\`), merge it, then ${acceptCommand(story)}`;
}

function acceptCommand(story: string): string {
  return `\`prd accept ${story} --reason "<why>"\``;
}

function obstacleReason(obstacle: Obstacle): string {
  switch (obstacle.code) {
    case 'tampered':
      return obstacle.what;
    case 'check-red':
    case 'check-absent':
      return `${obstacle.result.reason}: ${obstacle.result.check.run}`;
    case 'check-invalid':
      return obstacle.result.reason;
    case 'held':
    case 'needs-approval':
      return obstacle.flag.code === 'suppression' ? obstacle.flag.detail : obstacle.flag.code;
    case 'regresses':
      return `regresses: ${obstacle.story}`;
    case 'blocked':
    case 'infra':
      return obstacle.reason;
    case 'conflict':
      return `conflict: ${list(obstacle.paths)}`;
    case 'review':
      return `review: ${reviewReason(obstacle.review)}`;
    case 'manual':
      return `criterion ${obstacle.criteria.join(', ')}`;
    case 'no-checks':
    case 'not-run':
    case 'flaky':
    case 'base-tests-red':
    case 'coverage-drop':
    case 'guards-only':
      return obstacle.code;
    default:
      return obstacle satisfies never;
  }
}

const tamperWords: Readonly<Record<string, string>> = {
  'prd-file': 'a story was marked as passing',
  evidence: 'evidence was written',
  'prd-folder': 'files of prd itself',
  'nested-git': 'version control data inside the work',
};

function reviewReason(review: Extract<Obstacle, { code: 'review' }>['review']): string {
  return review.reason === '' ? review.kind : review.reason;
}

/** What one check said, in words. */
export function sayResult({ check, reason, exitCode, signal, durationMs }: CheckResult): string {
  const seconds = `${Math.round(durationMs / 1000)}s`;
  const words: Readonly<Record<CheckReason, string>> = {
    met: 'is green',
    'exit-code': `failed (exit ${exitCode ?? 'unknown'})`,
    output: 'did not print what it should',
    'missing-script': 'needs a script that does not exist',
    'missing-file': 'needs a file that does not exist',
    'missing-package': 'needs a package that is not there',
    'not-found': 'could not start: command not found',
    'not-executable': 'could not start: not executable',
    timeout: `did not finish in ${seconds}`,
    signal: `was ended by ${signal ?? 'a signal'}`,
    flooded: 'was ended: it wrote too much',
    'zero-tests': 'ran no tests',
    'no-report': 'ended before its runner could report',
    'failed-tests': 'ended well, but its runner counted failures',
    cancelled: 'was cancelled',
    'tree-changed': 'changed files that it should only check',
  };
  return `${tick(check.run)} ${words[reason]}`;
}

function invalidTodo(check: Check, reason: CheckReason): string {
  if (reason === 'not-found') return `install what ${tick(check.run)} needs, or correct the command`;
  if (reason === 'zero-tests') return 'correct the filter, or name the tests that the story must write';
  if (reason === 'timeout') return 'give the check a longer `timeout`, or make it end by itself';
  if (reason === 'tree-changed') return 'use a command that only checks, such as `--check` instead of `--write`';
  return 'run the command by hand in a fresh clone';
}

function heldTodo(code: string): string {
  return code === 'secret'
    ? 'remove the secret, and change it where it is used'
    : 'widen `files`, or run without `--scope strict`';
}

function where(paths: readonly string[]): string {
  return paths.length === 0 ? '' : ` in ${list(paths)}`;
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).map(tick).join(', ');
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}

function times(runs: number): string {
  return runs === 1 ? 'once' : `${runs} times`;
}

function tick(text: string): string {
  return `\`${text}\``;
}
