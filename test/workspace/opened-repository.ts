import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCommands } from '../../src/host/command.ts';
import type { Commands } from '../../src/host/process.ts';
import { openSandbox } from '../../src/host/sandbox.ts';
import { openCheckout } from '../../src/workspace/checkout.ts';
import { openTrees, openWorkspace } from '../../src/workspace/clone.ts';
import { type Git, openGit } from '../../src/workspace/git.ts';
import { findRepository } from '../../src/workspace/repository.ts';
import { type OpenVault, openVault } from '../../src/workspace/vault.ts';
import type { Checkout, Oid, Trees, UserRepository, Workspace, WorkspaceFiles } from '../../src/workspace/workspace.ts';
import { type RepositoryOptions, type TemporaryRepository, temporaryRepository } from '../helpers/repository.ts';

/** A temporary repository with everything of `workspace/` opened on it, as a run does. */
export interface OpenedRepository extends TemporaryRepository {
  readonly commands: Commands;
  readonly prdGit: Git;
  readonly repository: UserRepository;
  readonly stateDir: string;
  readonly treesDir: string;
  /** Folders of trees, without what was kept to open them faster. */
  readonly treeNames: () => Promise<readonly string[]>;
  readonly vault: OpenVault;
  readonly trees: Trees;
  readonly checkout: Checkout;
  readonly base: Oid;
  workspace(options?: { readonly from?: Oid }): Promise<Workspace>;
  /** A commit in the vault on top of `parent`, made from texts; null deletes. */
  candidate(files: Readonly<Record<string, string | null>>, parent?: Oid): Promise<Oid>;
  /** Text of a file in the user's checkout. */
  read(path: string): Promise<string>;
}

export async function openedRepository(options: RepositoryOptions = {}): Promise<OpenedRepository> {
  return openOn(await temporaryRepository(options));
}

/** As a later start of `prd` in the same repository. */
export async function openOn(repo: TemporaryRepository, folder = repo.root): Promise<OpenedRepository> {
  const commands = openCommands();
  const prdGit = await openGit(commands, repo.env);
  const repository = await findRepository(prdGit, folder);
  const stateDir = join(repo.folder, 'state', repository.id);
  const treesDir = join(repo.folder, 'trees');
  await mkdir(stateDir, { recursive: true });
  const vault = await openVault(prdGit, repository, stateDir);
  const environment = (place: { home: string; tmp: string }) => childEnvironment(place, repo.env.PATH ?? '');
  const trees = openTrees({ git: prdGit, commands, vaultDir: vault.dir, dir: treesDir, environment, sandbox });
  const base = repository.head;
  return {
    ...repo,
    commands,
    prdGit,
    repository,
    stateDir,
    treesDir,
    treeNames: async () =>
      (await readdir(treesDir)).filter((name) => !name.startsWith(`making-${process.pid}-`)).sort(),
    vault,
    trees,
    base,
    checkout: openCheckout(prdGit, repository, vault.dir),
    workspace: ({ from } = {}) =>
      openWorkspace(trees, vault, { base, label: 'US-1', files: noFiles, ...(from === undefined ? {} : { from }) }),
    candidate: async (files, parent = base) => {
      const edits = Object.entries(files).map(([path, text]) =>
        text === null ? ({ path, kind: 'delete' } as const) : ({ path, kind: 'text', text } as const),
      );
      return vault.commit({ tree: parent, edits, parents: [parent], message: 'US-1: work' });
    },
    read: (path) => readFile(join(folder, path), 'utf8'),
  };
}

/** The sandbox has tests of its own. */
export const sandbox = async () => openSandbox('none');

function childEnvironment({ home, tmp }: { home: string; tmp: string }, path: string) {
  return { PATH: path, HOME: home, TMPDIR: tmp, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1' };
}

/** The file tools have tests of their own. */
function noFiles(): WorkspaceFiles {
  const refuse = () => Promise.reject(new Error('not part of this test'));
  return { read: refuse, write: refuse, list: refuse, search: refuse, nearest: refuse };
}
