import type { Position, Problem, ProblemCode } from '../problem.ts';
import { count } from '../report/figures.ts';
import { printable, tick } from '../report/text.ts';
import type { ExitCode } from './exit-codes.ts';

/** What a person is told about a problem: lower case, no full stop, the user's thing in backticks. */
export interface Failure {
  readonly code: ProblemCode;
  readonly exit: ExitCode;
  readonly message: string;
  /** What to do about it, a command where possible. */
  readonly hint: string | null;
  readonly at: Position | null;
}

interface Wording<P> {
  readonly exit: ExitCode;
  say(problem: P): string;
  hint(problem: P): string | null;
}

/** Words, hint and exit code of every problem. A new problem without words does not compile. */
const wordings = {
  'agent-unavailable': {
    exit: 4,
    say: (p) => `cannot use the agent ${tick(p.agent)}: ${words(p.why)}`,
    hint: () => 'run `prd doctor`, or leave `--implementer` out',
  },
  'approval-needed': {
    exit: 6,
    say: (p) => `needs your consent: ${list(p.what)}`,
    hint: (p) => `approve with ${tick(p.command)}`,
  },
  'bad-branch-name': {
    exit: 2,
    say: (p) => `${tick(p.branch)} cannot be the name of a branch`,
    hint: () => 'change `branchName` in the PRD',
  },
  'bad-config': { exit: 2, say: (p) => `cannot use ${tick(p.file)}: ${words(p.what)}`, hint: () => null },
  'budget-too-small': {
    exit: 3,
    say: (p) =>
      `${tick(`${p.flag} ${p.limit}`)} does not pay for one call to ${tick(p.model)}, which may take ${budgetWords(p)}`,
    hint: (p) => `nothing was spent; ${tick(`prd run ${p.flag} ${roundedUp(p)}`)} pays for one, and a story takes many`,
  },
  'dependency-cycle': {
    exit: 2,
    say: (p) => `stories wait for each other: ${[...p.stories, ...p.stories.slice(0, 1)].map(tick).join(' → ')}`,
    hint: () => 'remove one `dependsOn` of the circle',
  },
  disk: {
    exit: 4,
    say: (p) => `cannot ${words(p.operation)} ${tick(p.file)}: ${errno(p.errno)}`,
    hint: (p) => (p.errno === 'ENOSPC' ? 'make room, then run again: nothing is lost' : null),
  },
  'duplicate-key': {
    exit: 2,
    say: (p) => `the key ${tick(p.key)} stands twice in one object`,
    hint: () => 'keep the one you mean: readers disagree about which counts',
  },
  'duplicate-story-id': {
    exit: 2,
    say: (p) => `two stories share the id ${tick(p.story)}, the first in line ${p.first.line}`,
    hint: () => 'rename one of them',
  },
  'edit-refused': {
    exit: 2,
    say: (p) => `will not write ${tick(p.file)}: ${words(p.why)}`,
    hint: () => 'nothing was changed',
  },
  'file-empty': { exit: 2, say: (p) => `${tick(p.file)} is empty`, hint: () => 'create one with `prd init`' },
  'file-missing': {
    exit: 2,
    say: (p) => `cannot read ${tick(p.file)}: no such file`,
    hint: (p) => (p.looked.length === 0 ? null : 'create one with `prd init`, or name it with `--file`'),
  },
  'file-too-large': {
    exit: 2,
    say: (p) => `${tick(p.file)} is too large: ${p.bytes} bytes, the limit is ${p.limit}`,
    hint: () => 'split it into several PRDs',
  },
  'file-unreadable': { exit: 2, say: (p) => `cannot read ${tick(p.file)}: ${errno(p.why)}`, hint: () => null },
  'forbidden-key': { exit: 2, say: (p) => `the key ${tick(p.key)} is not allowed`, hint: () => 'rename it' },
  'git-failed': {
    exit: 4,
    say: (p) => `${tick(p.command)} failed (exit ${p.exitCode ?? 'unknown'}): ${lastLine(p.stderr)}`,
    hint: () => 'add `--verbose` for the whole output',
  },
  'git-missing': { exit: 4, say: () => 'cannot find `git`', hint: () => 'install git, then run `prd doctor`' },
  'git-too-old': {
    exit: 4,
    say: (p) => `git ${words(p.version)} is too old: ${words(p.needed)} is needed`,
    hint: () => 'update git, then run `prd doctor`',
  },
  'invalid-json': {
    exit: 2,
    say: (p) => `${words(p.what)}${p.after === null ? '' : ` after story ${tick(p.after)}`}`,
    hint: (p) => `fix line ${p.at.line}`,
  },
  'journal-damaged': {
    exit: 7,
    say: (p) => `the journal ${tick(p.file)} is damaged in line ${p.line}: ${words(p.why)}`,
    hint: () => 'move the file away to start without its memory',
  },
  'key-refused': {
    exit: 4,
    say: (p) => `${tick(p.endpoint)} refused the key for ${tick(p.model)}: ${words(p.said)}`,
    hint: () => 'run `prd doctor` to see which key is used',
  },
  'lock-unreadable': {
    exit: 5,
    say: (p) => `cannot tell who holds the lock ${tick(p.file)}`,
    hint: () => 'if no other run is going on, remove that file',
  },
  locked: {
    exit: 5,
    say: ({ holder }) =>
      `another run holds this repository: process ${holder.pid} on ${tick(holder.host)}, since ${words(holder.since)}${
        holder.state === 'stopped' ? ', stopped' : ''
      }`,
    hint: ({ holder }) =>
      holder.state === 'stopped'
        ? `resume or end process ${holder.pid}`
        : 'wait for it, or watch it with `prd status --watch`',
  },
  'missing-story-id': {
    exit: 2,
    say: (p) => `story ${tick(p.title)} has no id`,
    hint: () => '`prd lint --fix --unsafe` gives it one',
  },
  'no-identity': {
    exit: 4,
    say: () => 'git does not know who you are',
    hint: () => 'set `git config user.name` and `git config user.email`',
  },
  'no-key': {
    exit: 4,
    say: (p) => `no key for ${tick(p.model)}: ${tick(p.variable)} is not set`,
    hint: (p) =>
      p.claude
        ? 'set it, or use your Claude Code login with `--implementer claude-code`'
        : 'set it, or try `prd demo`, which needs no key',
  },
  'no-stories': {
    exit: 2,
    say: (p) =>
      `no list of stories${p.candidates.length === 0 ? '' : `; ${list(p.candidates.map(tick))} looks like one`}`,
    hint: (p) =>
      p.candidates[0] === undefined ? 'create one with `prd init`' : `add \`--stories ${words(p.candidates[0])}\``,
  },
  'not-a-repository': {
    exit: 4,
    say: (p) => `${tick(p.folder)} is not in a git repository`,
    hint: () => 'run `git init` and commit your work first',
  },
  'objects-missing': {
    exit: 4,
    say: (p) => `git has no complete copy of commit ${tick(p.commit)}`,
    hint: () => 'run `git fetch --unshallow` or `git fetch --refetch`',
  },
  'privileged-fork': {
    exit: 6,
    say: (p) =>
      `will not run commands of ${p.head === null ? 'an unknown repository' : tick(p.head)}: the event ${tick(p.event)} brings the secrets of ${p.base === null ? 'this one' : tick(p.base)}`,
    hint: () => 'run it on `pull_request` instead; `prd check` without `--reverify` and `prd lint` are safe here',
  },
  'program-missing': {
    exit: 4,
    say: (p) => `cannot find ${tick(p.program)}, needed for ${words(p.for)}`,
    hint: () => 'install it, then run `prd doctor`',
  },
  'provider-unreachable': {
    exit: 4,
    say: (p) => `cannot reach ${tick(p.endpoint)} for ${tick(p.model)}: ${words(p.why)}`,
    hint: () => 'run again later; nothing is lost',
  },
  'run-broke-off': {
    exit: 1,
    say: (p) => `the run ${tick(p.run)} broke off: its process is gone and did not say how it ended`,
    hint: () => '`prd run` goes on where it was',
  },
  'sandbox-unavailable': {
    exit: 4,
    say: (p) => `no sandbox of level ${tick(p.level)}: ${words(p.why)}`,
    hint: () => 'run `prd doctor`; `--sandbox auto` takes the best there is',
  },
  'setup-failed': {
    exit: 4,
    say: (p) => `setup ${tick(p.command)} failed (exit ${p.exitCode ?? 'unknown'}): ${lastLine(p.tail)}`,
    hint: (p) => (p.log === null ? null : `read ${tick(p.log)}`),
  },
  'spend-limit': {
    exit: 4,
    say: (p) => `${tick(p.endpoint)} takes no more requests for ${tick(p.model)}: ${words(p.said)}`,
    hint: () => 'raise the limit with your provider, then run again; nothing is lost',
  },
  'too-deep': { exit: 2, say: (p) => `nested deeper than ${p.limit} levels`, hint: () => null },
  'unborn-branch': {
    exit: 4,
    say: (p) => `the branch ${tick(p.branch)} has no commit yet`,
    hint: () => 'commit something first',
  },
  'unknown-dependency': {
    exit: 2,
    say: (p) => `story ${tick(p.story)} depends on unknown story ${tick(p.missing)}`,
    hint: (p) => didYouMean(p.near),
  },
  'unknown-model': {
    exit: 2,
    say: (p) => `${p.story === null ? '' : `story ${tick(p.story)} names `}unknown model ${tick(p.model)}`,
    hint: (p) => didYouMean(p.near) ?? `known: ${list(p.known.map(tick))}`,
  },
  'unknown-story': {
    exit: 2,
    say: (p) => `no story has the id ${tick(p.story)}`,
    hint: (p) => didYouMean(p.near) ?? `\`prd status\` lists all ${count(p.known, 'story', 'stories')}`,
  },
  'unpriced-budget': {
    exit: 2,
    say: (p) => `nobody knows the price of ${tick(p.model)}, so a limit in dollars cannot hold`,
    hint: () => 'add `--max-tokens`, or its price to your own configuration',
  },
  'unsupported-encoding': {
    exit: 2,
    say: (p) => `${tick(p.file)} is ${words(p.encoding)}, not UTF-8`,
    hint: () => 'save it as UTF-8',
  },
  'unsupported-repository': {
    exit: 4,
    say: (p) => `${tick(p.folder)} is ${repositoryKinds[p.kind]}`,
    hint: () => 'use an ordinary clone of your own',
  },
  usage: { exit: 2, say: (p) => words(p.what), hint: (p) => p.hint ?? helpHint(p.command) },
  'wrong-type': {
    exit: 2,
    say: (p) => `${words(p.what)} must be ${words(p.expected)}, found ${words(p.found)}`,
    hint: () => null,
  },
} satisfies { [C in ProblemCode]: Wording<Extract<Problem, { code: C }>> };

/** Turns facts into words. */
export function failureOf(problem: Problem): Failure {
  // Each wording fits the problem of its own code; the compiler cannot follow that through the table.
  const wording = wordings[problem.code] as Wording<Problem>;
  const hint = wording.hint(problem);
  return {
    code: problem.code,
    exit: wording.exit,
    message: printable(wording.say(problem)),
    hint: hint === null ? null : printable(hint),
    at: 'at' in problem ? problem.at : null,
  };
}

const repositoryKinds = {
  bare: 'a bare repository',
  sparse: 'a sparse checkout',
  partial: 'a partial clone',
  'foreign-owner': "somebody else's repository",
} as const;

const errnos: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  ELOOP: 'a link points to itself',
  EMFILE: 'too many open files',
};

function errno(name: string): string {
  return errnos[name] ?? words(name);
}

function didYouMean(near: string | null): string | null {
  return near === null ? null : `did you mean ${tick(near)}?`;
}

function helpHint(command: string | null): string {
  return `run \`prd ${command === null ? '' : `${command} `}--help\` for usage`;
}

function list(parts: readonly string[]): string {
  return parts.map(printable).join(', ');
}

/** Words that came from elsewhere, made to fit a sentence of ours. */
function words(text: string): string {
  return printable(text).trim().replace(/\.$/, '');
}

function lastLine(output: string): string {
  return words(output.trim().split('\n').at(-1) ?? '') || 'it said nothing';
}

type TooSmall = Extract<Problem, { code: 'budget-too-small' }>;

function budgetWords(problem: TooSmall): string {
  return isMoney(problem) ? `$${roundedUp(problem)}` : `${problem.needed} tokens`;
}

/** To the cent, upwards: what is asked for must be enough. */
function roundedUp(problem: TooSmall): string {
  return isMoney(problem) ? (Math.ceil(problem.needed * 100) / 100).toFixed(2) : String(problem.needed);
}

function isMoney({ flag }: TooSmall): boolean {
  return flag === '--max-cost' || flag === '--max-story-cost';
}
