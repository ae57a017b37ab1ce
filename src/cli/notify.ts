import { tmpdir } from 'node:os';
import { openCommands } from '../host/command.ts';
import { safePath } from '../host/environment.ts';
import { neverPassed } from '../host/never-passed.ts';
import type { Commands, TrustedResult } from '../host/process.ts';
import type { RunSummary } from '../report/summary.ts';
import { cut, printable } from '../report/text.ts';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-codes.ts';

/** How a run ended, for somebody who did not watch. */
export interface RunEnd {
  readonly exit: ExitCode;
  readonly summary: RunSummary;
}

export interface Notice {
  /** `bell`, `none` or a command: from a flag, a variable or the user's own file, never from a repository. */
  readonly notify: string | null;
  /** NAMES of variables that the user lets commands see. */
  readonly allowEnv: readonly string[];
  /** Programs in here are not found. */
  readonly root: string;
}

type Told = Pick<Context, 'env' | 'home' | 'cwd' | 'stdout' | 'stderr'>;

/** A person waits for the prompt until the command is done. */
const deadlineMs = 10_000;

/** Rings or runs the user's command, which learns the facts from its environment. Its failure is a warning. */
export async function notifyEnd(end: RunEnd, notice: Notice, context: Told, commands = openCommands()): Promise<void> {
  const { notify } = notice;
  if (notify === null || notify === '' || notify === 'none') return;
  if (notify === 'bell') return ring(context);
  const warning = await tellCommand(notify, hookEnvironment(end, notice, context), context, commands);
  if (warning !== null) context.stderr.write(`${context.stderr.paint.warn('warning:')} ${warning}\n`);
}

/** Only a terminal has a bell. */
function ring({ stdout, stderr }: Told): void {
  const terminal = [stderr, stdout].find(({ isTTY }) => isTTY);
  terminal?.write('\u0007');
}

async function tellCommand(
  command: string,
  env: Readonly<Record<string, string>>,
  { cwd }: Told,
  commands: Commands,
): Promise<string | null> {
  const spec = { file: '/bin/sh', args: ['-c', command], cwd, env, timeoutMs: deadlineMs, maxBytes: 1024 * 1024 };
  const result = await commands.runTrusted(spec);
  return result.exitCode === 0 ? null : `the command of --notify ${failureWords(result)}`;
}

function failureWords({ exitCode, stderr, notStarted, timedOut }: TrustedResult): string {
  if (timedOut) return `took longer than ${deadlineMs / 1000}s and was ended`;
  if (notStarted !== null) return `could not be started (${notStarted})`;
  const said = cut(printable(stderr.trim().split('\n').at(-1) ?? ''), 160);
  return `failed (exit ${exitCode ?? 'unknown'})${said === '' ? '' : `: ${said}`}`;
}

/** What a program needs to reach the desktop of the user; no key is among it. */
const desktop = [
  ...['USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'TZ', 'TERM', 'TMUX'],
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'],
];

function hookEnvironment(end: RunEnd, { allowEnv, root }: Notice, { env, home }: Told): Record<string, string> {
  const listed = allowEnv.filter((name) => !neverPassed(name, env[name] ?? ''));
  const given = [...desktop, ...listed].flatMap((name): [string, string][] => {
    const value = env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const path = { PATH: safePath(env.PATH ?? '', [root]), HOME: home, TMPDIR: env.TMPDIR ?? tmpdir() };
  return { ...Object.fromEntries(given), ...path, ...factsOf(end) };
}

/** Numbers and words of ours only: nothing that a document or a model wrote. What is unknown is empty. */
function factsOf({ exit, summary }: RunEnd): Record<string, string> {
  const ended = (outcome: string): number => summary.stories.filter((story) => story.outcome === outcome).length;
  const costUsd = summary.end === null || summary.end.unpriced > 0 ? null : summary.end.costUsd;
  return {
    PRD_RUN: summary.run ?? '',
    PRD_EXIT_CODE: String(exit),
    PRD_REASON: summary.end?.reason ?? '',
    PRD_LANDED: String(ended('passes')),
    PRD_BLOCKED: String(ended('blocked')),
    PRD_SELECTED: String(summary.selected),
    PRD_COST_USD: costUsd === null ? '' : String(costUsd),
    PRD_DURATION_MS: String(summary.durationMs),
  };
}
