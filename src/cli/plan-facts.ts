import type { Sandbox } from '../host/sandbox.ts';
import type { PlanFacts } from '../report/plan-text.ts';
import { hasClaude } from './claude.ts';
import type { RunOptions } from './commands/run.ts';
import type { Context } from './context.ts';
import { costRange } from './cost-range.ts';
import { knownBaselines } from './known-baselines.ts';
import { setupFor } from './open-setup.ts';
import { readPastRecords } from './past-runs.ts';
import type { Prepared } from './prepare-run.ts';
import { readinessOf } from './readiness.ts';

/** What can be said of a run without running anything. */
export async function planFacts(prepared: Prepared, options: RunOptions, context: Context): Promise<PlanFacts> {
  const { open, planned, branch, prdPath, config, base, uncommitted } = prepared;
  const setup = setupFor(open, config, context.env);
  // Found out by starting a program, which a plan alone does not.
  const sandbox = options.dryRun === true ? null : await open.sandbox();
  const dirty = await open.checkout.dirty();
  return {
    plan: planned.plan,
    branch,
    prdPath,
    limits: config.limits,
    parallel: options.parallel ?? 1,
    implementer: config.implementer,
    setup: await setup.steps(base),
    changedFiles: dirty.filter((path) => path !== prdPath).length,
    baselineOf: await knownBaselines(open, base),
    cost: options.scripted === true ? [] : await costOf(prepared, options),
    notes: await notesOf(prepared, uncommitted, sandboxWords(sandbox), context),
  };
}

/** An external agent speaks to its provider itself: what it takes is not known before. */
async function costOf(prepared: Prepared, options: RunOptions): Promise<readonly string[]> {
  const { open, planned, roster, config } = prepared;
  if (config.implementer !== 'builtin') return [`cost: unknown, ${config.implementer} does not say what it will take`];
  return costRange({
    stories: planned.plan.stories,
    roster,
    limits: config.limits,
    refine: options.refine ?? 'auto',
    review: options.review ?? 'auto',
    readiness: readinessOf(prepared),
    past: await readPastRecords(open.state.runs),
  });
}

async function notesOf(
  { prdPath, branch, startBranch, config }: Prepared,
  uncommitted: string,
  sandbox: string,
  { env }: Context,
): Promise<readonly string[]> {
  const notes: string[] = [];
  if (startBranch !== branch) notes.push(`goes on from ${startBranch}, which waits for \`git merge ${startBranch}\``);
  if (uncommitted === 'untracked' || uncommitted === 'changed') {
    notes.push(`${prdPath} is not on ${branch} as it stands here: the run commits it first, alone`);
  }
  if (uncommitted === 'ignored')
    notes.push(`git ignores ${prdPath}: \`passes\` is flipped on disk, after each landing`);
  if (config.implementer === 'builtin' && !env.ANTHROPIC_API_KEY && (await hasClaude(env))) {
    notes.push('no ANTHROPIC_API_KEY is set; `--implementer claude-code` uses the login of `claude`');
  }
  notes.push(sandbox);
  return notes;
}

function sandboxWords(sandbox: Sandbox | null): string {
  if (sandbox === null) return 'where commands run, `prd doctor` shows';
  const { level, weaker } = sandbox;
  if (level === 'os') return 'commands run in a sandbox (level os): they write nowhere but in their own clone';
  const because = weaker === null ? '' : `, because ${weaker}`;
  return `commands run at sandbox level ${level}${because}: they can read what you can read`;
}
