import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parsePrd } from '../../../src/prd/parse.ts';
import type { TemporaryRepository } from '../../helpers/repository.ts';
import type { Journals } from './journals.ts';
import type { Finding } from './tally.ts';

/** What must be readable at any moment, also right after a kill. */
export async function tornFindings({ root }: TemporaryRepository, { damaged }: Journals): Promise<readonly Finding[]> {
  const torn = damaged.map((why): Finding => ({ column: 'torn files', detail: `journal: ${why}` }));
  const prd = parsePrd(await readFile(join(root, 'PRD.json'), 'utf8').catch(() => ''), 'PRD.json');
  return prd.kind === 'read' ? torn : [...torn, { column: 'torn files', detail: 'PRD.json cannot be read' }];
}

/** V5, V7 and the rest: no process, no lock, no temporary file when the last `prd` is gone. */
export async function leftoverFindings(repo: TemporaryRepository, { dir }: Journals): Promise<readonly Finding[]> {
  const { root, folder } = repo;
  const names = [
    ...(await left(root, /^\.prd-.*\.tmp$/)),
    ...(await left(join(root, '.git'), /^(prd\.lock|index\.lock|prd-index-)/)),
    ...(await left(join(folder, 'tmp'), /./)),
    ...(await trees(join(folder, 'cache', 'prd'))),
    ...(dir === null ? [] : await left(join(dir, 'vault.git'), /\.lock$/)),
  ];
  const processes = await livingFor(folder);
  return [
    ...names.map((name): Finding => ({ column: 'unrecovered', detail: `left behind: ${name}` })),
    ...processes.map((pid): Finding => ({ column: 'unrecovered', detail: `process ${pid} still runs` })),
  ];
}

async function left(dir: string, which: RegExp): Promise<readonly string[]> {
  const names = await readdir(dir).catch(() => []);
  return names.filter((name) => which.test(name)).map((name) => join(dir, name));
}

async function trees(cache: string): Promise<readonly string[]> {
  const repositories = await readdir(cache).catch(() => []);
  const found = (await Promise.all(repositories.map((name) => left(join(cache, name, 'trees'), /./)))).flat();
  return Promise.all(found.map(async (tree) => `${tree} (${(await readdir(tree).catch(() => [])).join(' ')})`));
}

/** Every process of a world has its folder in its environment. Those that are just ending get a moment. */
async function livingFor(folder: string): Promise<readonly string[]> {
  for (let look = 0; ; look += 1) {
    const found = await carriersOf(folder);
    if (found.length === 0 || look === 20) return found;
    await delay(50);
  }
}

async function carriersOf(folder: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    pids.map(async (pid) => [pid, await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')] as const),
  );
  return environments.filter(([, environ]) => environ.includes(folder)).map(([pid]) => pid);
}
