/** The face of `workspace/`: places where agents work and checks run, and the vault that keeps what came out of them. */
import type { CommandResult } from '../host/process.ts';
import type { Access } from '../host/sandbox.ts';

/** A git object id, 40 or 64 hex digits. */
export type Oid = string;

/** The user's repository, as found. Nothing in it is ever changed except as `Checkout` says. */
export interface UserRepository {
  /** Root of the work tree, real path. */
  readonly root: string;
  readonly gitDir: string;
  readonly commonDir: string;
  /** Stable name of this repository in the state folder. */
  readonly id: string;
  /** Short name of the branch that is checked out; null when HEAD is detached. */
  readonly branch: string | null;
  readonly head: Oid;
}

export interface Change {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'deleted';
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldBlob: Oid | null;
  readonly newBlob: Oid | null;
}

/** What a snapshot refuses to take: never silently. */
export interface Refusal {
  readonly path: string;
  readonly kind:
    | 'nested-git'
    | 'escaping-link'
    | 'special-file'
    | 'case-collision'
    | 'oversize'
    | 'control-bytes'
    | 'submodule-write';
}

export interface Snapshot {
  /** Commit in the vault whose only parent is the base; null when nothing changed. */
  readonly commit: Oid | null;
  readonly base: Oid;
  readonly changes: readonly Change[];
  readonly refused: readonly Refusal[];
}

export type Merge =
  | { readonly kind: 'clean'; readonly tree: Oid }
  | { readonly kind: 'conflict'; readonly paths: readonly string[] };

/** What a path of a new tree becomes. */
export type TreeEdit = { readonly path: string } & (
  | { readonly kind: 'blob'; readonly blob: Oid; readonly mode: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'delete' }
);

/**
 * A bare repository owned by `prd`, borrowing the user's objects. Everything an agent made is stored here before its
 * folder may go. Rejects with a `PrdError` (`git-failed`, `objects-missing`, `disk`); calls may overlap.
 */
export interface Vault {
  /** Takes the commit into the vault's view and pins it in the user's repository while attempts on it are kept. */
  keep(commit: Oid): Promise<void>;
  /** Text of a file at a commit, or null when there is none (or it is not a regular file). */
  read(commit: Oid, path: string): Promise<string | null>;
  readBlob(blob: Oid): Promise<Buffer>;
  /** Every tracked path of a commit, sorted. */
  paths(commit: Oid): Promise<readonly string[]>;
  /** Blob id and mode of paths at a commit; a missing path is absent from the map. */
  blobs(
    commit: Oid,
    paths: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly blob: Oid; readonly mode: string }>>;
  changes(from: Oid, to: Oid): Promise<readonly Change[]>;
  /** Unified diff, no external drivers; `context: 'function'` shows whole functions. */
  diff(
    from: Oid,
    to: Oid,
    options?: { readonly context?: 'function' | number; readonly paths?: readonly string[] },
  ): Promise<string>;
  /** Stores what the workspace's folder holds now, under `ref`, through the vault's own index and configuration. */
  snapshot(workspace: { readonly dir: string; readonly base: Oid }, ref: string, message: string): Promise<Snapshot>;
  commit(commit: CommitOrder): Promise<Oid>;
  treeOf(commit: Oid): Promise<Oid>;
  /** Merges tree-level, without a checkout. `theirs` must have its fork point in the history of `ours`. */
  merge(ours: Oid, theirs: Oid): Promise<Merge>;
  /** Is `ancestor` in the history of `commit`? */
  contains(commit: Oid, ancestor: Oid): Promise<boolean>;
  ref(name: string): Promise<Oid | null>;
  refs(prefix: string): Promise<ReadonlyMap<string, Oid>>;
  setRef(name: string, commit: Oid | null): Promise<void>;
}

export interface CommitOrder {
  /** A tree, or a commit that stands for its own. */
  readonly tree: Oid;
  /** What differs from that tree; a text keeps the mode of the file it replaces. */
  readonly edits?: readonly TreeEdit[];
  readonly parents: readonly Oid[];
  readonly message: string;
  /** Null or absent: `prd` itself. */
  readonly author?: Identity | null;
}

export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** The user's branch and checkout: the only writes `prd` makes in the user's repository. */
export interface Checkout {
  /** Tip of a branch (short name), or null when it does not exist. */
  tip(branch: string): Promise<Oid | null>;
  /** The user's own git identity, or null when none is configured. */
  identity(): Promise<Identity | null>;
  /** Tracked files that differ from HEAD or the index, and untracked ones; capped at 1,000 paths. */
  dirty(): Promise<readonly string[]>;
  /** Would the checkout follow `branch` from `from` to `to` without losing an edit? True when the branch is not checked out. */
  canFollow(branch: string, from: Oid, to: Oid): Promise<boolean>;
  /** Brings the objects of `to` over already: `moveBranch` then need not. The user's repository has those of `from`. */
  bring(from: Oid, to: Oid): Promise<void>;
  /** Brings the objects over and moves the branch by compare-and-swap. `lost`: somebody moved it first; nothing changed. */
  moveBranch(branch: string, from: Oid | null, to: Oid): Promise<'moved' | 'lost'>;
  /** Fast-forwards index and files of the checkout after `moveBranch`. Harmless when the branch is not checked out. */
  follow(branch: string, from: Oid, to: Oid): Promise<'followed' | 'left'>;
  /** After a crash between `moveBranch` and the end of `follow`: finishes it, keeping the user's own edits. */
  recoverFollow(
    branch: string,
    from: Oid,
    to: Oid,
  ): Promise<{ readonly kind: 'clean' } | { readonly kind: 'kept-edits'; readonly paths: readonly string[] }>;
}

/** A fresh clone of one commit: depth 1, no alternates, no remote, no hooks. */
export interface Tree {
  readonly dir: string;
  readonly commit: Oid;
  /** Runs a shell command in the tree with the environment of a child, never our own. `cwd` is relative and checked. */
  shell(command: string, options: ShellOptions): Promise<CommandResult>;
  /** Paths of tracked files whose content is not the commit's. */
  changedFiles(): Promise<readonly string[]>;
  /** Removes the folder. Harmless when called twice. */
  remove(): Promise<void>;
}

export interface ShellOptions {
  readonly timeoutMs: number;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  readonly logDir?: string;
  readonly maxBytes?: number;
  /** Added to the child's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it may reach beside its tree: only setup has more than that. */
  readonly access?: Access;
}

export interface Trees {
  /** `label` becomes part of the folder's name (slug + hash). Prepared dependencies are copied in, never shared writable. */
  open(commit: Oid, label: string, options?: { readonly setup?: SetupResult | null }): Promise<Tree>;
  /** Removes folders of trees that earlier runs left behind and whose attempts are stored. */
  sweep(): Promise<number>;
  /** Waits for removals that nobody waited for, and removes what is kept to open trees faster. */
  close(): Promise<void>;
}

export interface SetupStep {
  readonly command: string;
  /** What made us think of it: `package-lock.json`, `setup in prd.config.json`. */
  readonly because: string;
}

export interface SetupResult {
  /** Digest of lockfiles, manifests, platform, tool versions and commands. */
  readonly digest: string;
  readonly steps: readonly SetupStep[];
  /** Folder with what setup produced (untracked files only), or null when there was nothing to do. */
  readonly dir: string | null;
}

export interface Setup {
  /** What would run for this commit, without running it. */
  steps(commit: Oid): Promise<readonly SetupStep[]>;
  /** Prepares dependencies once per digest; later calls return the cached result. Rejects with `setup-failed`. */
  prepare(
    commit: Oid,
    hooks?: { readonly onStart?: (step: SetupStep) => void; readonly signal?: AbortSignal },
  ): Promise<SetupResult>;
}

/** Files of a workspace as tools may touch them: every path goes through the one check in `workspace/files.ts`. */
export interface WorkspaceFiles {
  /** Resolves for every path; what is not allowed or not there is a value. */
  read(path: string): Promise<FileRead>;
  /** Creates parents, keeps the mode, replaces by rename. */
  write(path: string, bytes: Uint8Array): Promise<FileWrite>;
  /** Entries of a folder, ignored files hidden, sorted; folders end with `/`. */
  list(path: string): Promise<FolderRead>;
  search(query: SearchQuery): Promise<SearchResult>;
  /** The closest tracked names to a path that does not exist, at most three. */
  nearest(path: string): Promise<readonly string[]>;
}

export type FileRead =
  | { readonly kind: 'file'; readonly path: string; readonly bytes: Buffer; readonly hash: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'refused'; readonly path: string; readonly why: RefusedPath };

export type FileWrite =
  | { readonly kind: 'written'; readonly path: string; readonly hash: string; readonly created: boolean }
  | { readonly kind: 'refused'; readonly path: string; readonly why: RefusedPath };

export type FolderRead =
  | { readonly kind: 'folder'; readonly entries: readonly string[]; readonly more: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly why: RefusedPath };

/** `outside`: leaves the workspace, also through a link. `protected`: version control, the PRD, `.prd/`, secrets. */
export type RefusedPath = 'outside' | 'protected' | 'secret' | 'special-file' | 'too-large' | 'bad-name';

export interface SearchQuery {
  readonly pattern: string;
  readonly literal: boolean;
  readonly glob: string | null;
  readonly mode: 'lines' | 'files';
  /** Lines of context, 0 to 5. */
  readonly context: number;
}

export interface SearchResult {
  /** Grouped by file, sorted by path; at most 100 hits. In `files` mode the lines are empty. */
  readonly files: readonly {
    readonly path: string;
    readonly lines: readonly { readonly line: number; readonly text: string; readonly hit: boolean }[];
  }[];
  readonly hits: number;
  /** Hits not shown. */
  readonly more: number;
  /** Set when the pattern was no regular expression and was searched as plain text. */
  readonly note: string | null;
  readonly timedOut: boolean;
}

/** A tree in which an implementer works. */
export interface Workspace extends Tree {
  readonly base: Oid;
  readonly files: WorkspaceFiles;
  /** Outside the tree: full logs of the agent's commands go here, and `files` reads them under `@logs/`. */
  readonly logDir?: string;
}
