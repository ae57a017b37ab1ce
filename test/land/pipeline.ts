import { buildCandidate, nullPatchOf, withBaseTests } from '../../src/land/candidate.ts';
import type { EvidenceFile } from '../../src/land/evidence.ts';
import { evidenceOf } from '../../src/land/evidence.ts';
import { type Landed, type Landing, land } from '../../src/land/land.ts';
import { parsePrd } from '../../src/prd/parse.ts';
import type { Prd, Story } from '../../src/prd/prd.ts';
import { storyChecks } from '../../src/prd/story-checks.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { baselineOf, baselineRunsNeeded, candidateRunsNeeded, needsNullPatch } from '../../src/verify/baseline.ts';
import type { Check, CheckResult, CheckResults } from '../../src/verify/check.ts';
import { commandChecker } from '../../src/verify/checker.ts';
import { knownResults } from '../../src/verify/known-results.ts';
import { type Policy, policyOf } from '../../src/verify/protect.ts';
import {
  type JudgedCheck,
  type JudgeInput,
  judge,
  type PassedVerdict,
  type Verdict,
} from '../../src/verify/verdict.ts';
import type { Oid, Snapshot } from '../../src/workspace/workspace.ts';
import { type Files, writeFiles } from '../helpers/repository.ts';
import type { OpenedRepository } from '../workspace/opened-repository.ts';
import { evidenceInput, passedVerdict } from './passes.ts';

/** A hand-made attempt at one story, judged and landed over real git, real clones and real processes. */
export interface Attempted {
  readonly story: Story;
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly verdict: Verdict;
  readonly candidate: Oid | null;
  readonly head: Oid;
}

/** Writes the files into a workspace, as an agent would, and judges what came out of it. */
export async function attempt(
  repo: OpenedRepository,
  storyId: string,
  files: Files,
  options: Partial<JudgeInput> = {},
): Promise<Attempted> {
  const head = (await repo.checkout.tip('main')) ?? repo.base;
  await repo.vault.keep(head);
  const story = await storyAt(repo, head, storyId);
  const checks = storyChecks(story);
  const before = await onTree(repo, head, checks, baselineRunsNeeded);
  const snapshot = await workIn(repo, head, files);
  const policy = await policyAt(repo, story, snapshot);
  const stored = { base: head, snapshot: snapshot.commit, policy };
  const candidate = await buildCandidate(repo.vault, stored, head);
  if (candidate.kind === 'conflict') throw new Error('a conflict with its own base');
  const baselines = checks.map((check, index) => baselineOf(check, before[index] ?? []));
  const kinds = new Map(baselines.map((baseline) => [baseline.check.id, baseline.kind]));
  const after = await onTree(repo, candidate.commit, checks, (runs, check) =>
    candidateRunsNeeded(kinds.get(check.id) ?? 'guard', runs),
  );
  const baseTests = await onVariant(repo, await withBaseTests(repo.vault, candidate, policy), checks);
  const nullPatch = await onVariant(repo, await nullPatchOf(repo.vault, candidate, policy), checks);
  const judged = baselines.map((baseline, index): JudgedCheck => {
    const wanted = needsNullPatch(baseline, policy.changesTests);
    return {
      check: baseline.check,
      baseline,
      candidate: after[index] ?? [],
      nullPatch: (wanted && nullPatch?.[index]?.[0]) || null,
      baseTests: baseTests?.[index] ?? null,
    };
  });
  const verdict = judge({
    story: storyId,
    checks: judged,
    regression: [],
    policy,
    manual: [],
    review: null,
    acceptance: null,
    stopped: null,
    ...options,
  });
  return { story, snapshot, policy, verdict, candidate: candidate.commit, head };
}

/** A change that passed without anything being run: for tests of the landing alone. */
export async function passedAttempt(
  repo: OpenedRepository,
  storyId: string,
  files: Readonly<Record<string, string>>,
): Promise<Attempted> {
  const head = (await repo.checkout.tip('main')) ?? repo.base;
  await repo.vault.keep(head);
  const story = await storyAt(repo, head, storyId);
  const commit = await repo.candidate(files, head);
  const snapshot = { commit, base: head, changes: await repo.vault.changes(head, commit), refused: [] };
  const policy = await policyAt(repo, story, snapshot);
  return { story, snapshot, policy, verdict: passedVerdict(story), candidate: commit, head };
}

/** The landing of an attempt that passed, with its evidence. */
export async function landingOf(
  repo: OpenedRepository,
  attempted: Attempted,
  fields: Partial<Landing> = {},
): Promise<Landing> {
  const { verdict, candidate, head, story } = attempted;
  if (verdict.kind !== 'passed' || candidate === null) throw new Error(`does not land: ${verdict.kind}`);
  return {
    verdict,
    attempt: 1,
    run: 'run-1',
    title: story.title,
    prdPath: 'PRD.json',
    candidate,
    head,
    evidence: await evidenceFor(repo, attempted, verdict, candidate),
    target: { name: 'main', tip: await repo.checkout.tip('main') },
    aside: async () => ({ name: 'prd/run-1', tip: await repo.checkout.tip('prd/run-1') }),
    author: await repo.checkout.identity(),
    ...fields,
  };
}

export interface LandedWith {
  readonly landed: Landed;
  readonly events: readonly RunEvent[];
}

export async function landAttempt(
  repo: OpenedRepository,
  attempted: Attempted,
  fields: Partial<Landing> = {},
): Promise<LandedWith> {
  const events: RunEvent[] = [];
  const emit = async (event: RunEvent) => {
    events.push(event);
  };
  return { landed: await land(await landingOf(repo, attempted, fields), { ...repo, emit }), events };
}

/** The document at a commit. */
export async function prdAt(repo: OpenedRepository, commit: Oid): Promise<Prd> {
  await repo.vault.keep(commit);
  const parsed = parsePrd((await repo.vault.read(commit, 'PRD.json')) ?? '', 'PRD.json');
  if (parsed.kind === 'refused') throw new Error('no PRD');
  return parsed.document.prd;
}

async function storyAt(repo: OpenedRepository, commit: Oid, id: string): Promise<Story> {
  const story = (await prdAt(repo, commit)).stories.find((each) => each.id === id);
  if (story === undefined) throw new Error(`no story ${id}`);
  return story;
}

async function workIn(repo: OpenedRepository, base: Oid, files: Files): Promise<Snapshot> {
  const tree = await repo.trees.open(base, 'workspace');
  await writeFiles(tree.dir, files);
  const snapshot = await repo.vault.snapshot({ dir: tree.dir, base }, 'refs/prd/attempts/one', 'work');
  await tree.remove();
  return snapshot;
}

async function policyAt(repo: OpenedRepository, story: Story, { base, changes, refused }: Snapshot): Promise<Policy> {
  const basePaths = await repo.vault.paths(base);
  const read = async (blob: Oid) => (await repo.vault.readBlob(blob)).toString('utf8');
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  for (const [path, { blob }] of await repo.vault.blobs(base, basePaths)) before.set(path, await read(blob));
  for (const { path, newBlob } of changes) if (newBlob !== null) after.set(path, await read(newBlob));
  const texts = {
    base: (path: string) => before.get(path) ?? null,
    attempt: (path: string) => after.get(path) ?? null,
  };
  return policyOf({ story, prdPath: 'PRD.json', changes, refused, basePaths, texts });
}

type Needed = (runs: readonly CheckResult[], check: Check) => number;

/** What is known of a tree of this repository is not run again, as in a run. */
const known = new WeakMap<OpenedRepository, CheckResults>();

async function onTree(
  repo: OpenedRepository,
  commit: Oid,
  checks: readonly Check[],
  needed: Needed,
): Promise<readonly (readonly CheckResult[])[]> {
  const results = known.get(repo) ?? knownResults();
  known.set(repo, results);
  const code = await repo.vault.treeOf(commit);
  const tree = await repo.trees.open(commit, 'verify');
  const checker = commandChecker({ logDir: null });
  const all: (readonly CheckResult[])[] = [];
  for (const check of checks) {
    const key = { check: check.id, code, setup: '', sandbox: 'none' } as const;
    while (results.get(key).length < needed(results.get(key), check)) results.add(key, await checker.run(tree, check));
    all.push(results.get(key));
  }
  await tree.remove();
  return all;
}

async function onVariant(repo: OpenedRepository, commit: Oid | null, checks: readonly Check[]) {
  return commit === null ? null : onTree(repo, commit, checks, () => 1);
}

async function evidenceFor(
  repo: OpenedRepository,
  { story, policy }: Attempted,
  verdict: PassedVerdict,
  candidate: Oid,
): Promise<EvidenceFile> {
  const blobs = await repo.vault.blobs(candidate, await repo.vault.paths(candidate));
  const allFiles = new Map([...blobs].map(([path, { blob }]) => [path, blob]));
  const changed = policy.decisions.map(({ change }) => change.path);
  const files = new Map([...allFiles].filter(([path]) => changed.includes(path)));
  return evidenceOf(
    evidenceInput(story, { verdict, files, allFiles, policy, tree: await repo.vault.treeOf(candidate) }),
  );
}
