import type { Prd, Story } from '../prd/prd.ts';
import { storyChecks } from '../prd/story-checks.ts';
import type { Check, SandboxLevel } from '../verify/check.ts';
import type { Strength } from '../verify/verdict.ts';
import type { Evidence } from './evidence.ts';
import { type EvidenceFolder, evidenceFor, readEvidenceFolder, type StoryEvidence } from './gate-evidence.ts';
import { type HeadFiles, staleFiles } from './gate-files.ts';
import { type GateFinding, sayFinding } from './gate-finding.ts';

/** A check of a passing story that is not green any more. */
export type NotGreen = Omit<Extract<GateFinding, { code: 'not-green' }>, 'code'>;

export interface GateInput {
  /** The document as it is checked out, `passes` included. */
  readonly prd: Prd;
  readonly head: HeadFiles;
  /** Text of every file below `.prd/evidence/`, by path. */
  readonly evidence: ReadonlyMap<string, string>;
  /** Checks that were run again and are not green; absent when nothing was run. */
  readonly rerun?: readonly NotGreen[];
  /** Stories whose checks were run again: what the files were when they passed is no matter then. */
  readonly reran?: ReadonlySet<string>;
  /** The document at the merge base, or null when nothing is compared. */
  readonly base: Prd | null;
  readonly rules: GateRules;
}

export interface GateRules {
  /** Ids of the stories to judge; null judges all. */
  readonly stories: ReadonlySet<string> | null;
  /** Every selected story must pass. */
  readonly allPass: boolean;
  /** Share of the selected stories that must pass, in percent; null asks for none. */
  readonly minPercent: number | null;
  readonly require: Exclude<Strength, 'accepted'> | null;
  readonly requireSandbox: SandboxLevel | null;
  /** Warnings count as errors. */
  readonly strict: boolean;
}

export interface GateReport {
  /** Of the selected stories, in document order; findings about the comparison come last. */
  readonly findings: readonly GateFinding[];
  /** Stories whose pass holds, with what it is worth. */
  readonly valid: ReadonlyMap<string, Strength>;
  readonly selected: number;
  readonly exit: 0 | 1 | 6 | 7;
}

/**
 * Holds every claim that a story passes against its evidence. Pure, runs nothing, reads no history: a shallow clone and a
 * squash merge check the same. Stories that are still false are no finding unless all must pass.
 */
export function checkPrd({ prd, head, evidence, rerun = [], reran = new Set(), base, rules }: GateInput): GateReport {
  const selected = prd.stories.filter(({ id }) => rules.stories?.has(id) ?? true);
  const shown = shownBy(prd, readEvidenceFolder(evidence));
  const judged = selected.map((story) => withRerun(judgeStory(story, shown.get(story.index), rules), rerun));
  const valid = new Map(
    judged.flatMap(({ story, evidence: held }) => (held === null ? [] : [[story.id, held] as const])),
  );
  const findings = [
    ...judged.flatMap((each) => each.findings),
    ...staleFiles(validOf(shown), head).filter(({ story }) => story !== null && valid.has(story) && !reran.has(story)),
    ...tooFew(valid.size, selected.length, rules),
    ...(base === null ? [] : comparedWith(base, prd)),
  ];
  const strengths = new Map([...valid].map(([id, held]) => [id, held.predicate.prd.strength]));
  return { findings, valid: strengths, selected: selected.length, exit: exitOf(findings, rules) };
}

interface JudgedStory {
  readonly story: Story;
  readonly findings: readonly GateFinding[];
  /** Evidence that holds; null when the story is false or its claim does not hold. */
  readonly evidence: Evidence | null;
}

/** What shows each claim, by the index of its story: of all stories, since a later one may cover the files of an earlier one. */
function shownBy({ stories }: Prd, folder: EvidenceFolder): ReadonlyMap<number, StoryEvidence> {
  const claims = stories.filter(({ passes }) => passes);
  return new Map(claims.map((story) => [story.index, evidenceFor(story, folder)]));
}

function validOf(shown: ReadonlyMap<number, StoryEvidence>): readonly Evidence[] {
  return [...shown.values()].flatMap((found) => (found.kind === 'valid' ? [found.evidence] : []));
}

function judgeStory(story: Story, found: StoryEvidence | undefined, rules: GateRules): JudgedStory {
  if (found === undefined) {
    return { story, evidence: null, findings: rules.allPass ? [{ code: 'not-passing', story: story.id }] : [] };
  }
  if (found.kind === 'finding') return { story, evidence: null, findings: [found.finding] };
  return { story, evidence: found.evidence, findings: weaknesses(story, found.evidence, rules) };
}

/** Whatever is written, a pass whose check is not green does not hold. */
function withRerun(judged: JudgedStory, rerun: readonly NotGreen[]): JudgedStory {
  const red = rerun.filter(({ story }) => judged.story.passes && story === judged.story.id);
  if (red.length === 0) return judged;
  const findings = red.map((one) => ({ code: 'not-green', ...one }) as const);
  return { ...judged, evidence: null, findings: [...judged.findings, ...findings] };
}

const strengths: readonly Strength[] = ['accepted', 'reviewed', 'proven'];
const sandboxes: readonly SandboxLevel[] = ['none', 'guard', 'os'];

function weaknesses(
  { id }: Story,
  { predicate: { prd } }: Evidence,
  { require, requireSandbox }: GateRules,
): readonly GateFinding[] {
  const found: GateFinding[] = [];
  if (require !== null && strengths.indexOf(prd.strength) < strengths.indexOf(require)) {
    found.push({ code: 'weaker-than-required', story: id, found: prd.strength, required: require });
  }
  if (requireSandbox !== null && sandboxes.indexOf(prd.sandbox) < sandboxes.indexOf(requireSandbox)) {
    found.push({ code: 'sandbox-too-weak', story: id, found: prd.sandbox, required: requireSandbox });
  }
  return found;
}

/** Nothing selected is not everything passing. */
function tooFew(passing: number, total: number, { minPercent, allPass }: GateRules): readonly GateFinding[] {
  const percent = minPercent ?? (allPass && total === 0 ? 100 : null);
  if (percent === null || (total > 0 && passing * 100 >= percent * total)) return [];
  return [{ code: 'too-few', story: null, passing, total, percent }];
}

/** What the change took away: a story, or a check of one that stayed. */
function comparedWith(base: Prd, prd: Prd): readonly GateFinding[] {
  const now = new Map(prd.stories.map((story) => [story.id, story]));
  return base.stories.flatMap((before): readonly GateFinding[] => {
    const after = now.get(before.id);
    if (after === undefined) return [{ code: 'story-removed', story: before.id, passed: before.passes }];
    const kept = new Set(storyChecks(after).map(demand));
    const gone = storyChecks(before).filter((check) => !kept.has(demand(check)));
    return gone.length === 0 ? [] : [{ code: 'check-weakened', story: before.id, runs: gone.map(({ run }) => run) }];
  });
}

/** What a check asks for. More or less time for it is no weaker. */
function demand({ run, cwd, expect }: Check): string {
  return JSON.stringify([run, cwd, expect.exit, expect.output]);
}

function exitOf(findings: readonly GateFinding[], { strict }: GateRules): GateReport['exit'] {
  let worst: GateReport['exit'] = 0;
  for (const finding of findings) {
    const { severity, exit } = sayFinding(finding);
    if ((severity === 'error' || strict) && exit > worst) worst = exit;
  }
  return worst;
}
