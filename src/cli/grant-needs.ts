import type { Config } from '../config/config.ts';
import { type Needs, unansweredNeeds } from '../config/needs.ts';
import { systemClock } from '../host/clock.ts';
import { openCommands } from '../host/command.ts';
import type { Problem } from '../problem.ts';
import { type Ask, unapproved, withAnswer } from '../verify/approval.ts';
import { openGit } from '../workspace/git.ts';
import { findRepository } from '../workspace/repository.ts';
import { readApprovals, writeApprovals } from './approvals-file.ts';
import { needText } from './asks-text.ts';
import { askOne, canAsk } from './confirm.ts';
import type { Context } from './context.ts';
import { type RepositoryState, stateOf } from './open-repository.ts';

export type Granted =
  | { readonly kind: 'granted'; readonly needs: Needs }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/**
 * What a repository asks for is granted by `PRD_NEEDS=allow`, by a stored answer, or by asking now; never by the file
 * itself, and not by `--trust`. Executes nothing of the repository.
 */
export async function grantNeeds(config: Config, context: Context): Promise<Granted> {
  const { needs, approvedNeeds, allowEnv } = config;
  const open = unansweredNeeds(needs, { ...approvedNeeds, env: [...approvedNeeds.env, ...allowEnv] });
  const asks = asksFor(open);
  if (asks.length === 0) return { kind: 'granted', needs: approvedNeeds };
  const state = await stateHere(context);
  const approvals = await readApprovals(state);
  const left = unapproved(asks, approvals, 'guard');
  if (left.length > 0) {
    if (!(await isGranted(left, context))) return { kind: 'refused', problems: [needed(left)] };
    await writeApprovals(state, withAnswer(approvals, left, 'once', systemClock.now().toISOString()));
  }
  return { kind: 'granted', needs: join(approvedNeeds, open) };
}

/** "Always" never covers these: each is asked for by itself. */
function asksFor({ env, network, copy }: Needs): readonly Ask[] {
  const texts = [
    ...env.map((name) => `checks see the variable ${name}`),
    ...(network === 'host' ? ['checks reach the network'] : []),
    ...copy.map((path) => `checks get a copy of your file ${path}`),
  ];
  return texts.map((text) => ({ kind: 'need', text, cwd: null, careful: true }));
}

function join(a: Needs, b: Needs): Needs {
  const network = a.network === 'host' || b.network === 'host' ? 'host' : 'none';
  return { env: [...a.env, ...b.env], network, copy: [...a.copy, ...b.copy] };
}

async function stateHere(context: Context): Promise<RepositoryState> {
  const git = await openGit(openCommands(), context.env);
  return stateOf(await findRepository(git, context.cwd), context);
}

async function isGranted(asks: readonly Ask[], context: Context): Promise<boolean> {
  if (!canAsk(context)) return false;
  context.stderr.write(needText(asks, context.stderr));
  return /^y(es)?$/i.test(await askOne('allow this in this repository? [y/N] ', context));
}

function needed(asks: readonly Ask[]): Problem {
  return { code: 'approval-needed', what: asks.map(({ text }) => text), command: 'PRD_NEEDS=allow prd run' };
}
