import type { Latency } from '../../src/models/scripted/deliver.ts';
import { type ScriptedServer, startScriptedServer } from '../../src/models/scripted/server.ts';
import type { Responder } from '../../src/models/scripted/turn.ts';
import { type Files, type TemporaryRepository, temporaryRepository } from '../helpers/repository.ts';
import { type Measured, type Place, prd } from './prd-process.ts';

/** A story for a bench: its check, and the command or file that makes it green. */
export interface BenchStory {
  readonly id: string;
  readonly check: string;
  /** Paths it may touch; empty is an unknown scope. */
  readonly files: readonly string[];
  readonly does: { readonly write: string; readonly content: string } | { readonly run: string };
  readonly role?: 'orchestrator' | 'delegate';
}

export interface Workload {
  readonly stories: readonly BenchStory[];
  readonly files?: Files;
  readonly latency?: Latency;
  /** Requests that the service answers at once; more are refused with 429. */
  readonly places?: number;
}

/** A repository and a service for one workload. */
export interface Bench extends Place {
  readonly repository: TemporaryRepository;
  readonly server: ScriptedServer;
  close(): Promise<void>;
}

export async function openBench({ stories, files = {}, latency, places }: Workload): Promise<Bench> {
  const text = `${JSON.stringify({ project: 'bench', userStories: stories.map(asDocument) }, null, 2)}\n`;
  const repository = await temporaryRepository({ files: { ...someFiles(30), ...files, 'PRD.json': text } });
  const server = await startScriptedServer({
    script: responder(stories),
    ...(latency && { latencyMs: latency }),
    ...(places !== undefined && { places }),
  });
  const env = { ...repository.env, ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'bench' };
  const close = async (): Promise<void> => {
    await server.close();
    await repository.cleanup();
  };
  return { repository, server, cwd: repository.root, env, close };
}

/** One `prd run` on a workload of its own. */
export async function runWorkload(workload: Workload, ...argv: string[]): Promise<Measured & { requests: number }> {
  const bench = await openBench(workload);
  try {
    const ran = await prd(['run', '--json', ...argv], bench);
    if (ran.exit !== 0) throw new Error(`the run ended with ${ran.exit}: ${ran.stderr.slice(-500) || lastLines(ran)}`);
    return { ...ran, requests: bench.server.requests.length };
  } finally {
    await bench.close();
  }
}

/** Independent stories; each writes one file of about this many tokens. */
export function smallStories(count: number, tokens = 20): readonly BenchStory[] {
  const content = 'done and said at some length\n'.repeat(Math.ceil((tokens * 4) / 29));
  return Array.from({ length: count }, (_, at) => {
    const path = `out/part-${at + 1}.txt`;
    return { id: storyId(at), check: `test -s ${path}`, files: [path], does: { write: path, content } };
  });
}

export function storyId(at: number): string {
  return `US-${String(at + 1).padStart(4, '0')}`;
}

/** Small source files, as a young repository has them. */
export function someFiles(count: number, folder = 'src'): Files {
  const text = 'export const value = 1;\n'.repeat(20);
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`${folder}/m${at % 50}/file-${at}.js`, `// ${at}\n${text}`]),
  );
}

function asDocument({ id, check, files, role = 'delegate' }: BenchStory, at: number): object {
  const criteria = [`Verify: ${check}`];
  return {
    id,
    title: `Make ${id}`,
    implementModel: role,
    acceptanceCriteria: criteria,
    priority: at + 1,
    files,
    passes: false,
  };
}

/** One turn a story: the work and `finish` together. */
function responder(stories: readonly BenchStory[]): Responder {
  const byId = new Map(stories.map((story) => [story.id, story]));
  return ({ request }) => {
    const id = /# Story (US-\d+)/.exec(JSON.stringify(request.messages[0]?.content))?.[1] ?? '';
    const story = byId.get(id);
    if (story === undefined) return { say: 'nothing to do here', calls: [] };
    const { does } = story;
    const work =
      'run' in does
        ? { tool: 'run', input: { command: does.run } }
        : { tool: 'write', input: { path: does.write, content: does.content } };
    return { calls: [work, { tool: 'finish', input: { status: 'done', summary: 'done', criteria: [] } }] };
  };
}

function lastLines({ stdout }: Measured): string {
  return stdout.split('\n').slice(-4).join('\n').slice(-1_500);
}
