import { randomBytes } from 'node:crypto';
import { systemClock } from '../../host/clock.ts';
import { acquireLock } from '../../journal/lock.ts';
import { PrdError } from '../../problem.ts';
import type { Identity } from '../../workspace/workspace.ts';
import { type AcceptChoice, chooseAccepted, evidenceAt } from '../accept-choice.ts';
import { openAcceptJournal } from '../accept-journal.ts';
import { type AcceptedStory, judgeAccepted, type RejectedStory } from '../accept-judge.ts';
import { type AcceptLanding, landAccepted } from '../accept-land.ts';
import { type Acceptances, acceptDocument, acceptExit, acceptText } from '../accept-text.ts';
import type { AcceptOptions } from '../commands/accept.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { flipOnDisk } from '../flip-on-disk.ts';
import { newRunId } from '../past-runs.ts';
import { type Prepared, prepareRun } from '../prepare-run.ts';
import { type CheckBench, openCheckBench } from '../run-checks.ts';
import { refuse } from '../show-failure.ts';
import { watchSignals } from '../signals.ts';

/** A person's pass. Nothing changes for a story with a red check; exit 1 then, 7 where evidence was forged. */
export async function runAccept(options: AcceptOptions, context: Context): Promise<ExitCode> {
  requireSense(options);
  const run = newRunId(systemClock.now(), randomBytes(3).toString('hex'));
  const file = options.file ?? null;
  const preparation = await prepareRun({ ids: [], file, branch: null, override: {}, run }, context);
  if (preparation.kind === 'refused') return refuse(preparation.problems, context);
  const { prepared } = preparation;
  requireCommitted(prepared);
  const author = await prepared.open.checkout.identity();
  if (author === null) throw new PrdError({ code: 'no-identity' });
  const { document, open, base } = prepared;
  const choice = chooseAccepted(document.prd, options.id ?? null, await evidenceAt(open.vault, base));
  const acceptances =
    choice.wanted.length === 0
      ? { ...choice, accepted: [], rejected: [], landed: null }
      : await work({ run, options, choice, author, prepared }, context);
  if (typeof acceptances === 'number') return acceptances;
  context.stdout.write(
    options.json === true
      ? `${JSON.stringify(acceptDocument(acceptances), null, 2)}\n`
      : acceptText(acceptances, context.stdout),
  );
  return acceptExit(acceptances);
}

function requireSense({ id, existing, reason }: AcceptOptions): void {
  const usage = (what: string): PrdError => new PrdError({ code: 'usage', what, command: 'accept', hint: null });
  if (reason.trim() === '') throw usage('`--reason` says nothing');
  if (id === undefined && existing !== true) throw usage('name a story, or say `--existing`');
  if (id !== undefined && existing === true) throw usage('`--existing` cannot stand beside a story');
}

/** Evidence binds the text that is on the branch: what nobody committed cannot be accepted. */
function requireCommitted({ uncommitted, found, startBranch }: Prepared): void {
  if (uncommitted === 'no' || uncommitted === 'ignored') return;
  const why = `it is not on \`${startBranch}\` as it stands here; commit or merge it first`;
  throw new PrdError({ code: 'edit-refused', file: found.shown, why });
}

interface AcceptWork {
  readonly run: string;
  readonly options: AcceptOptions;
  readonly choice: AcceptChoice;
  readonly author: Identity;
  readonly prepared: Prepared;
}

/** Judges and lands under the lock of a run. A number is the exit code of a signal. */
async function work(order: AcceptWork, context: Context): Promise<Acceptances | ExitCode> {
  const { open } = order.prepared;
  const lock = await acquireLock(open.state.lock, systemClock);
  const signals = watchSignals(context, () => open.commands.endAll());
  try {
    const startedAt = systemClock.now();
    const bench = await openCheckBench(
      { ...order.prepared, command: 'prd accept --trust' },
      order.prepared.base,
      signals.stop,
      context,
    );
    const judged = await judgeAll(order, bench);
    const stopped = signals.exit();
    if (stopped !== null) return stopped;
    return await landAll(order, judged, { ...bench, startedAt }, context);
  } finally {
    signals.close();
    await open.close();
    await lock.release();
  }
}

async function judgeAll(
  { options, choice, author, prepared }: AcceptWork,
  bench: CheckBench,
): Promise<readonly (AcceptedStory | RejectedStory)[]> {
  const place = { bench, prdPath: prepared.prdPath, protect: prepared.config.protected };
  const acceptance = { name: author.name, reason: prepared.open.hiding.text(options.reason.trim()) };
  const judged: (AcceptedStory | RejectedStory)[] = [];
  for (const story of choice.wanted) judged.push(await judgeAccepted(story, acceptance, place));
  return judged;
}

async function landAll(
  { run, choice, author, prepared }: AcceptWork,
  judged: readonly (AcceptedStory | RejectedStory)[],
  { setup, sandbox, startedAt }: Pick<AcceptLanding, 'setup' | 'sandbox' | 'startedAt'>,
  context: Context,
): Promise<Acceptances> {
  const accepted = judged.filter((one) => 'policy' in one);
  const rejected = judged.filter((one) => 'reason' in one);
  if (accepted.length === 0) return { ...choice, accepted, rejected, landed: null };
  const about = { run, selected: choice.wanted.length, sandbox };
  const journal = await openAcceptJournal(about, prepared, context);
  const landing = { run, accepted, author, setup, sandbox, startedAt };
  const { landed, evidence } = await landAccepted(landing, prepared, journal.emit);
  if (landed.kind === 'refused') throw new PrdError(landed.problem);
  if (landed.kind !== 'landed') throw moved(prepared, landed.branch);
  if (!landed.flipped) {
    for (const { story } of accepted) if (!story.passes) await flipOnDisk(prepared.found, story.id, true);
  }
  const acceptances = { ...choice, accepted, rejected, landed: { ...landed, evidence, target: prepared.startBranch } };
  await journal.end(accepted.length, acceptExit(acceptances));
  return acceptances;
}

function moved({ found }: Prepared, branch: string): PrdError {
  return new PrdError({ code: 'edit-refused', file: found.shown, why: `${branch} moved meanwhile; run it again` });
}
