import { broken } from './crash-point.ts';

/** What a box holds, in the order in which it is laid. All paths are absolute and real. */
export interface BoxPlan {
  /** Parts of `/proc` through which root changes the kernel, capabilities or not. */
  readonly frozen: readonly string[];
  /** Folders that are empty inside. */
  readonly masks: readonly string[];
  /** Shown again on top of the masks, read-only. */
  readonly readable: readonly Mount[];
  /** Files that cannot be read inside. */
  readonly hidden: readonly string[];
  readonly writable: readonly string[];
  readonly network: boolean;
  readonly cwd: string;
}

export interface Mount {
  readonly from: string;
  readonly to: string;
}

/** Where bubblewrap says which process the box ends with. */
export const infoFd = 3;

/**
 * The arguments of bubblewrap. Later mounts cover earlier ones, so what may be written comes last. The environment is that
 * of the program itself, which holds nothing that was not chosen; on a command line every user of the machine could read it.
 */
export function boxArguments(plan: BoxPlan): readonly string[] {
  const { frozen, masks, readable, hidden, writable, network, cwd } = plan;
  return [
    ...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
    ...frozen.flatMap((path) => ['--ro-bind', path, path]),
    ...masks.flatMap((folder) => ['--tmpfs', folder]),
    ...readable.flatMap(({ from, to }) => ['--ro-bind', from, to]),
    ...hidden.flatMap((file) => ['--ro-bind', '/dev/null', file]),
    ...writable.flatMap((folder) => ['--bind', folder, folder]),
    ...(broken('weak-bwrap') ? weakly : walls),
    ...(network ? [] : ['--unshare-net']),
    ...['--die-with-parent', '--new-session', '--info-fd', String(infoFd), '--chdir', cwd, '--'],
  ];
}

// Run by root, bubblewrap makes no user namespace and drops nothing by itself: the root could be mounted writable again.
const walls = [
  ...['--unshare-user', '--cap-drop', 'ALL'],
  ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
];
const weakly = ['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'];
