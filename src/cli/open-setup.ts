import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { openSetup } from '../workspace/setup.ts';
import type { Setup } from '../workspace/workspace.ts';
import type { OpenRepository } from './open-repository.ts';
import type { Env } from './terminal.ts';

/** Prepares dependencies of this repository; results are kept in its cache. */
export function setupFor({ trees, git, vault, commands, state }: OpenRepository, config: Config, env: Env): Setup {
  const cacheDir = join(state.cache, 'setup');
  return openSetup({ trees, git, vault, commands, cacheDir, config: { setup: config.setup }, env });
}
