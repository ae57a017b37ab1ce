import type { RunRequest } from '../run/deps.ts';
import type { RunOptions } from './commands/run.ts';
import type { Consent } from './consent.ts';
import type { Prepared } from './prepare-run.ts';
import { readinessOf } from './readiness.ts';
import { version } from './version.ts';

/** What was decided before the run starts. */
export function runRequest(run: string, prepared: Prepared, options: RunOptions, { addedChecks }: Consent): RunRequest {
  const { prdPath, document, prd, planned, branch, startBranch, config, past, uncommitted } = prepared;
  return {
    run,
    prdVersion: version,
    prdPath,
    document,
    prd,
    plan: planned.plan,
    branch,
    startBranch,
    limits: config.limits,
    protect: config.protected,
    parallel: options.parallel ?? 1,
    next: options.next === true,
    scripted: options.scripted === true,
    past,
    refine: options.refine ?? 'auto',
    review: options.review ?? 'auto',
    upgrade: options.upgrade === true,
    readiness: readinessOf(prepared),
    addedChecks,
    commitMessage: config.commit.message,
    uncommitted,
  };
}
