import { afterEach } from 'vitest';
import { main } from '../../src/main.ts';
import type { FaultPlan } from '../../src/models/scripted/faults.ts';
import type { Script } from '../../src/models/scripted/script.ts';
import { type ScriptedServer, startScriptedServer } from '../../src/models/scripted/server.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { type FakeIo, fakeIo } from './cli.ts';
import { type Files, type TemporaryRepository, temporaryRepository } from './repository.ts';

type Turns = Script['stories'][string]['implement'] & {};
/** Conversations of the implementer alone, or of every step. */
type Played = Turns | Script['stories'][string];

/** A repository with a PRD, and models that play what the test says. All of it is gone when the test ends. */
export interface RunBench {
  readonly repository: TemporaryRepository;
  readonly server: ScriptedServer;
  /** One invocation of `prd` in the repository, in process. */
  prd(...argv: string[]): Promise<PrdRan>;
  /** The same, still going on: to be interrupted. */
  start(...argv: string[]): { readonly io: FakeIo; readonly ended: Promise<PrdRan> };
  /** Sets or removes a variable for later invocations. */
  readonly env: Record<string, string>;
  stories(): Promise<Record<string, boolean>>;
}

export interface PrdRan {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Records of `run --json`. */
  readonly records: readonly JournalRecord[];
}

export interface BenchOptions {
  readonly stories: readonly object[];
  readonly script: Record<string, Played>;
  readonly files?: Files;
  readonly prd?: object;
  readonly keys?: readonly string[];
  readonly faults?: FaultPlan;
  /** Tokens below which the server caches nothing. */
  readonly minCacheablePrefix?: number;
  /** The PRD is written, not committed. */
  readonly untracked?: boolean;
}

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export async function runBench(options: BenchOptions): Promise<RunBench> {
  const prd = `${JSON.stringify({ project: 'bench', ...options.prd, userStories: options.stories }, null, 2)}\n`;
  const files = { 'README.md': '# bench\n', ...options.files };
  const repository = await temporaryRepository({ files: options.untracked ? files : { ...files, 'PRD.json': prd } });
  cleanups.push(repository.cleanup);
  if (options.untracked) await repository.write({ 'PRD.json': prd });
  const stories = Object.fromEntries(
    Object.entries(options.script).map(([id, played]) => [id, Array.isArray(played) ? { implement: played } : played]),
  );
  const { keys, faults, minCacheablePrefix } = options;
  const server = await startScriptedServer({
    script: { stories },
    ...(keys && { keys }),
    ...(faults && { faults }),
    ...(minCacheablePrefix !== undefined && { minCacheablePrefix }),
  });
  cleanups.push(() => server.close());
  const env = { ...repository.env, ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'test-key' };
  const start = (...argv: string[]) => {
    const io = fakeIo({ argv, env, cwd: repository.root });
    const ended = main(io).then((exit) => ({ exit, ...io.written, records: recordsIn(argv, io.written.stdout) }));
    return { io, ended };
  };
  return {
    repository,
    server,
    env,
    start,
    prd: (...argv) => start(...argv).ended,
    stories: () => passesIn(repository),
  };
}

/** What each story says at the tip of the branch. */
async function passesIn({ git }: TemporaryRepository): Promise<Record<string, boolean>> {
  const prd = JSON.parse(await git('show', 'main:PRD.json')) as { userStories: { id: string; passes: boolean }[] };
  return Object.fromEntries(prd.userStories.map(({ id, passes }) => [id, passes]));
}

function recordsIn(argv: readonly string[], stdout: string): readonly JournalRecord[] {
  if (!argv.includes('--json') || argv[0] !== 'run') return [];
  const lines = stdout.split('\n').filter((line) => line.startsWith('{"v":1'));
  return lines.map((line) => JSON.parse(line) as JournalRecord);
}

/** A story that `test -s <file>` decides: red until the file has content. */
export function fileStory(id: string, file: string, fields: object = {}): object {
  return {
    id,
    title: `Write ${file}`,
    implementModel: 'sonnet',
    acceptanceCriteria: [`\`${file}\` has content`, `Verify: test -s ${file}`],
    passes: false,
    ...fields,
  };
}

/** One conversation: writes the file, then says that it is done. */
export function writes(path: string, content = 'done\n'): Turns[number] {
  return [{ calls: [{ tool: 'write', input: { path, content } }, finished] }];
}

export function runs(command: string): Turns[number] {
  return [{ calls: [{ tool: 'run', input: { command } }, finished] }];
}

export const finished = { tool: 'finish', input: { status: 'done', summary: 'done', criteria: [] } };
