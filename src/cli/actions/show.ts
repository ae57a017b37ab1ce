import { count, span, usd } from '../../report/figures.ts';
import { printable } from '../../report/text.ts';
import type { ShowOptions } from '../commands/show.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { type AttemptFacts, findAttempts, pickAttempt, type StoryAttempts } from '../story-attempts.ts';

/** Tells what the attempts at a story did; the diff of one of them on request. */
export async function runShow(options: ShowOptions, context: Context): Promise<ExitCode> {
  const found = await findAttempts(options.id, options.file ?? null, context);
  if (context.json) context.stdout.write(`${JSON.stringify(await showDocument(found), null, 2)}\n`);
  else if (options.diff === true)
    context.stdout.write(await diffOf(found, pickAttempt(found, options.attempt ?? null)));
  else await tell(found, options, context);
  return 0;
}

async function tell(found: StoryAttempts, options: ShowOptions, context: Context): Promise<void> {
  const { attempts, story } = found;
  if (attempts.length === 0) {
    context.stdout.write(`${printable(story)}: nobody has tried it yet\n`);
    return;
  }
  const shown = options.attempt === undefined ? attempts : [pickAttempt(found, options.attempt)];
  const last = shown.at(-1);
  const lines = shown.flatMap(attemptLines);
  context.stdout.write(`${lines.join('\n')}\n`);
  if (last !== undefined) context.stdout.write(`\n${await diffOf(found, last)}`);
}

function attemptLines(facts: AttemptFacts): readonly string[] {
  const { started, finished, verdict, checks, costUsd } = facts;
  const took = finished === null ? 'cut off' : `${count(finished.turns, 'turn')}, ${span(finished.durationMs)}`;
  const end = verdict === null ? (finished?.end ?? 'cut off') : `${verdict.verdict}: ${verdict.reason}`;
  return [
    `attempt ${started.attempt}  ${started.role} (${printable(started.model)}) · ${took} · ${usd(costUsd)} · ${printable(end)}`,
    ...(finished?.detail ? [`  ${printable(finished.detail)}`] : []),
    ...checks.map((check) => {
      const log = check.log === null ? '' : ` · ${printable(check.log)}`;
      return `  ${check.where}  ${check.outcome}  ${printable(check.run)} (${check.reason}, ${span(check.durationMs)})${log}`;
    }),
    ...saidLines(facts),
  ];
}

/** What the orchestrator said of it. */
function saidLines({ review, diagnosis }: AttemptFacts): readonly string[] {
  const remarks = review?.remarks ?? [];
  return [
    ...(review === null ? [] : [`  review  ${review.verdict}  ${printable(review.reason)}`.trimEnd()]),
    ...remarks.map(
      ({ severity, path, line, problem, fix }) =>
        `    ${severity}  ${printable(`${path}:${line} ${problem}`)}${fix === '' ? '' : ` → ${printable(fix)}`}`,
    ),
    ...(diagnosis === null ? [] : [`  diagnosis  ${diagnosis.next}  ${printable(diagnosis.reason)}`.trimEnd()]),
    ...(diagnosis?.hint ?? '').split('\n').flatMap((hint) => (hint === '' ? [] : [`    ${printable(hint)}`])),
  ];
}

async function diffOf({ open }: StoryAttempts, { started, commit }: AttemptFacts): Promise<string> {
  if (commit === null) return 'no file was changed, or the attempt has been removed by `prd gc`\n';
  return open.vault.diff(started.base, commit);
}

async function showDocument({ story, attempts }: StoryAttempts): Promise<object> {
  const listed = attempts.map(({ started, finished, verdict, review, diagnosis, checks, costUsd, commit }) => ({
    attempt: started.attempt,
    role: started.role,
    model: started.model,
    base: started.base,
    snapshot: commit,
    end: finished?.end ?? null,
    detail: finished?.detail ?? null,
    turns: finished?.turns ?? null,
    durationMs: finished?.durationMs ?? null,
    verdict: verdict?.verdict ?? null,
    reason: verdict?.reason ?? null,
    costUsd,
    review: review && { verdict: review.verdict, reason: review.reason, remarks: review.remarks },
    diagnosis: diagnosis && { next: diagnosis.next, reason: diagnosis.reason, hint: diagnosis.hint },
    checks: checks.map(({ where, run, outcome, reason, exitCode, log }) => ({
      where,
      run,
      outcome,
      reason,
      exitCode,
      log,
    })),
  }));
  return { version: 1, story, attempts: listed };
}
