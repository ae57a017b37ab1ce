import { relative, sep } from 'node:path';
import type { Config, Override } from '../config/config.ts';
import type { ModelRoster } from '../models/catalog.ts';
import { type Planned, planRun } from '../plan/plan-run.ts';
import { nearest } from '../prd/nearest.ts';
import type { PrdDocument } from '../prd/parse.ts';
import { parsePrd } from '../prd/parse.ts';
import type { Prd } from '../prd/prd.ts';
import { withPassesOf } from '../prd/progress.ts';
import { PrdError, type Problem } from '../problem.ts';
import { foldRuns, type PastRuns } from '../run/state.ts';
import { storyKey } from '../run/story-key.ts';
import { asideBranch } from '../run/target.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { Context } from './context.ts';
import type { FoundPrd } from './find-prd.ts';
import { openConfigured } from './open-configured.ts';
import { openPrd } from './open-prd.ts';
import type { OpenRepository } from './open-repository.ts';
import { readPastRecords } from './past-runs.ts';

/** Everything that is known before a run starts. Nothing of the repository has been executed. */
export interface Prepared {
  readonly open: OpenRepository;
  readonly config: Config;
  readonly roster: ModelRoster;
  readonly found: FoundPrd;
  readonly document: PrdDocument;
  /** Relative to the repository root, with `/`. */
  readonly prdPath: string;
  readonly prd: Prd;
  readonly branch: string;
  /** Where stories of an earlier run wait to be merged, else `branch`. */
  readonly startBranch: string;
  readonly base: Oid;
  readonly past: PastRuns;
  readonly planned: Planned;
  readonly uncommitted: 'no' | 'changed' | 'untracked' | 'ignored';
}

export interface PrepareOptions {
  readonly ids: readonly string[];
  readonly file: string | null;
  readonly branch: string | null;
  readonly override: Override;
  /** Names the branch of this run where HEAD is detached. */
  readonly run: string;
}

export type Preparation =
  | { readonly kind: 'prepared'; readonly prepared: Prepared }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Reads the PRD, the configuration, the repository and the past, and plans. Rejects with what stops all of that. */
export async function prepareRun(options: PrepareOptions, context: Context): Promise<Preparation> {
  const opened = await openPrd(context, { file: options.file });
  if (opened.kind === 'refused') return opened;
  const { document, found } = opened;
  const opening = await openConfigured(context, options.override);
  if (opening.kind === 'refused') return opening;
  const { open, config, roster } = opening.configured;
  const prdPath = relative(open.repository.root, found.realPath).replaceAll(sep, '/');
  if (prdPath.startsWith('..')) throw outside(found.shown);
  const past = foldRuns(await readPastRecords(open.state.runs));
  const branch = targetBranch(document, open, options);
  const startBranch = await startOf(open, branch, past);
  const base = await baseOf(open, startBranch);
  const tip = await readTipPrd(open, base, prdPath);
  const prd = withPassesOf(document.prd, tip?.prd ?? null);
  const blocked = await blockedStories(open, prd, past, base, prdPath);
  const selected = options.ids.length === 0 ? null : options.ids;
  const planned = planRun(document, prd, roster, { selected, blocked, upgrade: null, nearest });
  const uncommitted = await uncommittedState(open, prdPath, document.text, tip?.text ?? null);
  const prepared = {
    open,
    config,
    roster,
    found,
    document,
    prdPath,
    prd,
    branch,
    startBranch,
    base,
    past,
    planned,
    uncommitted,
  };
  return { kind: 'prepared', prepared };
}

function outside(file: string): PrdError {
  return new PrdError({ code: 'edit-refused', file, why: 'it is not inside the repository' });
}

function targetBranch({ prd }: PrdDocument, { repository }: OpenRepository, { branch, run }: PrepareOptions): string {
  const named = branch ?? prd.branchName;
  if (named !== null && !legalBranch(named)) throw new PrdError({ code: 'bad-branch-name', at: null, branch: named });
  return named ?? repository.branch ?? asideBranch(run);
}

/** The rules of `git check-ref-format --branch`, without starting git with a name that begins with a dash. */
function legalBranch(name: string): boolean {
  if (name.length > 200 || /[\p{Cc} ~^:?*[\\]/u.test(name)) return false;
  if (/^[-/]|[/.]$|\.\.|\/\/|@\{|^@$/.test(name)) return false;
  return name.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}

/** Stories that landed aside are not built again: the run goes on from there, as long as it only adds to the target. */
async function startOf({ checkout, vault }: OpenRepository, branch: string, { aside }: PastRuns): Promise<string> {
  if (aside === null || aside.target !== branch) return branch;
  const [there, here] = [await checkout.tip(aside.branch), await checkout.tip(branch)];
  if (there === null || here === null || there === here) return branch;
  return (await vault.contains(there, here)) ? aside.branch : branch;
}

async function baseOf({ checkout, repository }: OpenRepository, branch: string): Promise<Oid> {
  return (await checkout.tip(branch)) ?? repository.head;
}

/** The PRD as the branch has it. One that cannot be read there would make every `passes` unknown. */
async function readTipPrd(
  { vault }: OpenRepository,
  base: Oid,
  path: string,
): Promise<{ prd: Prd; text: string } | null> {
  const text = await vault.read(base, path);
  if (text === null) return null;
  const parsed = parsePrd(text, `${path} at ${base.slice(0, 7)}`);
  if (parsed.kind === 'read') return { prd: parsed.document.prd, text };
  const [problem] = parsed.problems;
  throw new PrdError(problem ?? { code: 'file-empty', file: path });
}

/** Stories that an earlier run gave up on, and nothing they hung on has changed since. */
async function blockedStories(
  { vault }: OpenRepository,
  prd: Prd,
  past: PastRuns,
  base: Oid,
  prdPath: string,
): Promise<ReadonlyMap<string, string>> {
  const blocked = new Map<string, string>();
  for (const story of prd.stories) {
    const last = past.stories.get(story.id)?.finished;
    if (story.passes || last?.outcome !== 'blocked') continue;
    if (last.key === (await storyKey(vault, story, base, prdPath))) blocked.set(story.id, last.reason);
  }
  return blocked;
}

async function uncommittedState(
  { git, repository }: OpenRepository,
  path: string,
  text: string,
  tip: string | null,
): Promise<Prepared['uncommitted']> {
  if (tip !== null) return tip === text ? 'no' : 'changed';
  const { gitDir, root: workTree } = repository;
  // `check-ignore` refuses literal pathspecs, which every call of ours has.
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--', path];
  const ignored = await git.run({ gitDir, workTree, args });
  return ignored.stdout.length > 0 ? 'ignored' : 'untracked';
}
