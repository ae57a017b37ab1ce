import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { broken, crashPoint } from '../host/crash-point.ts';
import { PrdError } from '../problem.ts';
import { type Git, gitOk, gitProblem } from './git.ts';
import type { Oid, UserRepository } from './workspace.ts';

/** Tip of a branch of the user's repository, or null. */
export async function readTip(git: Git, repository: UserRepository, branch: string): Promise<Oid | null> {
  return (await looseTip(repository, branch)) ?? askTip(git, repository, branch);
}

/** The file that git itself would look at first: each story asks five times. Null for all that is not plainly one. */
async function looseTip({ commonDir }: UserRepository, branch: string): Promise<Oid | null> {
  if (branch.split('/').includes('..')) return null;
  const text = await readFile(join(commonDir, 'refs/heads', branch), 'utf8').catch(() => '');
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})\n$/.test(text) ? text.trimEnd() : null;
}

async function askTip(git: Git, { commonDir }: UserRepository, branch: string): Promise<Oid | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `refs/heads/${branch}^{commit}`];
  const call = { gitDir: commonDir, args };
  const result = await git.run(call);
  if (result.exitCode === 0) return result.stdout.toString('utf8').trim();
  // Quiet and 1 is "no such branch". Whatever else went wrong must not look like that.
  if (result.exitCode === 1 && result.stderr.trim() === '') return null;
  throw new PrdError(gitProblem(call, result));
}

export interface BranchMove {
  readonly branch: string;
  /** Null: the branch must not exist. */
  readonly from: Oid | null;
  readonly to: Oid;
}

/** Moves the branch to a commit whose objects have been brought over, if it still points to `from`. */
export async function moveBranch(git: Git, repository: UserRepository, move: BranchMove): Promise<'moved' | 'lost'> {
  // Valid for git as the name of a ref, and an option for every command that people would type with it.
  if (move.branch.startsWith('-')) throw badName(move);
  const old = move.from ?? '0'.repeat(move.to.length);
  const swap = __PRD_TEST__ && broken('no-cas') ? [] : [old];
  const args = ['update-ref', '-m', 'prd: land', '--end-of-options', `refs/heads/${move.branch}`, move.to, ...swap];
  const call = { gitDir: repository.commonDir, args };
  crashPoint('land.before-cas');
  const result = await git.run(call);
  crashPoint('land.after-cas');
  if (result.exitCode === 0) return 'moved';
  if (/bad name|not a valid ref/.test(result.stderr)) throw badName(move);
  if ((await readTip(git, repository, move.branch)) !== move.from) return 'lost';
  throw new PrdError(gitProblem(call, result));
}

function badName({ branch }: BranchMove): PrdError {
  return new PrdError({ code: 'bad-branch-name', at: null, branch });
}

/** As many loose objects as git's own `transfer.unpackLimit` allows; more stay in one pack. */
const unpackLimit = 100;

/**
 * Brings the objects of `to` into the user's repository, which has those of `from`. It does what `fetch` would do, in two
 * processes instead of six, and neither reads remotes from the user's configuration nor leaves a ref to clean up. Nothing
 * but unreachable objects is left behind when the branch does not move then.
 */
export async function bringObjects(
  git: Git,
  repository: UserRepository,
  vaultDir: string,
  { from, to }: Omit<BranchMove, 'branch'>,
): Promise<void> {
  const revisions = from === null ? [to] : [to, `^${from}`];
  const pack = await gitOk(git, {
    gitDir: vaultDir,
    args: ['pack-objects', '-q', '--revs', '--local', '--stdout'],
    input: revisions.map((revision) => `${revision}\n`).join(''),
  });
  const objects = pack.readUInt32BE(8);
  if (objects === 0) return;
  // `--strict` refuses objects that link to missing ones.
  const args = objects < unpackLimit ? ['unpack-objects', '-q', '--strict'] : ['index-pack', '--strict', '--stdin'];
  await gitOk(git, { gitDir: repository.commonDir, args, input: pack });
}
