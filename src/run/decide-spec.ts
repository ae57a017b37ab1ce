import type { AttemptEnd } from '../agent/implementer.ts';
import { crashPoint } from '../host/crash-point.ts';
import { refineWanted, whoBuilds } from '../spec/dispatch.ts';
import { splitFigures } from '../spec/economics.ts';
import { readOverlay, writeOverlay } from '../spec/overlay.ts';
import { refineStories } from '../spec/refine.ts';
import type { Refinement } from '../spec/refinement.ts';
import type { EventData } from './events.ts';
import type { StoryRun } from './story-run.ts';

export type Decision = Omit<EventData<'spec.decided'>, 'story' | 'dropped'> & { readonly dropped: readonly string[] };

export interface Decided {
  readonly decision: Decision;
  readonly refinement: Refinement | null;
}

type Deciding = Pick<StoryRun, 'planned' | 'request' | 'deps' | 'prompt' | 'base'>;

/** Is a delegated story ready as it is written, or does the orchestrator make it so, or take it? Says nothing by itself. */
export async function decideSpec(run: Deciding): Promise<Decided | { readonly end: AttemptEnd }> {
  const { planned, request } = run;
  const { story, role } = planned;
  const { verdict } = request.readiness.of(story);
  const recommends = verdict === 'keep' ? 'orchestrator' : role;
  const asWritten = { refined: false, reused: false, builder: role, recommends, dropped: [] } as const;
  const wanted = refineWanted({ mode: request.refine, role, readiness: verdict, figures: figuresOf(run) });
  const { orchestrator } = run.prompt;
  if (wanted.choice === 'as written' || orchestrator === null) {
    const because = wanted.choice === 'as written' ? wanted.because : 'nobody is there to refine it';
    return { decision: { ...asWritten, because }, refinement: null };
  }
  const kept = await readOverlay(run.deps.texts, story, { vault: run.deps.vault, commit: run.base });
  if (kept !== null) {
    const decision = { ...asWritten, refined: true, reused: true, because: wanted.because };
    return { decision: withRoute(decision, kept, run), refinement: kept };
  }
  return askForIt(run, orchestrator, { ...asWritten, because: wanted.because });
}

async function askForIt(
  run: Deciding,
  orchestrator: NonNullable<Deciding['prompt']['orchestrator']>,
  decision: Decision,
): Promise<Decided | { readonly end: AttemptEnd }> {
  const { deps, planned, request, base } = run;
  const { story } = planned;
  const readiness = request.readiness.of(story);
  const order = {
    stories: [{ story, reasons: readiness.reasons.map(({ message }) => message) }],
    prd: request.prd,
    commit: base,
    judge: (now: typeof story) => request.readiness.open(now, story),
  };
  const result = await refineStories(order, orchestrator, deps.vault);
  crashPoint('plan.after-refine');
  if (result.kind === 'stopped') return { end: result.end };
  const [made] = result.stories;
  if (made === undefined) throw new Error(`nothing came of refining ${story.id}`);
  const { choice: builder, because } = whoBuilds(made, readiness.verdict);
  if (made.kind === 'unrefined') return { decision: { ...decision, builder, because }, refinement: null };
  const { refinement } = made;
  if (builder === 'delegate') await writeOverlay(deps.texts, story, refinement, { vault: deps.vault, commit: base });
  const said = builder === 'delegate' ? decision.because : because;
  return {
    decision: withRoute({ ...decision, refined: true, builder, because: said, dropped: made.dropped }, refinement, run),
    refinement,
  };
}

/** What the refinement recommends is obeyed only if the user asked for that. */
function withRoute(decision: Decision, { route, reason }: Refinement, { request }: Deciding): Decision {
  if (route === 'delegate') return decision;
  const builder = request.upgrade ? 'orchestrator' : decision.builder;
  return { ...decision, recommends: 'orchestrator', builder, because: reason === '' ? decision.because : reason };
}

/** What refining and reviewing would cost against what they protect, from the tokens of this run so far. */
export function figuresOf({ deps, planned }: Pick<StoryRun, 'deps' | 'planned'>) {
  const models = { orchestrator: deps.entry(deps.roles.orchestrator), delegate: deps.entry(planned.model) };
  return splitFigures(models, deps.ledger.observed());
}
