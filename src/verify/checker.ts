import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crashPoint } from '../host/crash-point.ts';
import type { CommandResult } from '../host/process.ts';
import type { Tree } from '../workspace/workspace.ts';
import type { Check, Checker, CheckResult, Counts } from './check.ts';
import { filesNamedIn } from './command-paths.ts';
import { outcomeOf } from './outcome.ts';
import { headAndTail, plainOutput } from './output.ts';
import { readCounts } from './runners/index.ts';

export interface CheckerOptions {
  /** Folder for the full logs; null keeps none. */
  readonly logDir: string | null;
}

/** Runs checks as shell commands of a verify tree and judges what they said. */
export function commandChecker(options: CheckerOptions): Checker {
  return { run: (tree, check, { signal } = {}) => runCheck(tree, check, options, signal) };
}

async function runCheck(
  tree: Tree,
  check: Check,
  { logDir }: CheckerOptions,
  signal?: AbortSignal,
): Promise<CheckResult> {
  const missing = await missingFiles(tree.dir, filesNamedIn(check.run, check.cwd));
  const result = await tree.shell(check.run, {
    timeoutMs: check.timeoutMs,
    ...(check.cwd === null ? {} : { cwd: check.cwd }),
    ...(logDir === null ? {} : { logDir }),
    ...(signal === undefined ? {} : { signal }),
  });
  const changed = await tree.changedFiles();
  crashPoint('land.after-tree-check');
  return judged(tree, check, result, { missing, changed });
}

async function judged(
  tree: Tree,
  check: Check,
  result: CommandResult,
  seen: { readonly missing: readonly string[]; readonly changed: readonly string[] },
): Promise<CheckResult> {
  const stdout = plainOutput(result.stdout.text);
  const stderr = plainOutput(result.stderr.text);
  const counts = await withoutSilentFiles(tree.dir, check, readCounts(check.run, `${stdout}\n${stderr}`));
  const { outcome, reason } = outcomeOf({ ...result, check, stdout, stderr, counts, ...seen });
  return {
    check,
    outcome,
    reason,
    exitCode: result.exitCode,
    signal: result.signal,
    durationMs: result.durationMs,
    counts,
    outputDigest: createHash('sha256').update(stdout).update('\0').update(stderr).digest('hex'),
    output: headAndTail(shownOutput(stdout, stderr, seen.changed)),
    log: result.stdout.file ?? result.stderr.file,
    cached: false,
  };
}

function shownOutput(stdout: string, stderr: string, changed: readonly string[]): string {
  const note = changed.length > 0 ? `the check changed tracked files: ${changed.slice(0, 10).join(', ')}` : '';
  return [note, stdout.trimEnd(), stderr.trimEnd()].filter((part) => part !== '').join('\n');
}

async function missingFiles(root: string, files: readonly string[]): Promise<readonly string[]> {
  const there = await Promise.all(files.map((file) => exists(join(root, file))));
  return files.filter((_file, at) => !there[at]);
}

function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

/**
 * A file that declares tests and reported none was ended early, or its tests were filtered out: neither counts as a
 * test. A plain script of assertions, which declares none, is a test by its exit code.
 */
async function withoutSilentFiles(root: string, check: Check, counts: Counts | null): Promise<Counts | null> {
  if (counts === null || counts.silent === undefined) return counts;
  const { silent, ...rest } = counts;
  const declares = await Promise.all(silent.map((file) => declaresTests(root, check, file)));
  const ended = silent.filter((_file, at) => declares[at]);
  if (ended.length === 0) return rest;
  return { ...rest, executed: Math.max(0, rest.executed - ended.length), silent: ended };
}

async function declaresTests(root: string, check: Check, file: string): Promise<boolean> {
  const path = file.startsWith('/') ? file : join(root, check.cwd ?? '.', file);
  const text = await readFile(path, 'utf8').catch(() => '');
  return /['"]node:test['"]/.test(text) && /(^|[^\w.$])(test|it|describe|suite)\s*(\.\w+\s*)?\(/m.test(text);
}
