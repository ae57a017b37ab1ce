import { systemClock } from '../host/clock.ts';
import { PrdError } from '../problem.ts';
import { type Ask, unapproved, withAnswer } from '../verify/approval.ts';
import type { SandboxLevel } from '../verify/check.ts';
import { readApprovals, writeApprovals } from './approvals-file.ts';
import { askText } from './asks-text.ts';
import { askOne, canAsk } from './confirm.ts';
import type { Context } from './context.ts';
import type { OpenRepository } from './open-repository.ts';

/** What a command is about to execute, and how it is repeated with consent. */
export interface ConsentQuestion {
  readonly asks: readonly Ask[];
  readonly level: SandboxLevel;
  readonly command: string;
}

export interface Consent {
  /** May checks run that a model adds later? */
  readonly addedChecks: boolean;
}

/**
 * Sees to it that a person agreed to what is about to be executed: by a stored answer, by `--trust` or `PRD_TRUST=1` for
 * this once, or by asking now. Rejects with `approval-needed`, before anything of the repository has been executed.
 */
export async function requireConsent(
  { asks, level, command }: ConsentQuestion,
  { state }: Pick<OpenRepository, 'state'>,
  context: Context,
): Promise<Consent> {
  const approvals = await readApprovals(state);
  const trusted = context.flags.trust === true || context.env.PRD_TRUST === '1';
  const addedChecks = trusted || approvals.always || level === 'os';
  const open = trusted ? [] : unapproved(asks, approvals, level);
  if (open.length === 0) return { addedChecks };
  if (!canAsk(context)) throw needed(open, command);
  context.stderr.write(askText(open, level, context.stderr));
  const answer = answerOf(await askOne('run them? [o]nce, [a]lways in this repository, [N]o ', context));
  if (answer === 'no') throw needed(open, command);
  await writeApprovals(state, withAnswer(approvals, open, answer, systemClock.now().toISOString()));
  return { addedChecks: addedChecks || answer === 'always' };
}

/** Anything but a clear yes is no. */
function answerOf(said: string): 'once' | 'always' | 'no' {
  if (/^a(lways)?$/i.test(said)) return 'always';
  return /^o(nce)?$/i.test(said) ? 'once' : 'no';
}

const named = 3;

function needed(open: readonly Ask[], command: string): PrdError {
  const what = open.slice(0, named).map(({ kind, text }) => `${kind} \`${text}\``);
  const more = open.length > named ? [`${open.length - named} more`] : [];
  return new PrdError({ code: 'approval-needed', what: [...what, ...more], command });
}
