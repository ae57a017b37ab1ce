import { randomUUID } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Needs, noNeeds } from '../config/needs.ts';
import type { WantedSandbox } from '../host/choose-sandbox.ts';
import { openCommands } from '../host/command.ts';
import { childEnvironment } from '../host/environment.ts';
import { statePaths } from '../host/paths.ts';
import type { Commands } from '../host/process.ts';
import { type Redactor, redactor, type Secret } from '../host/redact.ts';
import type { Sandbox } from '../host/sandbox.ts';
import { clearDead } from '../host/temp-name.ts';
import { openCheckout } from '../workspace/checkout.ts';
import { openTrees } from '../workspace/clone.ts';
import { type Git, openGit } from '../workspace/git.ts';
import { findRepository } from '../workspace/repository.ts';
import { type OpenVault, openVault } from '../workspace/vault.ts';
import type { Checkout, Trees, UserRepository } from '../workspace/workspace.ts';
import type { Context } from './context.ts';
import { sandboxFor } from './open-sandbox.ts';

/** A repository of the user with the rooms that `prd` keeps for it outside of it. */
export interface OpenRepository {
  readonly commands: Commands;
  readonly git: Git;
  readonly repository: UserRepository;
  readonly state: RepositoryState;
  readonly vault: OpenVault;
  readonly checkout: Checkout;
  readonly trees: Trees;
  /** Stands in the environment of every process started from here, so that leftovers are found again. */
  readonly marker: string;
  /** Where commands run: found out when it is first asked for. Rejects with `sandbox-unavailable`. */
  readonly sandbox: () => Promise<Sandbox>;
  /** Takes keys out of whatever is written down. */
  readonly hiding: Redactor;
  /** Ends what still runs, and removes what trees were opened with. */
  close(): Promise<void>;
}

export interface RepositoryState {
  /** Journals, vault, full logs: `<XDG state>/prd/<id>`. */
  readonly dir: string;
  readonly runs: string;
  readonly logs: string;
  /** Refinements and one-shot answers. */
  readonly texts: string;
  /** Clones and prepared dependencies, which can be made again: `<XDG cache>/prd/<id>`. */
  readonly cache: string;
  /** In the git folder, so that users and containers with other state folders see it too. */
  readonly lock: string;
}

export interface OpenOptions {
  /** Variables that the user lets children see, by name. Default: none. */
  readonly allowEnv?: readonly string[];
  /** What the repository asked for and got. Default: nothing. */
  readonly approvedNeeds?: Needs;
  /** Default: `auto`. */
  readonly sandbox?: WantedSandbox;
  /** Variables that hold keys: no child ever sees them. */
  readonly never: readonly string[];
}

/** Opens the repository around the current folder. Executes nothing of it; rejects with the preflight's problems. */
export async function openRepository(context: Context, options: OpenOptions): Promise<OpenRepository> {
  const hiding = redactor(secretsOf(options.never, context.env));
  const commands = openCommands({ redactor: hiding });
  // A kill between making a nameless file and taking its name away leaves the name.
  await clearDead(tmpdir(), 'io');
  const git = await openGit(commands, context.env);
  const repository = await findRepository(git, context.cwd);
  const state = stateOf(repository, context);
  const vault = await openVault(git, repository, state.dir);
  const marker = `prd-${randomUUID()}`;
  const { allowEnv = [], approvedNeeds = noNeeds, never } = options;
  const sandbox = sandboxFor({ repository, state, commands }, options, context);
  const without = [repository.root, state.cache];
  const about = {
    parent: context.env,
    story: null,
    allow: [...allowEnv, ...approvedNeeds.env],
    never,
    without,
    marker,
  };
  const trees = openTrees({
    git,
    commands,
    vaultDir: vault.dir,
    dir: join(state.cache, 'trees'),
    environment: (place) => childEnvironment({ ...about, ...place }),
    sandbox,
    copies: { from: repository.root, paths: approvedNeeds.copy },
  });
  return {
    commands,
    git,
    repository,
    state,
    vault,
    checkout: openCheckout(git, repository, vault.dir),
    trees,
    marker,
    sandbox,
    hiding,
    close: async () => {
      await commands.endAll();
      await trees.close();
    },
  };
}

/** Values of the variables that hold keys. */
function secretsOf(names: readonly string[], env: Context['env']): readonly Secret[] {
  return names.flatMap((name) => {
    const value = env[name];
    return value ? [{ name, value }] : [];
  });
}

/** Where things of this repository are kept. */
export function stateOf(repository: UserRepository, { env }: Pick<Context, 'env'>): RepositoryState {
  const { stateHome, cacheHome } = statePaths(env, env.HOME || homedir());
  const dir = join(stateHome, repository.id);
  return {
    dir,
    runs: join(dir, 'runs'),
    logs: join(dir, 'logs'),
    texts: join(dir, 'specs'),
    cache: join(cacheHome, repository.id),
    lock: join(repository.commonDir, 'prd.lock'),
  };
}
