import { prdFileNames } from '../prd/find.ts';
import { parsePrd } from '../prd/parse.ts';
import type { Prd } from '../prd/prd.ts';
import { PrdError } from '../problem.ts';
import type { Git } from '../workspace/git.ts';
import type { Oid, UserRepository } from '../workspace/workspace.ts';
import type { Context } from './context.ts';

export interface BaseQuestion {
  readonly git: Git;
  readonly repository: UserRepository;
  readonly prdPath: string;
  /** A branch, tag or commit. */
  readonly ref: string;
}

/**
 * The document where the work began: at the merge base of HEAD and the ref, or at the ref itself where a shallow clone does
 * not hold their fork point. Null when there was none yet, which is said. Rejects for a ref that git does not know.
 */
export async function readBasePrd(question: BaseQuestion, context: Context): Promise<Prd | null> {
  const commit = await forkPoint(question, await resolveRef(question), context);
  // A document that was only moved must not escape the comparison.
  for (const path of new Set([question.prdPath, ...prdFileNames])) {
    const text = await blobText(question, commit, path);
    if (text !== null) return parsed(text, `${path} at ${commit.slice(0, 7)}`);
  }
  note(`there is no PRD at \`${question.ref}\`, so there is nothing to compare`, context);
  return null;
}

async function resolveRef({ git, repository, ref }: BaseQuestion): Promise<Oid> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const { exitCode, stdout } = await git.run({ gitDir: repository.gitDir, args });
  if (exitCode === 0) return stdout.toString('utf8').trim();
  const hint = 'fetch it first: a shallow clone holds one commit';
  throw new PrdError({ code: 'usage', what: `git does not know the base \`${ref}\``, command: 'check', hint });
}

async function forkPoint({ git, repository, ref }: BaseQuestion, base: Oid, context: Context): Promise<Oid> {
  const args = ['merge-base', '--end-of-options', repository.head, base];
  const { exitCode, stdout } = await git.run({ gitDir: repository.gitDir, args });
  if (exitCode === 0) return stdout.toString('utf8').trim();
  note(`this clone does not show where the work left \`${ref}\`; compared with \`${ref}\` itself`, context);
  return base;
}

async function blobText({ git, repository }: BaseQuestion, commit: Oid, path: string): Promise<string | null> {
  const args = ['cat-file', 'blob', `${commit}:${path}`];
  const { exitCode, stdout } = await git.run({ gitDir: repository.gitDir, args });
  return exitCode === 0 ? stdout.toString('utf8') : null;
}

function parsed(text: string, file: string): Prd {
  const read = parsePrd(text, file);
  if (read.kind === 'read') return read.document.prd;
  throw new PrdError(read.problems[0] ?? { code: 'file-empty', file });
}

function note(words: string, { stderr, flags }: Context): void {
  if (flags.quiet !== true) stderr.write(`note: ${words}\n`);
}
