import type { PrdError, Problem } from '../problem.ts';
import type { Out } from '../report/reporter.ts';
import { printable } from '../report/text.ts';
import type { Context } from './context.ts';
import { type ExitCode, worstExit } from './exit-codes.ts';
import { type Failure, failureOf } from './failure.ts';

const mostShown = 20;

/** Tells the problems that stop a command, on stderr or as one JSON document on stdout, and returns the exit code. */
export function refuse(problems: readonly Problem[], context: Context): ExitCode {
  const failures = problems.map(failureOf);
  if (context.json) context.stdout.write(`${JSON.stringify(failureDocument(problems, failures))}\n`);
  else context.stderr.write(failureText(failures, context.stderr));
  if (context.flags.verbose === true) context.stderr.write(problems.map(output).join(''));
  return worstExit(failures.map(({ exit }) => exit));
}

/** Tells one problem that was thrown, with what happened underneath when asked for. */
export function refuseError(error: PrdError, context: Context): ExitCode {
  const exit = refuse([error.problem], context);
  if (context.flags.verbose === true || context.env.PRD_DEBUG === '1') {
    context.stderr.write(causes(error, context.env.PRD_DEBUG === '1'));
  }
  return exit;
}

/** Problems as they stand in a JSON document. */
export function problemEntries(problems: readonly Problem[]): readonly object[] {
  return problems.map(failureOf).map(({ code, message, hint, at }) => ({
    code,
    message,
    hint,
    file: at?.file ?? null,
    line: at?.line ?? null,
    column: at?.column ?? null,
  }));
}

/** One line: the run that ends with it must stay one record per line. */
function failureDocument(problems: readonly Problem[], [first]: readonly Failure[]): object {
  const error = { code: first?.code ?? 'unknown', message: first?.message ?? '', hint: first?.hint ?? null };
  return { version: 1, error, problems: problemEntries(problems) };
}

function failureText(failures: readonly Failure[], out: Out): string {
  const shown = failures.slice(0, mostShown);
  const hints = new Map(shown.map(({ hint }, index) => [hint, index]));
  const lines = shown.flatMap((failure, index) => [
    `${out.paint.bad('error:')} ${failure.message}`,
    ...position(failure, out),
    // A hint that several share is said once, after the last of them.
    ...(failure.hint !== null && hints.get(failure.hint) === index
      ? [`${out.paint.accent('hint:')} ${failure.hint}`]
      : []),
  ]);
  const more = failures.length - shown.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].map((line) => `${line}\n`).join('');
}

function position({ at }: Failure, { paint }: Out): readonly string[] {
  return at === null ? [] : [`  --> ${paint.accent(`${printable(at.file)}:${at.line}:${at.column}`)}`];
}

/** What the program that failed wrote. */
function output(problem: Problem): string {
  if (problem.code === 'git-failed') return `${problem.stderr.trimEnd()}\n`;
  return problem.code === 'setup-failed' ? `${problem.tail.trimEnd()}\n` : '';
}

function causes(error: PrdError, stacks: boolean): string {
  const lines: string[] = [];
  if (stacks) lines.push(error.stack ?? '');
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    lines.push(stacks ? (cause.stack ?? cause.message) : `caused by: ${printable(cause.message)}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}
