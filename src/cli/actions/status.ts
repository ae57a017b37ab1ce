import { rosterOf } from '../../models/catalog.ts';
import { type Planned, planRun } from '../../plan/plan-run.ts';
import { storyDigest } from '../../prd/digest.ts';
import { nearest } from '../../prd/nearest.ts';
import { reasonOf } from '../../report/plan-text.ts';
import { type StatusFacts, statusText } from '../../report/status-text.ts';
import { foldRuns } from '../../run/state.ts';
import { type BranchTip, readBranchTip } from '../branch-tip.ts';
import type { StatusOptions } from '../commands/status.ts';
import type { Context } from '../context.ts';
import { type ExitCode, worstExit } from '../exit-codes.ts';
import { failureOf } from '../failure.ts';
import { openConfig } from '../open-config.ts';
import { openPrd } from '../open-prd.ts';
import { stateOf } from '../open-repository.ts';
import { readPastRecords } from '../past-runs.ts';
import { problemEntries, refuse } from '../show-failure.ts';

/** Says where every story stands. What would stop a run is told too, and decides the exit code. */
export async function runStatus({ file, stories }: StatusOptions, context: Context): Promise<ExitCode> {
  const opened = await openPrd(context, { file: file ?? null, storiesPointer: stories });
  if (opened.kind === 'refused') return refuse(opened.problems, context);
  const { document, found } = opened;
  const tip = await readBranchTip(found, document.prd, context);
  const config = await openConfig(context, tip.repository?.root ?? null);
  const roster = rosterOf({ roles: config.roles, models: config.models, baseUrl: config.baseUrl ?? undefined });
  const blocked = await blockedStories(tip, context);
  const planned = planRun(document, tip.prd, roster, { selected: null, blocked, upgrade: null, nearest });
  const facts = { file: found.shown, branch: tip.branch, commit: tip.commit, plan: planned.plan };
  if (context.json) {
    context.stdout.write(`${JSON.stringify(statusDocument(facts, planned), null, 2)}\n`);
    return worstExit(planned.problems.map((problem) => failureOf(problem).exit));
  }
  context.stdout.write(statusText(facts, context.stdout));
  return planned.problems.length === 0 ? 0 : refuse(planned.problems, context);
}

/** Stories that an earlier run gave up on and whose text is still the same. `run` also looks at the files they touch. */
async function blockedStories({ repository, prd }: BranchTip, context: Context): Promise<ReadonlyMap<string, string>> {
  if (repository === null) return new Map();
  const past = foldRuns(await readPastRecords(stateOf(repository, context).runs));
  const blocked = prd.stories.flatMap((story): [string, string][] => {
    const history = past.stories.get(story.id);
    const isBlocked = history?.finished?.outcome === 'blocked' && history.digest === storyDigest(story);
    return isBlocked ? [[story.id, history.finished.reason]] : [];
  });
  return new Map(blocked);
}

function statusDocument(facts: StatusFacts, { plan, problems }: Planned): object {
  const stories = plan.stories.map(({ story, role, model, wave, state }) => ({
    id: story.id,
    title: story.title,
    role,
    model,
    passes: state.kind === 'passes',
    state: state.kind,
    why: reasonOf(state, story),
    wave,
  }));
  const passes = stories.filter((story) => story.passes).length;
  const { file, branch, commit } = facts;
  return {
    version: 1,
    file,
    branch,
    commit,
    passes,
    total: stories.length,
    stories,
    problems: problemEntries(problems),
  };
}
