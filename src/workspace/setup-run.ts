import { randomUUID } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errnoOf, onDisk } from '../host/file-operations.ts';
import type { CommandResult, Commands } from '../host/process.ts';
import { remove } from '../host/remove.ts';
import { PrdError, type Problem } from '../problem.ts';
import type { Git } from './git.ts';
import { copyAll, writeProducts } from './products.ts';
import { setupAccess, setupEnvironment } from './setup-caches.ts';
import { namingFiles, untrackedPaths } from './setup-products.ts';
import type { Oid, SetupResult, SetupStep, Tree, Trees, Vault } from './workspace.ts';

export interface SetupOptions {
  readonly trees: Trees;
  readonly git: Git;
  readonly vault: Vault & { readonly dir: string };
  readonly commands: Commands;
  /** Results lie here, one folder per digest. */
  readonly cacheDir: string;
  /** Commands from `prd.config.json`; null: found out from the lockfiles. */
  readonly config: { readonly setup: readonly string[] | null };
  /** The environment of `prd`: says where package managers keep what they downloaded. */
  readonly env: NodeJS.ProcessEnv;
}

export interface SetupRun extends SetupOptions {
  readonly commit: Oid;
  readonly digest: string;
  readonly steps: readonly SetupStep[];
  readonly onStart?: (step: SetupStep) => void;
  readonly signal?: AbortSignal;
}

/** A cold install of a large project over a slow network. */
const stepMs = 20 * 60_000;
const tailChars = 2_000;

/** Runs the steps in a tree of their own and keeps what they produced. Rejects with `setup-failed`. */
export async function runSetup(run: SetupRun): Promise<SetupResult> {
  const tree = await run.trees.open(run.commit, 'setup');
  try {
    for (const step of run.steps) await runStep(run, tree, step);
    return await keepProducts(run, tree);
  } finally {
    await tree.remove();
  }
}

async function runStep(run: SetupRun, tree: Tree, step: SetupStep): Promise<void> {
  run.onStart?.(step);
  const logDir = join(run.cacheDir, 'logs', run.digest);
  const result = await tree.shell(step.command, {
    timeoutMs: stepMs,
    logDir,
    env: setupEnvironment(run.env),
    access: setupAccess(run.env, step.command),
    ...(run.signal === undefined ? {} : { signal: run.signal }),
  });
  if (result.cancelled) run.signal?.throwIfAborted();
  if (result.exitCode !== 0 || result.timedOut || result.flooded) throw new PrdError(failure(step, result));
}

function failure({ command }: SetupStep, result: CommandResult): Problem {
  const said = `${result.stdout.text}\n${result.stderr.text}`.trim();
  const why = result.timedOut ? `\ntimed out after ${stepMs / 60_000} minutes` : '';
  const tail = (result.notStarted ?? said).slice(-tailChars) + why;
  return {
    code: 'setup-failed',
    command,
    exitCode: result.exitCode,
    tail,
    log: result.stderr.file ?? result.stdout.file,
  };
}

/** Moves what is untracked in the tree to its place under the digest, in one rename. */
async function keepProducts(run: SetupRun, tree: Tree): Promise<SetupResult> {
  const { cacheDir, digest, steps } = run;
  const draft = join(cacheDir, `draft-${randomUUID()}`);
  const files = join(draft, 'files');
  try {
    await onDisk('create', files, () => mkdir(files, { recursive: true, mode: 0o700 }));
    const paths = await untrackedPaths({ git: run.git, dir: run.vault.dir }, tree);
    for (const path of paths) await move(run.commands, join(tree.dir, path), join(files, path));
    await writeProducts(files, { paths, madeIn: tree.dir, naming: await namingFiles(run.commands, files, tree.dir) });
    await onDisk('rename', draft, () => rename(draft, join(cacheDir, digest)).catch(acceptOther));
    return { digest, steps, dir: paths.length === 0 ? null : join(cacheDir, digest, 'files') };
  } finally {
    await remove(draft);
  }
}

async function move(commands: Commands, from: string, to: string): Promise<void> {
  await onDisk('move', to, async () => {
    await mkdir(dirname(to), { recursive: true });
    try {
      await rename(from, to);
    } catch (error) {
      if (errnoOf(error) !== 'EXDEV') throw error;
      await copyAll(commands, [from], dirname(to));
    }
  });
}

/** Another `prd` prepared the same: its result is as good as ours. */
function acceptOther(error: unknown): void {
  if (!['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error))) throw error;
}
