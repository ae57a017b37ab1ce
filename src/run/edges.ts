import type { PlannedStory } from '../plan/plan.ts';
import type { RunDeps, RunRequest } from './deps.ts';
import { type RunFacts, runReason } from './exit.ts';
import type { Total } from './ledger.ts';
import { waitingStories } from './waiting.ts';

/** The first event of a run: what it is about to do, with what, and how far it may go. */
export async function emitStart(request: RunRequest, deps: RunDeps): Promise<void> {
  const { run, prdVersion, prdPath, branch, limits, plan, scripted } = request;
  const attempts = limits.delegateAttempts + limits.orchestratorAttempts.takeOver;
  const { runCostUsd: maxCostUsd, runTokens: maxTokens, runWallMs: wallMs } = limits;
  const stories = plan.stories.map(({ story, role, model, state, wave }) => {
    return { story: story.id, title: story.title, role, model, state: state.kind, detail: detailOf(state), wave };
  });
  const base = (await deps.checkout.tip(request.startBranch)) ?? deps.repository.head;
  const about = { run, prdVersion, file: prdPath, branch, base, scripted, stories };
  const means = { implementer: deps.implementer.name, sandbox: deps.sandbox };
  const data = { ...about, ...means, limits: { attempts, maxCostUsd, maxTokens, wallMs } };
  await deps.emit({ type: 'run.started', data });
}

export interface RunEnd {
  readonly exitCode: number;
  /** Branch that the user has to merge, or null. */
  readonly toMerge: string | null;
  readonly total: Total;
  readonly durationMs: number;
}

/** The last events of a run: what stopped it, then how it ended. */
export async function emitEnd({ run, plan }: RunRequest, deps: RunDeps, facts: RunFacts, end: RunEnd): Promise<void> {
  const { selected, outcomes, halt, revoked, problems } = facts;
  const stopping = halt?.kind === 'problem' ? [...problems, halt.problem] : problems;
  for (const problem of stopping) await deps.emit({ type: 'problem', data: { problem: { ...problem }, story: null } });
  const holds = (story: string): boolean => !revoked.includes(story);
  const passes = outcomes.filter(({ outcome, story }) => outcome === 'passes' && holds(story)).length;
  const before = selected.filter(({ state, story }) => state.kind === 'passes' && holds(story.id)).length;
  const blocked = outcomes.filter(({ outcome }) => outcome === 'blocked').map(({ story }) => story);
  await deps.emit({
    type: 'run.finished',
    data: {
      run,
      reason: runReason(facts),
      exitCode: end.exitCode,
      passes: before + passes,
      selected: selected.length,
      total: plan.stories.length,
      needsYou: [...blocked, ...revoked],
      ...end.total,
      durationMs: end.durationMs,
      mergeBranch: end.toMerge,
      waiting: waitingStories({ ...facts, plan: plan.stories }),
    },
  });
}

function detailOf(state: PlannedStory['state']): string | null {
  switch (state.kind) {
    case 'blocked':
      return state.reason;
    case 'waits':
      return state.for.join(', ');
    case 'on-hold':
      return state.word;
    case 'unprovable':
      return state.unresolved.join(', ');
    case 'ready':
    case 'passes':
    case 'not-selected':
      return null;
    default:
      return state satisfies never;
  }
}
