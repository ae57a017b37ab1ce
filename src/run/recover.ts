import { recoverLanding } from '../land/recover.ts';
import { attemptRef } from './attempt-ref.ts';
import type { RunDeps } from './deps.ts';
import type { EmitEvent, EventData } from './events.ts';
import type { LooseEnds } from './state.ts';

/**
 * Looks up in the world what a killed run left half-way: its processes are ended, its landings adopted or done again, the
 * checkout brought to where its branch is, its workspaces stored. Nothing is assumed, and doing it twice is harmless.
 * Returns the landings that stand now, those that had to be done again included.
 */
export async function recoverLooseEnds(loose: LooseEnds, deps: RunDeps): Promise<readonly EventData<'landing.done'>[]> {
  for (const marker of new Set(loose.attempts.map((attempt) => attempt.marker))) await deps.sweepMarker(marker);
  const landed: EventData<'landing.done'>[] = [];
  const emit: EmitEvent = async (event) => {
    if (event.type === 'landing.done') landed.push(event.data);
    await deps.emit(event);
  };
  for (const landing of loose.landings) await recoverLanding(landing, { ...deps, emit });
  for (const follow of loose.follows) await recoverFollow(follow, deps);
  for (const attempt of loose.attempts) await storeAttempt(attempt, deps);
  await deps.trees.sweep();
  return landed;
}

async function recoverFollow({ branch, from, to }: EventData<'follow.intent'>, deps: RunDeps): Promise<void> {
  const recovered = await deps.checkout.recoverFollow(branch, from, to);
  if (recovered.kind === 'kept-edits') {
    const paths = recovered.paths.slice(0, 5).join(', ');
    const message = `your edits are kept, so the checkout differs from ${branch} in ${paths}`;
    await deps.emit({ type: 'warning', data: { code: 'kept-edits', message, story: null } });
  }
  await deps.emit({ type: 'follow.done', data: { branch, to, how: recovered.kind === 'clean' ? 'followed' : 'left' } });
}

/** The attempt starts again from the base; what it had made so far is kept in the vault and can be looked at. */
async function storeAttempt(attempt: EventData<'attempt.started'>, deps: RunDeps): Promise<void> {
  const { story, workspace, base } = attempt;
  const ref = attemptRef(story, attempt.attempt);
  let snapshot = await deps.vault.ref(ref);
  if (await deps.folderExists(workspace)) {
    const message = `${story}: attempt ${attempt.attempt}, cut off`;
    snapshot = (await deps.vault.snapshot({ dir: workspace, base }, ref, message)).commit ?? snapshot;
  }
  const about = { story, attempt: attempt.attempt };
  const end = { end: 'aborted', detail: 'prd was killed', snapshot, turns: 0, durationMs: 0 };
  await deps.emit({ type: 'attempt.finished', data: { ...about, ...end } });
  const detail = `attempt ${attempt.attempt} was cut off and starts again`;
  await deps.emit({ type: 'adopted', data: { what: 'attempt', story, detail } });
}
