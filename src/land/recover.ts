import type { EventData } from '../run/events.ts';
import type { Oid } from '../workspace/workspace.ts';
import { readEvidence } from './evidence.ts';
import { followCheckout } from './follow.ts';
import type { LandDeps } from './land.ts';

/** `adopted`: it had landed. `redone`: it had not, and has now. `lost`: the branch is elsewhere; build the candidate again. */
export type Recovered = { readonly kind: 'adopted' | 'redone' | 'lost'; readonly commit: Oid };

/**
 * Finishes a landing that a crash cut off after its intent was written. Looks at the branch and assumes nothing; calling it
 * twice is harmless. Rejects with `objects-missing` when the vault does not have the commit any more.
 */
export async function recoverLanding(intent: EventData<'landing.intent'>, deps: LandDeps): Promise<Recovered> {
  const { branch, from, commit } = intent;
  const tip = await deps.checkout.tip(branch);
  const pass = await passIn(intent, deps.vault);
  // A commit without evidence of the story is no landing of ours, whatever the journal says.
  if (pass === null) return lose(intent, tip, deps);
  if (tip !== null && (await holds(tip, commit, deps))) return adopt(intent, pass, deps);
  if (tip !== null && tip !== from) return lose(intent, tip, deps);
  // It was verified on `from`, and `from` is where the branch still stands: the same swap as before is safe.
  if ((await deps.checkout.moveBranch(branch, tip, commit)) === 'lost')
    return lose(intent, await deps.checkout.tip(branch), deps);
  await done(intent, pass, deps);
  await followCheckout({ branch, from, to: commit }, deps);
  return { kind: 'redone', commit };
}

async function holds(tip: Oid, commit: Oid, { vault }: LandDeps): Promise<boolean> {
  if (tip === commit) return true;
  await vault.keep(tip);
  return vault.contains(tip, commit);
}

async function adopt(intent: EventData<'landing.intent'>, pass: Pass, deps: LandDeps): Promise<Recovered> {
  const { story, branch, from, commit } = intent;
  await deps.emit({
    type: 'adopted',
    data: { what: 'landing', story, detail: `${commit.slice(0, 12)} is on ${branch}` },
  });
  await done(intent, pass, deps);
  const checkout = await deps.checkout.recoverFollow(branch, from, commit);
  const how = checkout.kind === 'clean' ? 'followed' : 'left';
  await deps.emit({ type: 'follow.done', data: { branch, to: commit, how } });
  if (checkout.kind === 'kept-edits') {
    const message = `kept your edits in ${checkout.paths.slice(0, 5).join(', ')}`;
    await deps.emit({ type: 'warning', data: { code: 'kept-edits', message, story } });
  }
  return { kind: 'adopted', commit };
}

async function lose(intent: EventData<'landing.intent'>, tip: Oid | null, deps: LandDeps): Promise<Recovered> {
  const { story, attempt, branch, from, commit } = intent;
  await deps.emit({ type: 'landing.lost', data: { story, attempt, branch, from, head: tip ?? from } });
  return { kind: 'lost', commit };
}

async function done(intent: EventData<'landing.intent'>, pass: Pass, { emit }: LandDeps): Promise<void> {
  const { story, attempt, branch, from, commit } = intent;
  await emit({ type: 'landing.done', data: { story, attempt, branch, from, commit, ...pass } });
}

type Pass = Pick<EventData<'landing.done'>, 'evidence' | 'strength'>;

/** What the landing is worth stands in its own evidence: the commit is the one truth. */
async function passIn(
  { from, commit, story }: EventData<'landing.intent'>,
  vault: LandDeps['vault'],
): Promise<Pass | null> {
  const changes = await vault.changes(from, commit);
  for (const { path } of changes.filter((change) => change.path.startsWith('.prd/evidence/'))) {
    const read = readEvidence((await vault.read(commit, path)) ?? '');
    const prd = read.kind === 'read' ? read.evidence.predicate.prd : null;
    if (prd?.story.id === story) return { evidence: path, strength: prd.strength };
  }
  return null;
}
