import { broken, crashPoint } from '../host/crash-point.ts';
import { setPasses } from '../prd/edit.ts';
import type { Problem } from '../problem.ts';
import type { EmitEvent, EventData } from '../run/events.ts';
import type { PassedVerdict } from '../verify/verdict.ts';
import type { Checkout, Identity, Oid, TreeEdit, Vault } from '../workspace/workspace.ts';
import type { EvidenceFile } from './evidence.ts';
import { followCheckout } from './follow.ts';
import { type LandingMessage, landingMessage } from './landing-message.ts';

export interface LandDeps {
  readonly vault: Vault;
  readonly checkout: Checkout;
  readonly emit: EmitEvent;
}

/** A branch and its tip; null when it does not exist yet. */
export interface Branch {
  readonly name: string;
  readonly tip: Oid | null;
}

export interface Landing extends Omit<LandingMessage, 'story' | 'evidence'> {
  /** The only key: nothing lands without a verdict that passed. */
  readonly verdict: PassedVerdict;
  readonly attempt: number;
  /** Path of the PRD, relative to the git root. */
  readonly prdPath: string;
  readonly candidate: Oid;
  /** Commit that the candidate was merged onto and judged on. */
  readonly head: Oid;
  readonly evidence: EvidenceFile;
  /** Where stories land. */
  readonly target: Branch;
  /** Where they land when the checkout cannot follow the target without losing an edit; null lands nowhere then. */
  readonly aside: () => Promise<Branch | null>;
  readonly author: Identity | null;
}

/**
 * `landed`: on `branch`, as one commit. `flipped: false` means that the PRD is not tracked there and has to be flipped on
 * disk. `lost`: somebody moved the branch; build the candidate again. `cannot-follow`: nothing happened.
 */
export type Landed =
  | {
      readonly kind: 'landed';
      readonly branch: string;
      readonly commit: Oid;
      readonly flipped: boolean;
      readonly followed: 'followed' | 'left';
    }
  | { readonly kind: 'lost'; readonly branch: string; readonly head: Oid | null }
  | { readonly kind: 'cannot-follow'; readonly branch: string }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Puts a passed story on its branch: code, evidence and flip as one commit, by compare-and-swap. */
export async function land(landing: Landing, deps: LandDeps): Promise<Landed> {
  const made = await landingCommit(landing, deps.vault);
  if (made.kind === 'refused') return made;
  crashPoint('land.after-commit');
  const [branch] = await Promise.all([
    chooseBranch(landing, made.commit, deps.checkout),
    deps.checkout.bring(landing.head, made.commit),
  ]);
  if (branch === null) return { kind: 'cannot-follow', branch: landing.target.name };
  return moveTo(branch, made, landing, deps);
}

type Made = { readonly kind: 'made'; readonly commit: Oid; readonly flipped: boolean };

/** The candidate with its evidence and the flip, on the head. Made again from the same input it differs in its time alone. */
async function landingCommit(
  landing: Landing,
  vault: Vault,
): Promise<Made | { readonly kind: 'refused'; readonly problem: Problem }> {
  const { verdict, prdPath, head, candidate, evidence, author } = landing;
  const before = await vault.read(head, prdPath);
  const flip = before === null ? null : setPasses(before, prdPath, verdict.story, true);
  if (flip?.kind === 'refused') return flip;
  const edits: TreeEdit[] = [...evidenceEdits(evidence, await vault.read(head, attributesPath))];
  if (flip !== null) edits.push({ path: prdPath, kind: 'text', text: flip.text });
  const message = landingMessage({ ...landing, story: verdict.story, evidence: evidence.path });
  const commit = await vault.commit({ tree: candidate, edits, parents: [head], message, author });
  return { kind: 'made', commit, flipped: flip !== null };
}

const attributesPath = '.prd/.gitattributes';
const attributesLine = 'evidence/** linguist-generated=true\n';

function evidenceEdits({ path, text }: EvidenceFile, attributes: string | null): readonly TreeEdit[] {
  const edit: TreeEdit = { path, kind: 'text', text };
  return attributes === null ? [edit, { path: attributesPath, kind: 'text', text: attributesLine }] : [edit];
}

async function chooseBranch({ target, aside, head }: Landing, commit: Oid, checkout: Checkout): Promise<Branch | null> {
  return (await checkout.canFollow(target.name, target.tip ?? head, commit)) ? target : aside();
}

async function moveTo(
  { name, tip }: Branch,
  { commit, flipped }: Made,
  landing: Landing,
  deps: LandDeps,
): Promise<Landed> {
  const { verdict, attempt, head, evidence } = landing;
  const from = tip ?? head;
  const about = { story: verdict.story, attempt, branch: name, from };
  // The commit stands on the head alone: on any other tip it would undo what came in between.
  if (from !== head) return lost(about, tip, deps);
  const intend = () => deps.emit({ type: 'landing.intent', data: { ...about, commit } });
  const late = __PRD_TEST__ && broken('intent-late');
  if (!late) await intend();
  crashPoint('land.after-intent');
  if ((await deps.checkout.moveBranch(name, tip, commit)) === 'lost') {
    return lost(about, await deps.checkout.tip(name), deps);
  }
  if (late) await intend();
  const data = { ...about, commit, strength: verdict.strength, evidence: evidence.path };
  crashPoint('land.before-done');
  await deps.emit({ type: 'landing.done', data });
  return {
    kind: 'landed',
    branch: name,
    commit,
    flipped,
    followed: await followCheckout({ branch: name, from, to: commit }, deps),
  };
}

async function lost(
  about: Omit<EventData<'landing.lost'>, 'head'>,
  now: Oid | null,
  { emit }: LandDeps,
): Promise<Landed> {
  await emit({ type: 'landing.lost', data: { ...about, head: now ?? about.from } });
  return { kind: 'lost', branch: about.branch, head: now };
}
