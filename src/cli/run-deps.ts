import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { claudeCodeImplementer } from '../agent/external/claude-code.ts';
import type { Implementer } from '../agent/implementer.ts';
import { builtInImplementer } from '../agent/loop.ts';
import { systemClock } from '../host/clock.ts';
import { sweepMarker } from '../host/command.ts';
import { slug } from '../host/paths.ts';
import { remove } from '../host/remove.ts';
import { textFiles } from '../host/text-files.ts';
import type { ModelRoster } from '../models/catalog.ts';
import type { ModelEntry, Models } from '../models/model.ts';
import { orchestratorAt } from '../review/consult.ts';
import { rememberingModels } from '../review/remembered.ts';
import { codeDigests } from '../run/code-digest.ts';
import type { OpenWorkspace, RunDeps } from '../run/deps.ts';
import type { EmitEvent } from '../run/events.ts';
import type { Ledger } from '../run/ledger.ts';
import type { SandboxLevel } from '../verify/check.ts';
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
import { placedTrees, verifyPlaces } from './verify-places.ts';
import { version } from './version.ts';

export interface RunMeans {
  readonly emit: EmitEvent;
  readonly ledger: Ledger;
  readonly stop: AbortSignal;
  readonly confirm: boolean;
  readonly sandbox: SandboxLevel;
}

/** Everything the loop may use, for real. */
export function runDeps(prepared: Prepared, means: RunMeans, context: Context): RunDeps {
  const { emit, ledger, stop, confirm, sandbox } = means;
  const { open, roster, config, found, prdPath } = prepared;
  const { repository, vault, checkout, trees, state, marker } = open;
  const models = config.implementer === 'builtin' ? openModels(config, context.env, emit) : null;
  const verifying = verifyPlaces(config.limits.verifyJobs ?? availableParallelism(), emit);
  return {
    repository,
    vault,
    checkout,
    trees,
    openWorkspace: workspaceOpener(prepared, context),
    setup: setupFor({ ...open, trees: placedTrees(trees, verifying) }, config, context.env),
    checker: commandChecker({ logDir: state.logs }),
    results: knownResults(),
    verifying,
    codeOf: codeDigests(vault, prdPath),
    implementer: implementerOf(prepared, models, context),
    orchestrator: models === null ? null : orchestratorOf(prepared, models, means),
    texts: textFiles(state.texts),
    usesModels: config.implementer === 'builtin',
    entry: (name) => entryOf(roster, name),
    roles: roster.roles,
    emit,
    ledger,
    mono: systemClock.mono,
    now: systemClock.now,
    hide: open.hiding.text,
    tools: { prd: version, node: process.version },
    exitOf: (problem) => failureOf(problem).exit,
    flipOnDisk: (story, passes) => flipOnDisk(found, story, passes),
    sandbox,
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

function implementerOf({ open }: Prepared, models: Models | null, context: Context): Implementer {
  if (models !== null) return builtInImplementer(models);
  const env = claudeEnvironment(context.env, open.marker);
  return claudeCodeImplementer({ commands: open.commands, env, program: 'claude', logDir: open.state.logs });
}

/** One-shot answers that arrived before a kill are read back, not paid again. */
function orchestratorOf({ open, roster }: Prepared, models: Models, { emit, stop }: RunMeans): RunDeps['orchestrator'] {
  const kept = rememberingModels(models, textFiles(open.state.texts), ({ step, story }) => {
    void emit({ type: 'adopted', data: { what: step, story, detail: `the ${step} had been answered already` } });
  });
  const model = entryOf(roster, roster.roles.orchestrator);
  return (shared) => orchestratorAt({ models: kept, model, shared, signal: stop });
}

function entryOf(roster: ModelRoster, name: string): ModelEntry {
  const entry = roster.entry(name);
  if (entry === null) throw new Error(`the plan let an unknown model pass: ${name}`);
  return entry;
}
