import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { claudeCodeImplementer } from '../agent/external/claude-code.ts';
import type { Implementer } from '../agent/implementer.ts';
import { builtInImplementer } from '../agent/loop.ts';
import { systemClock } from '../host/clock.ts';
import { sweepMarker } from '../host/command.ts';
import { slug } from '../host/paths.ts';
import { remove } from '../host/remove.ts';
import type { OpenWorkspace, RunDeps } from '../run/deps.ts';
import type { EmitEvent } from '../run/events.ts';
import type { Ledger } from '../run/ledger.ts';
import { commandChecker } from '../verify/checker.ts';
import { knownResults } from '../verify/known-results.ts';
import { openWorkspace } from '../workspace/clone.ts';
import { workspaceFiles } from '../workspace/files.ts';
import { claudeEnvironment } from './claude.ts';
import { confirmLanding } from './confirm.ts';
import type { Context } from './context.ts';
import { failureOf } from './failure.ts';
import { flipOnDisk } from './flip-on-disk.ts';
import { openModels } from './open-models.ts';
import { setupFor } from './open-setup.ts';
import type { Prepared } from './prepare-run.ts';
import { version } from './version.ts';

export interface RunMeans {
  readonly emit: EmitEvent;
  readonly ledger: Ledger;
  readonly stop: AbortSignal;
  readonly confirm: boolean;
}

/** Everything the loop may use, for real. */
export function runDeps(prepared: Prepared, means: RunMeans, context: Context): RunDeps {
  const { emit, ledger, stop, confirm } = means;
  const { open, roster, config, found } = prepared;
  const { repository, vault, checkout, trees, state, marker } = open;
  return {
    repository,
    vault,
    checkout,
    trees,
    openWorkspace: workspaceOpener(prepared, context),
    setup: setupFor(open, config, context.env),
    checker: commandChecker({ logDir: state.logs }),
    results: knownResults(),
    implementer: implementerOf(prepared, emit, context),
    usesModels: config.implementer === 'builtin',
    entry: (name) => {
      const entry = roster.entry(name);
      if (entry === null) throw new Error(`the plan let an unknown model pass: ${name}`);
      return entry;
    },
    roles: roster.roles,
    emit,
    ledger,
    mono: systemClock.mono,
    now: systemClock.now,
    tools: { prd: version, node: process.version },
    exitOf: (problem) => failureOf(problem).exit,
    flipOnDisk: (story) => flipOnDisk(found, story),
    sandbox: 'guard',
    stop,
    confirm: confirm ? (question) => confirmLanding(question, context) : null,
    sweepMarker,
    marker,
    removeFolder: remove,
    folderExists: (dir) =>
      stat(dir).then(
        (found) => found.isDirectory(),
        () => false,
      ),
  };
}

function workspaceOpener({ open, prdPath }: Prepared, context: Context): OpenWorkspace {
  const { trees, vault, commands, git, state } = open;
  return async (from, base, label, setup) => {
    const logDir = join(state.logs, slug(label));
    const files = (root: string) =>
      workspaceFiles(root, { commands, git, path: context.env.PATH, logDir, prdFiles: [prdPath] });
    return { ...(await openWorkspace(trees, vault, { base, from, label, setup, files })), logDir };
  };
}

function implementerOf({ config, open }: Prepared, emit: EmitEvent, context: Context): Implementer {
  if (config.implementer === 'builtin') return builtInImplementer(openModels(config, context.env, emit));
  const env = claudeEnvironment(context.env, open.marker);
  return claudeCodeImplementer({ commands: open.commands, env, program: 'claude', logDir: open.state.logs });
}
