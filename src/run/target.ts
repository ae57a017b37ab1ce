import type { Branch } from '../land/land.ts';
import type { Identity, Oid } from '../workspace/workspace.ts';
import type { RunDeps, RunRequest } from './deps.ts';

/** The branch that stories land on, and where it stands now. */
export interface Target {
  readonly branch: () => string;
  /** Tip of the branch; the commit it starts from when it does not exist yet. The vault can read it. */
  readonly head: () => Promise<Oid>;
  /** Null when the branch does not exist yet: the first landing creates it. */
  readonly tip: () => Promise<Oid | null>;
  /** Where stories land when the checkout cannot follow the target; null once that has happened. */
  readonly aside: () => Promise<Branch | null>;
  /** The user, as git knows them at the first landing. */
  readonly author: () => Promise<Identity | null>;
  /** From now on stories land where this one did. */
  readonly landedOn: (branch: string) => void;
  /** Name of the branch that the user has to merge, or null. */
  readonly toMerge: () => string | null;
}

/** Opens the target branch and pins where it stands. */
export async function openTarget(request: RunRequest, { checkout, repository, vault }: RunDeps): Promise<Target> {
  let branch = request.startBranch;
  let author: Promise<Identity | null> | null = null;
  const tip = (): Promise<Oid | null> => checkout.tip(branch);
  const head = async (): Promise<Oid> => {
    const found = (await tip()) ?? repository.head;
    await vault.keep(found);
    return found;
  };
  const aside = async (): Promise<Branch | null> => {
    const name = asideBranch(request.run);
    return branch === name ? null : { name, tip: await checkout.tip(name) };
  };
  await head();
  return {
    branch: () => branch,
    head,
    tip,
    aside,
    author: () => {
      author ??= checkout.identity();
      return author;
    },
    landedOn: (name) => {
      branch = name;
    },
    toMerge: () => (branch === request.branch ? null : branch),
  };
}

export function asideBranch(run: string): string {
  return `prd/${run}`;
}
