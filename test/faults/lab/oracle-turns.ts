import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gitIn } from '../../helpers/repository.ts';
import { traceOf } from './script.ts';
import type { Finding } from './tally.ts';
import type { World } from './world.ts';

/** Nothing of a turn that did not end runs: no attempt and no landing holds what only such a turn would have written. */
export async function turnFindings(
  { repository, stateDir, stories }: World,
  partial: ReadonlySet<number>,
): Promise<readonly Finding[]> {
  const written = new Set(await allPaths(repository.folder, repository.env, stateDir));
  const ran = [...partial].filter((request) => stories.some((story) => written.has(traceOf(story, request))));
  return ran.map(
    (request): Finding => ({ column: 'false passes', detail: `calls of the cut answer ${request} were run` }),
  );
}

/** Paths of all commits that the vault keeps of attempts. */
async function allPaths(
  folder: string,
  env: Readonly<Record<string, string>>,
  stateDir: string,
): Promise<readonly string[]> {
  const [id = ''] = await readdir(join(stateDir, 'prd'));
  const git = gitIn(folder, env);
  const vault = join(stateDir, 'prd', id, 'vault.git');
  const listing = await git('--git-dir', vault, 'log', '--glob=refs/prd/attempts', '--format=', '--name-only', '-m');
  return listing.split('\n');
}
