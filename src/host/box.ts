import { existsSync, realpathSync } from 'node:fs';
import { boxArguments, type Mount } from './box-arguments.ts';
import { boxMasks, isWithin, kernelSettings, rootSecrets } from './box-masks.ts';
import { findToolchains } from './box-toolchains.ts';
import { boxLaunch } from './launch.ts';
import type { Access, Enclosed, Sandbox } from './sandbox.ts';

export interface BoxOptions {
  /** Absolute path of `bwrap`. */
  readonly bwrap: string;
  /** The environment of `prd`: says where toolchains are. */
  readonly env: NodeJS.ProcessEnv;
  /** Folders that no command may see: homes of the user, the repository, what `prd` keeps. */
  readonly masked: readonly string[];
  /** Approved: commands reach the network of the machine. */
  readonly network: boolean;
}

/** Level `os`: every command in namespaces of its own. Looks at the disk once, when it is opened. */
export function openBox({ bwrap, env, masked, network }: BoxOptions): Sandbox {
  const frozen = kernelSettings();
  const masks = boxMasks(masked);
  const { readable, hidden } = findToolchains(env, masks);
  const secrets = [...hidden, ...rootSecrets()];
  const isMasked = (path: string): boolean => masks.some((mask) => isWithin(path, mask));
  const args = ({ cwd }: Enclosed, access: Access): readonly string[] => {
    const online = network || access.network === true;
    const more = [...(access.readable ?? []), ...(online ? nameService : [])].flatMap(mountOf);
    return boxArguments({
      frozen,
      masks,
      readable: [...readable, ...more.filter(({ from }) => isMasked(from))],
      hidden: secrets,
      writable: access.writable,
      network: online,
      cwd,
    });
  };
  return {
    level: 'os',
    weaker: null,
    enclose: (command, access) => {
      const inside = boxLaunch([command.file, ...command.args]);
      return {
        file: bwrap,
        args: [...args(command, access), inside.file, ...inside.args],
        cwd: command.cwd,
        box: true,
      };
    },
  };
}

/** Often a link into `/run`, which is empty inside. */
const nameService = ['/etc/resolv.conf'];

/** Where the path leads, shown there: a link in the read-only root then finds it. */
function mountOf(path: string): readonly Mount[] {
  if (!existsSync(path)) return [];
  const real = realpathSync(path);
  return [{ from: real, to: real }];
}
