import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { slug } from '../host/paths.ts';
import type { TrustedResult } from '../host/process.ts';
import { PrdError, type Problem } from '../problem.ts';
import { type Git, type GitCall, gitProblem } from './git.ts';
import type { UserRepository } from './workspace.ts';

/**
 * Finds the repository that holds a folder, also from a subfolder, a linked worktree or a detached HEAD, and executes
 * nothing of it. Rejects with `not-a-repository`, `unborn-branch` or `unsupported-repository`.
 */
export async function findRepository(git: Git, folder: string): Promise<UserRepository> {
  const places = await discover(git, folder);
  const [head, branch, settings] = await Promise.all([
    headOf(git, places),
    branchOf(git, places),
    settingsOf(git, places),
  ]);
  if (isSparse(settings)) throw unsupported(places.root, 'sparse');
  if (isPartial(settings)) throw unsupported(places.root, 'partial');
  if (head === null) throw new PrdError({ code: 'unborn-branch', branch: branch ?? 'HEAD' });
  return { ...places, id: repositoryId(places.commonDir), branch, head };
}

interface Places {
  readonly root: string;
  readonly gitDir: string;
  readonly commonDir: string;
}

const question = [
  'rev-parse',
  '--is-inside-work-tree',
  '--absolute-git-dir',
  '--git-common-dir',
  '--show-toplevel',
] as const;

async function discover(git: Git, folder: string): Promise<Places> {
  const call: GitCall = { gitDir: null, cwd: folder, args: question };
  let answer = await git.run(call);
  // Only the user's own configuration may say that somebody else's repository is safe.
  if (isForeign(answer)) answer = await git.run({ ...call, config: 'user' });
  if (isForeign(answer)) throw unsupported(folder, 'foreign-owner');
  const [inside, gitDir, commonDir, root] = answer.stdout.toString('utf8').split('\n');
  if (answer.exitCode !== 0 || inside !== 'true' || !gitDir || !commonDir || !root) throw refusal(folder, call, answer);
  return {
    root: await realpath(root),
    gitDir: await realpath(gitDir),
    commonDir: await realpath(resolve(folder, commonDir)),
  };
}

function isForeign(answer: TrustedResult): boolean {
  return answer.exitCode !== 0 && answer.stderr.includes('dubious ownership');
}

function refusal(folder: string, call: GitCall, answer: TrustedResult): PrdError {
  const isBare = answer.stderr.includes('cannot use bare repository') || answer.stdout.toString().startsWith('false');
  if (isBare) return unsupported(folder, 'bare');
  const isNone = answer.stderr.includes('not a git repository') || answer.exitCode === null;
  return new PrdError(isNone ? { code: 'not-a-repository', folder } : gitProblem(call, answer));
}

async function headOf(git: Git, { gitDir }: Places): Promise<string | null> {
  const result = await git.run({ gitDir, args: ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'] });
  return result.exitCode === 0 ? result.stdout.toString('utf8').trim() : null;
}

async function branchOf(git: Git, { gitDir }: Places): Promise<string | null> {
  const result = await git.run({ gitDir, args: ['symbolic-ref', '--quiet', 'HEAD'] });
  const name = result.stdout.toString('utf8').trim();
  return name.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : null;
}

/** Lower-cased `key\nvalue` entries of the repository's own configuration. */
async function settingsOf(git: Git, { gitDir }: Places): Promise<readonly string[]> {
  const pattern = '^(core\\.sparsecheckout|extensions\\.partialclone|remote\\..*\\.(promisor|partialclonefilter))$';
  const result = await git.run({ gitDir, args: ['config', '--null', '--get-regexp', pattern] });
  return result.stdout.toString('utf8').toLowerCase().split('\0').filter(Boolean);
}

function isSparse(settings: readonly string[]): boolean {
  // The last one wins; a key without a value is true.
  const last = settings.filter((entry) => /^core\.sparsecheckout(\n|$)/.test(entry)).at(-1);
  return last !== undefined && !/\n(false|no|off|0)?$/.test(last);
}

function isPartial(settings: readonly string[]): boolean {
  return settings.some((entry) => !entry.startsWith('core.') && !/\n(false|no|off|0)$/.test(entry));
}

/** Linked worktrees share one repository, so they share its name: it comes from the common folder. */
function repositoryId(commonDir: string): string {
  const name = basename(commonDir) === '.git' ? basename(dirname(commonDir)) : basename(commonDir);
  const hash = createHash('sha256').update(commonDir).digest('hex').slice(0, 8);
  return `${slug(name).slice(0, -9) || 'repository'}-${hash}`;
}

function unsupported(
  folder: string,
  kind: Extract<Problem, { readonly code: 'unsupported-repository' }>['kind'],
): PrdError {
  return new PrdError({ code: 'unsupported-repository', folder, kind });
}
