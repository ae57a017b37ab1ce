import type { PlannedStory } from '../plan/plan.ts';
import type { Prd } from '../prd/prd.ts';
import { type CoachingNote, coachingPath, parseCoaching } from '../spec/coaching.ts';
import { usableNotes } from '../spec/coaching-troubles.ts';
import type { Orchestrator } from '../spec/orchestrator.ts';
import { sharedPrompt } from '../spec/shared-prompt.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { RunDeps, RunRequest } from './deps.ts';
import type { Lessons } from './lessons.ts';
import type { Target } from './target.ts';

/** What every request of a group of stories begins with, and who answers questions behind it. */
export interface Prompt {
  readonly shared: string;
  /** Every coaching note when the group began; those for all files stand in `shared`. */
  readonly notes: readonly CoachingNote[];
  readonly orchestrator: Orchestrator | null;
}

export type Prompts = (planned: PlannedStory) => Promise<Prompt>;

/**
 * One snapshot per phase and role: a prefix that changed with every landing would never be read from the cache. What was
 * learned by then goes into the coaching file first, so that every later spec carries it.
 */
export function openPrompts(request: RunRequest, deps: RunDeps, target: Target, lessons: Lessons): Prompts {
  const known = new Map<string, Promise<Prompt>>();
  return ({ phase, role }) => {
    const key = `${phase} ${role}`;
    const prompt = known.get(key) ?? takePrompt(request, deps, target, lessons);
    known.set(key, prompt);
    return prompt;
  };
}

async function takePrompt(request: RunRequest, deps: RunDeps, target: Target, lessons: Lessons): Promise<Prompt> {
  await lessons.settle();
  return promptAt(await target.head(), request.prd, deps);
}

/** The prompt as it is at a commit. */
export async function promptAt(commit: Oid, prd: Prd, deps: Pick<RunDeps, 'vault' | 'orchestrator'>): Promise<Prompt> {
  const notes = usableNotes(parseCoaching((await deps.vault.read(commit, coachingPath)) ?? ''));
  const general = notes.filter(({ scope }) => scope === '**').map(({ text }) => `- ${text}`);
  const shared = await sharedPrompt(deps.vault, commit, prd, general.join('\n'));
  return { shared, notes, orchestrator: deps.orchestrator?.(shared) ?? null };
}
