import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { statePaths } from '../../src/host/paths.ts';
import { main } from '../../src/main.ts';
import { rosterOf } from '../../src/models/catalog.ts';
import type { Script } from '../../src/models/scripted/script.ts';
import { readScript } from '../../src/models/scripted/script.ts';
import { startScriptedServer } from '../../src/models/scripted/server.ts';
import type { Responder } from '../../src/models/scripted/turn.ts';
import type { UserModel } from '../../src/models/user-model.ts';
import { type RunSummary, runSummary } from '../../src/report/summary.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { type Files, temporaryRepository } from '../helpers/repository.ts';

/** USD per million tokens as the comparison is stated: reads cost a tenth, writes for 5 minutes a quarter more. */
const listPrice = (input: number, out: number) => ({ in: input, out, cacheRead: input / 10 });
export const prices = { opus: listPrice(5, 25), sonnet: listPrice(3, 15), haiku: listPrice(1, 5) };
const pricedModels = Object.fromEntries(Object.entries(prices).map(([name, price]) => [name, { price }]));

export interface Piece {
  readonly files: Files;
  readonly script: Script | Responder;
}

export interface PlayOptions {
  readonly flags?: readonly string[];
  /** What user config says of models. Default: the stated prices; nothing: those of the catalog. */
  readonly models?: Readonly<Record<string, UserModel>>;
  /** Tokens below which a prefix is not cached. */
  readonly minCacheablePrefix?: number;
}

export interface Played extends RunSummary {
  readonly exit: number;
  readonly records: readonly JournalRecord[];
}

/** An example with the script beside it. */
export async function readPiece(folder: string): Promise<Piece> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = paths.filter((path) => !path.startsWith(join(folder, 'script')));
  const texts = await Promise.all(
    own.map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const),
  );
  return { files: Object.fromEntries(texts), script: await readScript(join(folder, 'script', 'script.json')) };
}

/**
 * The same piece for the orchestrator alone: every story is its own, and it plays the turns of the attempt that landed, so that
 * both ways say the same words and the failures of delegates are not held against it.
 */
export function alone(piece: Piece): Piece {
  const prd = JSON.parse(String(piece.files['PRD.json']));
  const userStories = prd.userStories.map((story: object) => ({ ...story, implementModel: 'orchestrator' }));
  const files = { ...piece.files, 'PRD.json': `${JSON.stringify({ ...prd, userStories }, null, 2)}\n` };
  return { files, script: typeof piece.script === 'function' ? piece.script : landedOnly(piece.script) };
}

function landedOnly({ stories, ...script }: Script): Script {
  const kept = Object.entries(stories).map(([id, steps]) => [
    id,
    Object.fromEntries(Object.entries(steps).map(([step, conversations]) => [step, conversations?.slice(-1)])),
  ]);
  return { ...script, stories: Object.fromEntries(kept) };
}

/** `prd run` on a piece, in a repository of its own, against scripted models at the stated prices. */
export async function play(piece: Piece, options: PlayOptions = {}): Promise<Played> {
  const repository = await temporaryRepository({ files: piece.files });
  const { minCacheablePrefix, models = pricedModels } = options;
  const server = await startScriptedServer({
    script: piece.script,
    ...(minCacheablePrefix === undefined ? {} : { minCacheablePrefix }),
  });
  try {
    const { configFile } = statePaths(repository.env, repository.env.HOME ?? '');
    await mkdir(dirname(configFile), { recursive: true });
    await writeFile(configFile, JSON.stringify({ models }));
    const env = { ...repository.env, ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'scripted' };
    const written = { stdout: '', stderr: '' };
    const exit = await main({
      argv: ['node', 'prd', 'run', '--json', ...(options.flags ?? [])],
      env,
      platform: process.platform,
      stdin: { isTTY: false, async *[Symbol.asyncIterator]() {} },
      stdout: { write: (text) => (written.stdout += text) },
      stderr: { write: (text) => (written.stderr += text) },
      cwd: () => repository.root,
      on: () => {},
      off: () => {},
    });
    const records = recordsIn(written.stdout);
    if (records.length === 0) throw new Error(`prd run said nothing: ${written.stderr}`);
    return { ...runSummary(records, rosterOf({ models, baseUrl: server.url })), exit, records };
  } finally {
    await server.close();
    await repository.cleanup();
  }
}

function recordsIn(stdout: string): readonly JournalRecord[] {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{"v":1'));
  return lines.map((line) => JSON.parse(line) as JournalRecord);
}
