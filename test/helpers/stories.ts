import type { PlannedState, PlannedStory, Role, Roster } from '../../src/plan/plan.ts';
import type { Criterion, Story } from '../../src/prd/prd.ts';
import type { StoryOutcome } from '../../src/run/deps.ts';

/** A story with one verify command, for tests that care about one or two fields. */
export function aStory(id: string, fields: Partial<Story> = {}): Story {
  return {
    id,
    hasId: true,
    index: 0,
    title: `Story ${id}`,
    description: '',
    implementModel: null,
    criteria: [commandCriterion('npm test')],
    priority: null,
    dependsOn: [],
    phase: null,
    files: [],
    owns: [],
    passes: false,
    onHold: null,
    notes: '',
    disables: [],
    complexity: null,
    path: ['userStories', fields.index ?? 0],
    ...fields,
  };
}

export function commandCriterion(run: string): Criterion {
  const command = { run, expect: { exit: 0, output: null }, cwd: null, timeoutMs: null, name: null, remark: null };
  return { text: `Verify: ${run}`, path: [], reading: { kind: 'command', command } };
}

export function proseCriterion(text: string): Criterion {
  return { text, path: [], reading: { kind: 'prose', why: 'plain' } };
}

/** opus for the orchestrator, sonnet for the delegate, haiku beside them. */
export const testRoster: Roster = {
  roles: { orchestrator: 'opus', delegate: 'sonnet' },
  names: ['opus', 'sonnet', 'haiku'],
  resolve: (name) => ({ opus: 'big-1', sonnet: 'mid-1', haiku: 'small-1', 'big-1': 'big-1' })[name] ?? null,
};

export function planned(
  story: Story,
  role: Role,
  fields: { phase?: number; wave?: number; state?: PlannedState } = {},
): PlannedStory {
  const model = testRoster.roles[role];
  return {
    story,
    role,
    model,
    modelId: testRoster.resolve(model) ?? model,
    reason: { kind: 'default' },
    phase: fields.phase ?? 1,
    wave: fields.wave ?? 1,
    state: fields.state ?? { kind: 'ready' },
  };
}

/** How a story came out of a run: it passes, unless the fields say otherwise. */
export function storyOutcome(story: string, fields: Partial<StoryOutcome> = {}): StoryOutcome {
  return {
    story,
    outcome: 'passes',
    verdict: null,
    strength: null,
    reason: '',
    key: '',
    attempts: 1,
    commit: null,
    costUsd: 0,
    ...fields,
  };
}
