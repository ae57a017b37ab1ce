import { homedir } from 'node:os';
import { chooseSandbox } from '../host/choose-sandbox.ts';
import { safePath } from '../host/environment.ts';
import { statePaths } from '../host/paths.ts';
import type { Sandbox } from '../host/sandbox.ts';
import { findProgram } from '../workspace/program.ts';
import type { Context } from './context.ts';
import type { OpenOptions, OpenRepository } from './open-repository.ts';

/** Where commands of this repository run: probed once, when the first of them is about to start. */
export function sandboxFor(
  { repository, commands }: Pick<OpenRepository, 'repository' | 'state' | 'commands'>,
  { sandbox = 'auto', approvedNeeds }: Pick<OpenOptions, 'sandbox' | 'approvedNeeds'>,
  context: Context,
): () => Promise<Sandbox> {
  const masked = [repository.root, repository.commonDir];
  let known: Promise<Sandbox> | null = null;
  return () => {
    known ??= sandboxOf(context, { masked, commands, wanted: sandbox, network: approvedNeeds?.network === 'host' });
    return known;
  };
}

type Means = Pick<Parameters<typeof chooseSandbox>[1], 'masked' | 'commands' | 'network'>;

/** The level that is wanted, or the best that this machine has. Rejects with `sandbox-unavailable`. */
export async function sandboxOf(
  { env, home, platform }: Pick<Context, 'env' | 'home' | 'platform'>,
  { wanted, ...means }: Means & { readonly wanted: Parameters<typeof chooseSandbox>[0] },
): Promise<Sandbox> {
  const { stateHome, cacheHome } = statePaths(env, env.HOME || homedir());
  const masked = [...means.masked, home, homedir(), stateHome, cacheHome];
  // Not one that the repository brings along.
  const bwrap = await findProgram('bwrap', safePath(env.PATH ?? '', means.masked));
  return chooseSandbox(wanted, { ...means, masked, env, platform, bwrap });
}
