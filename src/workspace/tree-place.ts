import { dirname, join } from 'node:path';

/** The private folder of one tree: only `tree`, `home` and `tmp` are for the commands that run in it. */
export interface TreePlace {
  readonly root: string;
  readonly tree: string;
  readonly home: string;
  readonly tmp: string;
  /** The vault's own index of `tree` as it was checked out. */
  readonly index: string;
  /** Ignore patterns for what setup copied in. */
  readonly excludes: string;
  /** Which process opened it. */
  readonly owner: string;
  /** Only beside a workspace: id of the git tree that the vault has of it. */
  readonly stored: string;
}

export function treePlace(root: string): TreePlace {
  const inside = (name: string) => join(root, name);
  return {
    root,
    tree: inside('tree'),
    home: inside('home'),
    tmp: inside('tmp'),
    index: inside('index'),
    excludes: inside('excludes'),
    owner: inside('owner.json'),
    stored: inside('stored'),
  };
}

/** The place that a tree's folder belongs to. */
export function placeOfTree(dir: string): TreePlace {
  return treePlace(dirname(dir));
}
