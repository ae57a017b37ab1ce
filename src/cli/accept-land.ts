import picomatch from 'picomatch';
import { systemClock } from '../host/clock.ts';
import { type EvidenceFile, evidenceOf } from '../land/evidence.ts';
import { type Landed, land } from '../land/land.ts';
import type { Story } from '../prd/prd.ts';
import { storyChecks } from '../prd/story-checks.ts';
import type { EmitEvent } from '../run/events.ts';
import { asideBranch } from '../run/target.ts';
import { filesJudging } from '../verify/command-paths.ts';
import type { Identity, Oid } from '../workspace/workspace.ts';
import type { AcceptedStory } from './accept-judge.ts';
import type { Prepared } from './prepare-run.ts';
import type { CheckBench } from './run-checks.ts';
import { version } from './version.ts';

export interface AcceptLanding {
  readonly run: string;
  readonly accepted: readonly AcceptedStory[];
  readonly author: Identity;
  readonly setup: CheckBench['setup'];
  readonly sandbox: CheckBench['sandbox'];
  readonly startedAt: Date;
}

export interface LandedAcceptance {
  readonly landed: Landed;
  /** Path of each story's evidence. */
  readonly evidence: ReadonlyMap<string, string>;
}

/** Puts the evidence of accepted stories on their branch as one commit, by the landing that every story takes. */
export async function landAccepted(
  landing: AcceptLanding,
  prepared: Prepared,
  emit: EmitEvent,
): Promise<LandedAcceptance> {
  const { open, base, prdPath, startBranch } = prepared;
  const { checkout, vault } = open;
  const { run, accepted, author } = landing;
  const evidence = await evidenceFiles(landing, prepared);
  const [last, file] = [accepted.at(-1), evidence.at(-1)];
  if (last === undefined || file === undefined) throw new Error('nothing was accepted');
  const aside = asideBranch(run);
  const landed = await land(
    {
      verdict: last.verdict,
      // Nobody tried anything: attempts count from 1.
      attempt: 0,
      run,
      title: last.story.title,
      subject: accepted.length === 1 ? 'Accept {id}: {title}' : `Accept ${accepted.length} stories`,
      prdPath,
      candidate: await withEvidence(prepared, evidence.slice(0, -1)),
      head: base,
      evidence: file,
      target: { name: startBranch, tip: await checkout.tip(startBranch) },
      aside: async () => (startBranch === aside ? null : { name: aside, tip: await checkout.tip(aside) }),
      author,
    },
    { vault, checkout, emit },
  );
  return { landed, evidence: new Map(accepted.map(({ story }, index) => [story.id, evidence[index]?.path ?? ''])) };
}

/** The base with the evidence of all but the last story: a landing brings one of its own. */
async function withEvidence({ open: { vault }, base }: Prepared, files: readonly EvidenceFile[]): Promise<Oid> {
  if (files.length === 0) return base;
  const edits = files.map(({ path, text }) => ({ path, kind: 'text', text }) as const);
  return vault.commit({ tree: base, edits, parents: [base], message: 'candidate' });
}

async function evidenceFiles(
  { accepted, setup, sandbox, startedAt }: AcceptLanding,
  { open: { vault, hiding }, base, prdPath }: Prepared,
): Promise<readonly EvidenceFile[]> {
  const blobs = await vault.blobs(base, await vault.paths(base));
  const allFiles = new Map([...blobs].map(([path, { blob }]) => [path, blob]));
  const tree = await vault.treeOf(base);
  const finishedAt = systemClock.now();
  return accepted.map(({ story, verdict, policy }) =>
    evidenceOf({
      verdict,
      story,
      prdPath,
      base,
      tree,
      files: boundFiles(story, allFiles),
      allFiles,
      policy,
      regression: [],
      setup: setup.dir === null ? null : setup.digest,
      attempts: [],
      sandbox,
      tools: { prd: version, node: process.version },
      startedAt,
      finishedAt,
      hide: hiding.text,
    }),
  );
}

/** Nobody knows what the story changed: its scope and the files that judge it stand for that. */
function boundFiles(story: Story, files: ReadonlyMap<string, Oid>): ReadonlyMap<string, Oid> {
  const judging = new Set(storyChecks(story).flatMap(({ run, cwd }) => filesJudging(run, cwd)));
  const inScope = story.files.length === 0 ? () => false : picomatch([...story.files], { dot: true });
  return new Map([...files].filter(([path]) => judging.has(path) || inScope(path)));
}
