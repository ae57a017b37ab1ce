import type { Story } from '../prd/prd.ts';
import type { CheckResult, SandboxLevel } from '../verify/check.ts';
import type { Policy } from '../verify/protect.ts';
import type { PassedVerdict, WeighedCheck } from '../verify/verdict.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { EvidenceBody, EvidenceSubject } from './evidence.ts';
import { checksDigest, sha256 } from './evidence-digest.ts';

/** Everything a pass is bound to. */
export interface EvidenceInput {
  readonly verdict: PassedVerdict;
  readonly story: Story;
  readonly prdPath: string;
  readonly base: Oid;
  readonly tree: Oid;
  /** Files the story changed and files that judged it, with their blobs in the candidate. */
  readonly files: ReadonlyMap<string, Oid>;
  /** Blobs of the whole candidate: where there are too many files, folders are bound instead. */
  readonly allFiles: ReadonlyMap<string, Oid>;
  readonly policy: Pick<Policy, 'digest' | 'owned' | 'dropped' | 'flags'>;
  readonly regression: readonly { readonly story: string; readonly result: CheckResult }[];
  readonly setup: string | null;
  readonly attempts: EvidenceBody['attempts'];
  readonly sandbox: SandboxLevel;
  readonly tools: Readonly<Record<string, string>>;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** Takes secrets out of words that people, models and manifests wrote. */
  readonly hide: (text: string) => string;
}

/** One subject per file, sorted. Files that every landing changes say nothing about one story. */
export function subjectsOf({ files, prdPath }: Pick<EvidenceInput, 'files' | 'prdPath'>): readonly EvidenceSubject[] {
  const bound = [...files].filter(([name]) => !isPrds(name, prdPath)).sort(([a], [b]) => (a < b ? -1 : 1));
  return bound.map(([name, gitBlob]) => ({ name, digest: { gitBlob } }));
}

/** Does the file belong to `prd` itself? */
export function isPrds(path: string, prdPath: string): boolean {
  return path === prdPath || path.startsWith('.prd/');
}

/** The predicate's own part, its digest still to be computed. */
export function bodyOf(input: EvidenceInput, digest: string): EvidenceBody {
  const { verdict, policy, regression, base, tree, setup, attempts, sandbox, hide } = input;
  return {
    version: 1,
    story: { id: input.story.id, digest },
    strength: verdict.strength,
    acceptance: verdict.acceptance && { name: hide(verdict.acceptance.name), reason: hide(verdict.acceptance.reason) },
    base,
    tree,
    checks: verdict.checks.map(checkOf),
    // What a model added was run too, and binds nobody: `prd check` knows the checks of the PRD alone.
    checksDigest: checksDigest(verdict.checks.flatMap(({ check }) => (check.origin === 'story' ? [check.id] : []))),
    regression: { checks: regression.length, stories: [...new Set(regression.map(({ story }) => story))] },
    policy: { digest: policy.digest, owned: policy.owned.map(hide), dropped: policy.dropped.map(hide) },
    setup,
    flags: policy.flags.map(({ code, detail }) => ({ code, detail: hide(detail) })),
    review: verdict.review === null ? null : { criteria: verdict.review.criteria.map(quoteOf) },
    attempts,
    sandbox,
    tools: { ...input.tools },
    startedAt: input.startedAt.toISOString(),
    finishedAt: input.finishedAt.toISOString(),
    digest: '0',
  };
}

function checkOf({ check, weight, baseline, nullPatch, candidate }: WeighedCheck): EvidenceBody['checks'][number] {
  const last = candidate.at(-1);
  return {
    id: check.id,
    weight,
    baseline: { kind: baseline.kind, reason: baseline.reason, exit: baseline.exitCode },
    ...(nullPatch === null ? {} : { nullPatch: said(nullPatch) }),
    exits: candidate.map(({ exitCode }) => exitCode),
    ...(last?.counts ? { counts: countsOf(last.counts) } : {}),
    ...(last === undefined ? {} : { durationMs: Math.round(last.durationMs), output: last.outputDigest.slice(0, 16) }),
  };
}

function said({ outcome, reason, exitCode }: CheckResult) {
  return { outcome, reason, exit: exitCode };
}

function countsOf({ runner, executed, failed, skipped }: NonNullable<CheckResult['counts']>) {
  return { runner, executed, failed, skipped };
}

function quoteOf({ n, status, evidence }: NonNullable<PassedVerdict['review']>['criteria'][number]) {
  const quote = evidence === null ? null : sha256(evidence.quote).slice(0, 16);
  return { n, status, path: evidence?.path ?? null, line: evidence?.line ?? null, quote };
}
