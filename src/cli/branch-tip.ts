import { relative, sep } from 'node:path';
import { openCommands } from '../host/command.ts';
import { type ParsedPrd, parsePrd } from '../prd/parse.ts';
import type { Prd } from '../prd/prd.ts';
import { withPassesOf } from '../prd/progress.ts';
import { PrdError, type ProblemCode } from '../problem.ts';
import { readTip } from '../workspace/branch.ts';
import { type Git, openGit } from '../workspace/git.ts';
import { findRepository } from '../workspace/repository.ts';
import type { Oid, UserRepository } from '../workspace/workspace.ts';
import type { Context } from './context.ts';
import type { FoundPrd } from './find-prd.ts';

/** Progress as the target branch has it. */
export interface BranchTip {
  readonly repository: UserRepository | null;
  readonly branch: string | null;
  /** Null when the branch does not exist yet: it will start where HEAD is, so HEAD is read. */
  readonly commit: Oid | null;
  /** The document's stories with `passes` from the tip of the branch, where there is one. */
  readonly prd: Prd;
}

/** Without these there is no branch to ask, and the file's own word is all there is. */
const noBranch: ReadonlySet<ProblemCode> = new Set(['not-a-repository', 'unborn-branch', 'git-missing']);

/** Reads the PRD at the tip of the branch that its stories land on. Writes nothing and executes nothing of the repository. */
export async function readBranchTip(found: FoundPrd, prd: Prd, context: Context): Promise<BranchTip> {
  try {
    const git = await openGit(openCommands(), context.env);
    const repository = await findRepository(git, context.cwd);
    const branch = prd.branchName ?? repository.branch;
    const commit = branch === null ? repository.head : await readTip(git, repository, branch);
    const tip = await prdAt(git, repository, commit ?? repository.head, found);
    return { repository, branch, commit, prd: withPassesOf(prd, tip) };
  } catch (error) {
    if (!(error instanceof PrdError) || !noBranch.has(error.problem.code)) throw error;
    return { repository: null, branch: null, commit: null, prd };
  }
}

/** Null when the file is not there: it has never been committed. */
async function prdAt(git: Git, { root, gitDir }: UserRepository, commit: Oid, found: FoundPrd): Promise<Prd | null> {
  const path = relative(root, found.realPath).replaceAll(sep, '/');
  const { exitCode, stdout } = await git.run({ gitDir, args: ['cat-file', 'blob', `${commit}:${path}`] });
  if (exitCode !== 0) return null;
  const parsed: ParsedPrd = parsePrd(stdout.toString('utf8'), `${found.shown} at ${commit.slice(0, 7)}`);
  if (parsed.kind === 'read') return parsed.document.prd;
  const [problem] = parsed.problems;
  throw new PrdError(problem ?? { code: 'file-empty', file: found.shown });
}
