import { crashPoint } from '../host/crash-point.ts';
import type { PlannedStory } from '../plan/plan.ts';
import { storyDigest } from '../prd/digest.ts';
import { storyChecks } from '../prd/story-checks.ts';
import type { Baseline } from '../verify/check.ts';
import type { Oid } from '../workspace/workspace.ts';
import { climb } from './climb.ts';
import type { StoryOutcome } from './deps.ts';
import { isInterruption } from './interrupted.ts';
import { onBase } from './on-base.ts';
import { specFirst } from './spec-first.ts';
import { historyFor } from './state.ts';
import { stopFor, stopped } from './stopped.ts';
import { storyKey } from './story-key.ts';
import type { Ending, SharedRun, StoryRun } from './story-run.ts';
import type { Turn } from './turn.ts';

/** One story from its baseline to its landing, or to the reason why it does not land. Never rejects for what models do. */
export async function runStory(planned: PlannedStory, turn: Turn, shared: SharedRun): Promise<StoryOutcome> {
  const { deps } = shared;
  const base = await shared.target.head();
  try {
    return await workOn(planned, turn, shared, base);
  } catch (error) {
    if (!isInterruption(error, deps.stop)) throw error;
    const attempts = deps.ledger.attemptsAt(planned.story.id).length;
    return settle({ ...shared, planned, base }, { ...stopped('interrupted'), attempts });
  }
}

async function workOn(planned: PlannedStory, turn: Turn, shared: SharedRun, base: Oid): Promise<StoryOutcome> {
  const run = await startStory(planned, turn, shared, base);
  const broken = run.baselines.find(({ kind }) => kind === 'invalid' || kind === 'flaky');
  if (broken !== undefined) return settle(run, brokenBaseline(broken));
  const first = await specFirst(run);
  if (first.kind === 'stopped') return settle(run, { ...stopFor(run, first.end), attempts: 0 });
  const history = historyFor(run.request.past, planned.story.id, run.digest);
  return settle(first.run, await climb(first.run, history));
}

async function startStory(planned: PlannedStory, turn: Turn, shared: SharedRun, base: Oid): Promise<StoryRun> {
  const { deps } = shared;
  const { story, role, model } = planned;
  const digest = storyDigest(story);
  const started = { story: story.id, title: story.title, role, model, base, digest };
  await deps.emit({ type: 'story.started', data: started });
  crashPoint('story.after-claim');
  const prompt = await shared.prompts(planned);
  return onBase(
    { ...shared, planned, turn, story, refinement: null, prompt, digest, checks: storyChecks(story) },
    base,
  );
}

/** Nothing was spent on it yet: the environment or the check has to be put right first. */
function brokenBaseline({ kind, check, reason }: Baseline): Ending {
  const why = kind === 'flaky' ? 'differs in two runs on the same files' : (invalidWords[reason] ?? reason);
  const verdict = 'inconclusive';
  const said = `\`${check.run}\` cannot judge the work: ${why}`;
  return { outcome: 'blocked', verdict, strength: null, reason: said, commit: null, attempts: 0 };
}

const invalidWords: Readonly<Record<string, string>> = {
  'not-found': 'a program it needs is not installed',
  'not-executable': 'it may not be executed',
  timeout: 'it did not end in time',
  signal: 'it was ended by a signal',
  flooded: 'it printed without end',
  'tree-changed': 'it changes tracked files',
  'no-report': 'its test runner reported nothing',
};

type Settled = Pick<StoryRun, 'deps' | 'planned' | 'request' | 'base'>;

async function settle({ deps, planned, request, base }: Settled, ending: Ending): Promise<StoryOutcome> {
  const { story } = planned;
  const key = await storyKey(deps.vault, story, base, request.prdPath);
  const data = { story: story.id, ...ending, key, costUsd: deps.ledger.costOf(story.id) };
  await deps.emit({ type: 'story.finished', data });
  return data;
}
