import type { SandboxLevel } from '../verify/check.ts';
import { guardLaunch } from './launch.ts';
import type { CommandSpec } from './process.ts';

/** What a command of a tree may reach beside the system, which it can only read. */
export interface Access {
  /** Folders it may change. */
  readonly writable: readonly string[];
  /** More that it may read: files and folders below a mask. */
  readonly readable?: readonly string[];
  /** Reaches the network also where checks do not. */
  readonly network?: boolean;
}

/** Where commands of trees run. Made once for a run; holds no resource. */
export interface Sandbox {
  readonly level: SandboxLevel;
  /** Why it is not `os`, when that would have been taken: shown as a warning. */
  readonly weaker: string | null;
  /** What is started instead of the command. */
  enclose(command: Enclosed, access: Access): Pick<CommandSpec, 'file' | 'args' | 'cwd' | 'box'>;
}

export type Enclosed = Pick<CommandSpec, 'file' | 'args' | 'cwd'>;

/** Levels without a box: `none` starts the command as it is, `guard` under limits. */
export function openSandbox(level: 'none' | 'guard', weaker: string | null = null): Sandbox {
  const enclose: Sandbox['enclose'] = level === 'none' || process.platform === 'win32' ? (command) => command : limited;
  return { level, weaker, enclose };
}

function limited({ file, args, cwd }: Enclosed): Enclosed {
  return { ...guardLaunch([file, ...args]), cwd };
}
