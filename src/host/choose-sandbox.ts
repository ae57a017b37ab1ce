import { PrdError } from '../problem.ts';
import type { SandboxLevel } from '../verify/check.ts';
import { type BoxOptions, openBox } from './box.ts';
import { probeBox } from './box-probe.ts';
import type { Commands } from './process.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

export type WantedSandbox = SandboxLevel | 'auto';

export interface SandboxOptions extends Omit<BoxOptions, 'bwrap'> {
  readonly platform: string;
  /** Null: not on the `PATH`. */
  readonly bwrap: string | null;
  readonly commands: Commands;
}

/** `auto` takes `os` where a probe shows that it holds, else `guard`. Rejects with `sandbox-unavailable` for `os` itself. */
export async function chooseSandbox(wanted: WantedSandbox, options: SandboxOptions): Promise<Sandbox> {
  if (wanted === 'none' || wanted === 'guard') return openSandbox(wanted);
  const found = await tryBox(options);
  if (typeof found !== 'string') return found;
  if (wanted === 'os') throw new PrdError({ code: 'sandbox-unavailable', level: 'os', why: found });
  return openSandbox('guard', found);
}

/** The box, or why there is none. */
async function tryBox({ platform, bwrap, commands, ...rest }: SandboxOptions): Promise<Sandbox | string> {
  if (platform !== 'linux') return `${systems[platform] ?? platform} has no level above guard`;
  if (bwrap === null) return 'bubblewrap is not installed';
  const box = openBox({ ...rest, bwrap });
  // Asked without the network that the user may have approved: what is looked for is a wall.
  const why = await probeBox(rest.network ? openBox({ ...rest, bwrap, network: false }) : box, commands);
  return why === null ? box : `bubblewrap is no wall here: ${why}`;
}

const systems: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows' };
