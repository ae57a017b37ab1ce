import type { PlanFacts } from '../report/plan-text.ts';
import { hasClaude } from './claude.ts';
import type { RunOptions } from './commands/run.ts';
import type { Context } from './context.ts';
import { knownBaselines } from './known-baselines.ts';
import { setupFor } from './open-setup.ts';
import type { Prepared } from './prepare-run.ts';

/** What can be said of a run without running anything. */
export async function planFacts(prepared: Prepared, options: RunOptions, context: Context): Promise<PlanFacts> {
  const { open, planned, branch, prdPath, config, base, uncommitted } = prepared;
  const setup = setupFor(open, config, context.env);
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
    notes: await notesOf(prepared, uncommitted, context),
  };
}

async function notesOf(
  { prdPath, branch, startBranch, config }: Prepared,
  uncommitted: string,
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
  notes.push('commands run at sandbox level guard: they can read what you can read');
  return notes;
}
