import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { errnoOf } from '../host/file-operations.ts';
import type { CommandResult, Commands } from '../host/process.ts';
import type { Sandbox } from '../host/sandbox.ts';
import { findProgram } from './program.ts';
import type { TreePlace } from './tree-place.ts';
import type { Tree } from './workspace.ts';

/** Makes the whole environment of a command in a tree. */
export type ChildEnvironment = (place: {
  readonly home: string;
  readonly tmp: string;
}) => Readonly<Record<string, string>>;

export interface ShellMeans {
  readonly commands: Commands;
  readonly environment: ChildEnvironment;
  /** Asked for with the first command. */
  readonly sandbox: () => Promise<Sandbox>;
}

/** Runs shell commands in a tree. A `cwd` that leaves the tree, also through a link, starts nothing. */
export function shellIn(place: TreePlace, { commands, environment, sandbox }: ShellMeans): Tree['shell'] {
  return async (command, { cwd = '.', env, access = {}, ...options }) => {
    const folder = await folderInside(place.tree, cwd);
    if ('errno' in folder) return notStarted(folder.errno);
    const all = { ...environment({ home: place.home, tmp: place.tmp }), ...env };
    const shell = await shellOn(all.PATH);
    if (shell === null) return notStarted('ENOENT');
    const plain = { file: shell.file, args: [...shell.args, command], cwd: folder.path };
    // Its own folders last: what setup adds may lie around them.
    const writable = [...(access.writable ?? []), place.tree, place.home, place.tmp];
    const enclosed = (await sandbox()).enclose(plain, { ...access, writable });
    return commands.run({ ...options, ...enclosed, env: all });
  };
}

async function folderInside(
  tree: string,
  cwd: string,
): Promise<{ readonly path: string } | { readonly errno: string }> {
  try {
    const root = await realpath(tree);
    const path = await realpath(resolve(root, cwd));
    const way = relative(root, path);
    const isInside = !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..';
    return isInside ? { path } : { errno: 'cwd-outside' };
  } catch (error) {
    return { errno: errnoOf(error) };
  }
}

// `pipefail`: `failing | tee log` must not be green. A plain `sh` may not know it.
async function shellOn(
  path: string | undefined,
): Promise<{ readonly file: string; readonly args: readonly string[] } | null> {
  const bash = await findProgram('bash', path);
  if (bash !== null) return { file: bash, args: ['-e', '-o', 'pipefail', '-c', '--'] };
  const sh = await findProgram('sh', path);
  return sh === null ? null : { file: sh, args: ['-e', '-c', '--'] };
}

function notStarted(errno: string): CommandResult {
  const nothing = { text: '', bytes: 0, cut: 0, file: null };
  return {
    exitCode: null,
    signal: null,
    timedOut: false,
    cancelled: false,
    flooded: false,
    notStarted: errno,
    durationMs: 0,
    stdout: nothing,
    stderr: nothing,
  };
}
