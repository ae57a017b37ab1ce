import { crashPoint } from '../host/crash-point.ts';
import { evidenceOf } from '../land/evidence.ts';
import type { EvidenceInput } from '../land/evidence-body.ts';
import { land } from '../land/land.ts';
import { PrdError } from '../problem.ts';
import { filesJudging } from '../verify/command-paths.ts';
import type { JudgeInput, PassedVerdict } from '../verify/verdict.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { Stored } from './finish.ts';
import type { Candidate } from './proof.ts';
import type { StoryRun } from './story-run.ts';

export interface Passed {
  readonly verdict: PassedVerdict;
  readonly candidate: Candidate;
  readonly regression: JudgeInput['regression'];
}

/** `refused`: the person who was asked said no. `lost`: somebody moved the branch; prove the attempt again. */
export type LandingResult =
  | { readonly kind: 'landed'; readonly commit: Oid }
  | { readonly kind: 'lost' }
  | { readonly kind: 'refused' };

/** Lands what was proven. Its turn to land is still the caller's. */
export async function landProof(
  run: StoryRun,
  stored: Stored,
  passed: Passed,
  attempt: number,
): Promise<LandingResult> {
  const tip = await run.target.tip();
  if ((tip ?? run.deps.repository.head) !== passed.candidate.head) return { kind: 'lost' };
  if (!(await confirmed(run, passed))) return { kind: 'refused' };
  return landNow(run, stored, passed, { attempt, tip });
}

async function confirmed({ deps, planned, target, halt }: StoryRun, { candidate }: Passed): Promise<boolean> {
  if (deps.confirm === null) return true;
  const { id: story, title } = planned.story;
  const files = candidate.changes.map(({ path }) => path);
  const yes = await deps.confirm({ story, title, branch: target.branch(), files });
  if (!yes) halt({ kind: 'confirm' });
  return yes;
}

async function landNow(
  run: StoryRun,
  stored: Stored,
  passed: Passed,
  { attempt, tip }: { readonly attempt: number; readonly tip: Oid | null },
): Promise<LandingResult> {
  const { deps, planned, request, target } = run;
  const { candidate, verdict } = passed;
  const evidence = evidenceOf(await evidenceInput(run, stored, passed));
  crashPoint('land.after-evidence');
  const landing = {
    verdict,
    attempt,
    evidence,
    title: planned.story.title,
    run: request.run,
    subject: request.commitMessage,
    prdPath: request.prdPath,
    candidate: candidate.commit,
    head: candidate.head,
    target: { name: target.branch(), tip },
    aside: target.aside,
    author: await target.author(),
  };
  const landed = await land(landing, deps);
  switch (landed.kind) {
    case 'landed':
      target.landedOn(landed.branch);
      if (!landed.flipped) await deps.flipOnDisk(planned.story.id, true);
      run.passed.add(planned.story.id);
      return { kind: 'landed', commit: landed.commit };
    case 'lost':
      return { kind: 'lost' };
    case 'refused':
      throw new PrdError(landed.problem);
    case 'cannot-follow':
      throw new PrdError({ code: 'bad-branch-name', at: null, branch: landed.branch });
    default:
      return landed satisfies never;
  }
}

async function evidenceInput(run: StoryRun, stored: Stored, passed: Passed): Promise<EvidenceInput> {
  const { verdict, candidate, regression } = passed;
  const { deps, planned, request } = run;
  const paths = await deps.vault.paths(candidate.commit);
  const all = await deps.vault.blobs(candidate.commit, paths);
  const allFiles = new Map([...all].map(([path, { blob }]) => [path, blob]));
  const named = run.checks.flatMap((check) => filesJudging(check.run, check.cwd));
  const bound = new Set([...candidate.changes.map(({ path }) => path), ...named]);
  return {
    verdict,
    story: planned.story,
    prdPath: request.prdPath,
    base: candidate.head,
    tree: await deps.vault.treeOf(candidate.commit),
    files: new Map([...allFiles].filter(([path]) => bound.has(path))),
    allFiles,
    policy: stored.policy,
    regression,
    setup: candidate.setup.dir === null ? null : candidate.setup.digest,
    attempts: [...run.deps.ledger.attemptsAt(planned.story.id)],
    sandbox: deps.sandbox,
    tools: deps.tools,
    startedAt: run.startedAt,
    finishedAt: deps.now(),
    hide: deps.hide,
  };
}
