import { randomBytes } from 'node:crypto';
import { mkdir, realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../host/file-operations.ts';
import { slug } from '../host/paths.ts';
import type { Commands } from '../host/process.ts';
import type { Sandbox } from '../host/sandbox.ts';
import { blankSecrets } from './blank-secrets.ts';
import { askCheckout } from './checkout-index.ts';
import { type CopiedFiles, copyFiles } from './copied-files.ts';
import type { Git } from './git.ts';
import { workspaceExcludes } from './ignore-rules.ts';
import { withIndex } from './index-file.ts';
import { openPacks, type Packs } from './packs.ts';
import { copyProducts, readProducts } from './products.ts';
import { removeTree } from './remove-tree.ts';
import { sweepTrees } from './sweep.ts';
import { checkOut, makeGitFolder, shareIndex } from './tree-checkout.ts';
import { draftName, writeOwner } from './tree-owner.ts';
import { placeOfTree, type TreePlace, treePlace } from './tree-place.ts';
import { type ChildEnvironment, shellIn } from './tree-shell.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Oid, SetupResult, Tree, Trees, Vault, Workspace, WorkspaceFiles } from './workspace.ts';

export interface TreesOptions {
  readonly git: Git;
  readonly commands: Commands;
  readonly vaultDir: string;
  /** Where the folders of trees are made. */
  readonly dir: string;
  /** The whole environment of a command, given the private folders of its tree. */
  readonly environment: ChildEnvironment;
  readonly sandbox: () => Promise<Sandbox>;
  /** Untracked files of the user that every tree gets a copy of, because the user said so. */
  readonly copies?: CopiedFiles;
}

/** Opens fresh clones of single commits of the vault. `open` rejects with `objects-missing`, `git-failed` or `disk`. */
export function openTrees(options: TreesOptions): Trees {
  const vault = { git: options.git, dir: options.vaultDir };
  const packs = openPacks(vault, options.dir);
  const removals = new Set<Promise<void>>();
  const removeOnce = (place: TreePlace): Promise<void> => {
    const removal = removeTree(place).finally(() => removals.delete(removal));
    removals.add(removal);
    return removal;
  };
  return {
    open: async (commit, label, { setup = null } = {}) => {
      const place = await makePlace(options.dir, label);
      try {
        await fill({ vault, packs, ...options }, place, commit, setup);
        return treeAt(vault, place, commit, options, () => removeOnce(place));
      } catch (error) {
        await removeTree(place);
        throw error;
      }
    },
    sweep: () => sweepTrees(vault, options.dir),
    close: async () => {
      await Promise.allSettled(removals);
      await packs.close();
    },
  };
}

export interface WorkspaceOptions {
  readonly base: Oid;
  /** Where the work goes on: an earlier snapshot. Absent: the base. */
  readonly from?: Oid;
  readonly label: string;
  readonly setup?: SetupResult | null;
  readonly files: (root: string) => WorkspaceFiles;
}

/** Opens a tree for an implementer. Its folder is swept later only when the vault has everything in it. */
export async function openWorkspace(
  trees: Trees,
  vault: Pick<Vault, 'treeOf' | 'paths'>,
  options: WorkspaceOptions,
): Promise<Workspace> {
  const from = options.from ?? options.base;
  const [tree, stored, paths] = await Promise.all([
    trees.open(from, options.label, { setup: options.setup ?? null }),
    vault.treeOf(from),
    vault.paths(from),
  ]);
  await blankSecrets(tree.dir, paths);
  const note = placeOfTree(tree.dir).stored;
  await onDisk('write', note, () => writeFile(note, stored));
  return { ...tree, base: options.base, files: options.files(tree.dir) };
}

async function makePlace(dir: string, label: string): Promise<TreePlace> {
  return onDisk('create', dir, async () => {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    // A box shows real paths only.
    const real = await realpath(dir);
    const place = treePlace(join(real, `${slug(label)}-${randomBytes(4).toString('hex')}`));
    // Under a name that says whose it is until the note does: a kill in between leaves nothing that must be guessed about.
    const draft = treePlace(join(real, draftName()));
    await mkdir(draft.root, { mode: 0o700 });
    await writeOwner(draft.owner);
    await rename(draft.root, place.root);
    await Promise.all([place.tree, place.home, place.tmp].map((folder) => mkdir(folder, { mode: 0o700 })));
    return place;
  });
}

interface Source extends Pick<TreesOptions, 'commands' | 'copies'> {
  readonly vault: VaultFolder;
  readonly packs: Packs;
}

async function fill(
  { vault, packs, commands, copies }: Source,
  place: TreePlace,
  commit: Oid,
  setup: SetupResult | null,
): Promise<void> {
  const dir = setup?.dir ?? null;
  const works = [
    makeGitFolder(packs, place, commit),
    copySetup(commands, dir, place, copies)
      .then(() => checkOut(vault, place, commit))
      .then(() => copyFiles(copies, place.tree)),
  ];
  // Both are over before a failure removes the folder they write to.
  await Promise.allSettled(works);
  await Promise.all(works);
  await shareIndex(place);
}

// Before the checkout: where both have a file, the commit's counts.
async function copySetup(
  commands: Commands,
  dir: string | null,
  place: TreePlace,
  copies: CopiedFiles | undefined,
): Promise<void> {
  const paths = dir === null ? [] : (await readProducts(dir)).paths;
  const excludes = workspaceExcludes([...paths, ...(copies?.paths ?? [])]);
  await onDisk('write', place.excludes, () => writeFile(place.excludes, excludes));
  if (dir !== null) await copyProducts(commands, dir, place.tree);
}

function treeAt(
  vault: VaultFolder,
  place: TreePlace,
  commit: Oid,
  options: TreesOptions,
  remove: () => Promise<void>,
): Tree {
  return {
    dir: place.tree,
    commit,
    shell: shellIn(place, options),
    changedFiles: () => changedFiles(vault, place, commit),
    remove,
  };
}

async function changedFiles(vault: VaultFolder, place: TreePlace, commit: Oid): Promise<readonly string[]> {
  return withIndex(vault.dir, async (indexFile) => {
    const at = { workTree: place.tree, indexFile };
    const call = { gitDir: vault.dir, ...at, args: ['ls-files', '-z', '-m', '-d', '--deduplicate'] };
    const output = await askCheckout({ ...vault, ...at, base: commit }, call);
    return output.toString('utf8').split('\0').filter(Boolean);
  });
}
