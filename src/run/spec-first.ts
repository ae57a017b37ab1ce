import type { AttemptEnd } from '../agent/implementer.ts';
import type { Role } from '../plan/plan.ts';
import { modelChecks, refinedStory } from '../spec/refined-story.ts';
import type { Refinement } from '../spec/refinement.ts';
import { decideSpec } from './decide-spec.ts';
import { onBase } from './on-base.ts';
import type { StoryRun } from './story-run.ts';

export type SpecFirst =
  | { readonly kind: 'ready'; readonly run: StoryRun }
  /** The orchestrator could not be asked, for money, a provider or an interruption. */
  | { readonly kind: 'stopped'; readonly end: AttemptEnd };

/** Before a delegate starts its story: is it ready as it is written, or does the orchestrator make it so, or take it? */
export async function specFirst(run: StoryRun): Promise<SpecFirst> {
  if (run.planned.role === 'orchestrator') return { kind: 'ready', run };
  await run.ahead.settled(run.story.id);
  const decided = await decideSpec(run);
  if ('end' in decided) return { kind: 'stopped', end: decided.end };
  const { decision, refinement } = decided;
  await run.deps.emit({
    type: 'spec.decided',
    data: { story: run.planned.story.id, ...decision, dropped: [...decision.dropped] },
  });
  return { kind: 'ready', run: await refined(builtBy(run, decision.builder), refinement) };
}

function builtBy(run: StoryRun, builder: Role): StoryRun {
  if (builder === run.planned.role) return run;
  return { ...run, planned: { ...run.planned, role: builder, model: run.deps.roles[builder] } };
}

/** With the checks that the refinement adds, as far as they can tell anything at all. */
async function refined(run: StoryRun, refinement: Refinement | null): Promise<StoryRun> {
  if (refinement === null) return run;
  const { story } = run.planned;
  const now = { ...run, refinement, story: refinedStory(story, refinement) };
  const added = run.request.addedChecks ? modelChecks(story, refinement) : [];
  if (added.length === 0) return now;
  const measured = await onBase({ ...now, checks: [...run.checks, ...added] }, run.base);
  const usable = measured.baselines.filter(
    ({ check, kind }) => check.origin === 'story' || (kind !== 'invalid' && kind !== 'flaky'),
  );
  return { ...measured, checks: usable.map(({ check }) => check), baselines: usable };
}
