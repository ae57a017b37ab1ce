import { dirname, join } from 'node:path';
import type { Commands, TrustedResult } from '../host/process.ts';
import { PrdError, type Problem } from '../problem.ts';
import { gitEnvironment, gitPins } from './git-pins.ts';
import { findProgram } from './program.ts';
import type { Identity } from './workspace.ts';

/** The one place where git is started. */
export interface Git {
  /** Resolves for every outcome of the command. */
  run(call: GitCall): Promise<TrustedResult>;
}

export interface GitCall {
  /** Null only to look for a repository from `cwd`. */
  readonly gitDir: string | null;
  readonly workTree?: string;
  /** Absent: an index that does not exist, so that no call ever meets an index by accident. */
  readonly indexFile?: string;
  readonly cwd?: string;
  readonly args: readonly string[];
  readonly input?: string | Uint8Array;
  /** `user`: the user's own configuration counts (identity, filters of the fast-forward). Hooks stay off. */
  readonly config?: 'none' | 'user';
  /** More `-c` settings, `name=value`; later ones win. */
  readonly set?: readonly string[];
  /** An object folder to read from besides the repository's own. */
  readonly objects?: string;
  readonly identity?: Identity;
}

/** The oldest git with `merge-tree --write-tree` as used here. */
const neededVersion = '2.39.0';

/** Finds git on `PATH`. Rejects with `git-missing` or `git-too-old`. */
export async function openGit(commands: Commands, env: NodeJS.ProcessEnv): Promise<Git> {
  const file = await findProgram(process.platform === 'win32' ? 'git.exe' : 'git', env.PATH);
  if (file === null) throw new PrdError({ code: 'git-missing' });
  const git: Git = { run: (call) => start(commands, file, env, call) };
  await requireVersion(git);
  return git;
}

/** The output of a git command that must succeed. Rejects with `git-failed` or `objects-missing`. */
export async function gitOk(git: Git, call: GitCall): Promise<Buffer> {
  const result = await git.run(call);
  if (result.exitCode !== 0) throw new PrdError(gitProblem(call, result));
  return result.stdout;
}

/** As `gitOk`, as text without the last newline. */
export async function gitText(git: Git, call: GitCall): Promise<string> {
  return (await gitOk(git, call)).toString('utf8').replace(/\n$/, '');
}

/** Why a git command failed. A missing object is told apart: it must never look like an empty tree. */
export function gitProblem(call: GitCall, result: TrustedResult): Problem {
  const missing = missingObject.exec(result.stderr);
  if (missing !== null) return { code: 'objects-missing', commit: objectName.exec(missing[0])?.[0] ?? 'unknown' };
  const stderr = result.timedOut ? 'timed out' : result.stderr.trim().slice(-2_000);
  return { code: 'git-failed', command: `git ${call.args.join(' ').slice(0, 200)}`, exitCode: result.exitCode, stderr };
}

// git's wording in English (LC_ALL=C) for objects that a ref, a tree or a caller names and that are not there.
const missingObject =
  /^.*(bad object|bad tree object|unable to read|could not read|could not parse|failed to (read|unpack)|not a valid (object|commit)|invalid object|nonexistent object|not a tree object|(tree|blob|commit|object) not found|missing (blob|tree|commit|object)|bad revision).*$/im;
const objectName = /\b[0-9a-f]{40}([0-9a-f]{24})?\b/;

async function start(commands: Commands, file: string, env: NodeJS.ProcessEnv, call: GitCall): Promise<TrustedResult> {
  const cwd = call.cwd ?? call.workTree ?? call.gitDir ?? '/';
  const result = await commands.runTrusted({
    file,
    args: [...gitPins(call.config ?? 'none', call.set ?? []), ...call.args],
    cwd,
    env: { ...gitEnvironment(call.config ?? 'none', env, call.identity), ...places(call, cwd) },
    ...(call.input === undefined ? {} : { input: call.input }),
  });
  if (result.notStarted === null) return result;
  // A folder that vanished reads ENOENT, as a git that vanished does.
  return { ...result, stderr: `${result.notStarted}: cannot start git in ${cwd}` };
}

function places(call: GitCall, cwd: string): Record<string, string> {
  if (call.gitDir === null) return {};
  return {
    GIT_DIR: call.gitDir,
    GIT_INDEX_FILE: call.indexFile ?? join(call.gitDir, 'prd-no-index'),
    GIT_CEILING_DIRECTORIES: dirname(cwd),
    ...(call.workTree === undefined ? {} : { GIT_WORK_TREE: call.workTree }),
    ...(call.objects === undefined ? {} : { GIT_ALTERNATE_OBJECT_DIRECTORIES: call.objects }),
  };
}

async function requireVersion(git: Git): Promise<void> {
  const said = (await git.run({ gitDir: null, cwd: '/', args: ['--version'] })).stdout.toString('utf8');
  const version = /\d+(\.\d+)+/.exec(said)?.[0] ?? 'unknown';
  if (!atLeast(version, neededVersion)) throw new PrdError({ code: 'git-too-old', version, needed: neededVersion });
}

function atLeast(version: string, needed: string): boolean {
  const [a, b] = [version, needed].map((text) => text.split('.').map(Number));
  for (const [place, part] of (b ?? []).entries()) {
    const own = a?.[place] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
