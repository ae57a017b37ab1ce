import type { PlannedStory } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import type { StoryOutcome } from './deps.ts';
import type { EventData } from './events.ts';
import type { Halt } from './story-run.ts';

export interface RunFacts {
  readonly selected: readonly PlannedStory[];
  readonly outcomes: readonly StoryOutcome[];
  readonly halt: Halt | null;
  /** Stories that passed and do not any more. */
  readonly revoked: readonly string[];
  /** Problems that stopped single stories. */
  readonly problems: readonly Problem[];
}

/** Why the run ended. */
export function runReason({ outcomes, halt, revoked }: RunFacts): EventData<'run.finished'>['reason'] {
  if (halt !== null) return halt.kind;
  return outcomes.length + revoked.length === 0 ? 'nothing-to-do' : 'done';
}

/**
 * The exit code, from final verdicts alone; unknown is never 0. The highest of 1 to 7 wins, an interrupt overrides all. A
 * story that used up its attempts or races in this run is a limit (3); what was blocked before is a plain no (1).
 */
export function runExit(facts: RunFacts, exitOf: (problem: Problem) => number): number {
  const { selected, outcomes, halt, revoked, problems } = facts;
  if (halt?.kind === 'interrupted') return 130;
  const settled = new Map(outcomes.map((outcome) => [outcome.story, outcome]));
  const codes = selected.map(({ story, state }) => (state.kind === 'passes' ? 0 : storyExit(settled.get(story.id))));
  const stopped = halt?.kind === 'limit' ? [3] : [];
  const broken = [...problems, ...(halt?.kind === 'problem' ? [halt.problem] : [])].map(exitOf);
  return Math.max(revoked.length > 0 ? 1 : 0, ...codes, ...stopped, ...broken);
}

function storyExit(outcome: StoryOutcome | undefined): number {
  if (outcome === undefined) return 1;
  if (outcome.outcome === 'passes') return 0;
  if (outcome.outcome === 'blocked') return blockedExit(outcome);
  // Overtaken as often as one run allows: the next one goes on.
  return outcome.verdict === 'conflict' ? 3 : 1;
}

function blockedExit({ verdict, attempts }: StoryOutcome): number {
  if (verdict === 'tampered') return 7;
  const spent = attempts > 0 && verdict !== 'needs-person' && verdict !== 'blocked';
  return spent ? 3 : 1;
}
