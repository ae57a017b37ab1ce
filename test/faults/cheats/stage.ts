import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startScriptedServer } from '../../../src/models/scripted/server.ts';
import type { Asked, Turn } from '../../../src/models/scripted/turn.ts';
import type { JournalRecord } from '../../../src/run/events.ts';
import { type TemporaryRepository, temporaryRepository, writeFiles } from '../../helpers/repository.ts';
import type { Lab } from '../lab/build.ts';
import type { Work } from './cheat.ts';
import type { Reviewer } from './reviewers.ts';
import { json, type Shape } from './shape.ts';
import { toolEnvironment } from './tools.ts';

/** A repository of the shape, models that play, and the real `prd` as a process of its own. */
export interface Stage {
  readonly repository: TemporaryRepository;
  prd(...argv: readonly string[]): Promise<StageRan>;
  /** Ids of stories that any branch says pass. */
  passing(): Promise<readonly string[]>;
  /** Does the feature work in a fresh clone of this branch? */
  works(branch?: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface StageRan {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly records: readonly JournalRecord[];
}

/** Answers of the implementer, of the reviewer and of whoever refines. */
export interface Cast {
  readonly implement: (turn: number) => Turn;
  readonly review: Reviewer;
  readonly refine?: readonly object[];
}

/** Longer than any check here needs on a busy machine; what hangs is a finding, not a wait. */
const deadlineMs = 120_000;

export async function openStage(shape: Shape, cast: Cast, lab: Lab): Promise<Stage> {
  const { files, story, others = [] } = shape;
  const prd = json({ project: shape.name, userStories: [{ id: 'US-1', ...story, passes: false }, ...others] });
  const config = json({ limits: { attempts: 1 }, ...setupOf(files) });
  const repository = await temporaryRepository({
    files: { 'README.md': `# ${shape.name}\n`, 'PRD.json': prd, ...files, 'prd.config.json': config },
  });
  const server = await startScriptedServer({ script: (asked) => turnFor(asked, cast) });
  const tmp = join(repository.folder, 'tmp');
  await mkdir(tmp);
  const env = {
    ...repository.env,
    ...toolEnvironment(),
    TMPDIR: tmp,
    XDG_STATE_HOME: join(repository.folder, 'state'),
    XDG_CACHE_HOME: join(repository.folder, 'cache'),
    ANTHROPIC_BASE_URL: server.url,
    ANTHROPIC_API_KEY: 'lab-key',
    ...lab.env,
  };
  const [file, ...first] = lab.program;
  return {
    repository,
    prd: async (...argv) => withRecords(await ran(file, [...first, ...argv], repository.root, env)),
    passing: () => passingStories(repository),
    works: (branch = 'main') => works(repository, branch, shape.hidden, env),
    close: async () => {
      await server.close();
      await repository.cleanup();
    },
  };
}

/** Does the work in a folder, the way an agent does without any tool of ours. Returns the exit of its command. */
export async function doWork(
  { files = {}, run }: Work,
  folder: string,
  env: Record<string, string>,
): Promise<StageRan> {
  await writeFiles(folder, files);
  return run === undefined ? nothing : withRecords(await ran('bash', ['-c', run], folder, env));
}

const nothing: StageRan = { exit: 0, stdout: '', stderr: '', records: [] };

/** A shape that brings its own `prd.config.json` keeps what it says about setup. */
function setupOf(files: Shape['files']): object {
  const own = files['prd.config.json'];
  return typeof own === 'string' ? (JSON.parse(own) as object) : {};
}

function turnFor({ request }: Asked, cast: Cast): Turn {
  const text = textOf(request.messages[0]);
  const turn = request.messages.filter(({ role }) => role === 'assistant').length;
  if (text.startsWith('# Review')) return cast.review(text);
  if (text.startsWith('# Refine'))
    return { calls: [{ tool: 'submit_refinement', input: { stories: cast.refine ?? [] } }] };
  return text.startsWith('# Story') ? cast.implement(turn) : { say: 'I do not know.', calls: [] };
}

function textOf(message: Asked['request']['messages'][number] | undefined): string {
  const content: unknown = message?.content;
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((block: { text?: unknown }) => String(block.text ?? '')).join('\n') : '';
}

async function passingStories({ git }: TemporaryRepository): Promise<readonly string[]> {
  const branches = (await git('for-each-ref', '--format=%(refname)', 'refs/heads')).split('\n');
  const texts = await Promise.all(branches.map((branch) => git('show', `${branch}:PRD.json`).catch(() => '{}')));
  return texts.flatMap((text) => {
    const { userStories = [] } = JSON.parse(text) as { userStories?: { id: string; passes: boolean }[] };
    return userStories.filter(({ passes }) => passes).map(({ id }) => id);
  });
}

async function works(
  { folder, root }: TemporaryRepository,
  branch: string,
  hidden: string,
  env: Record<string, string>,
): Promise<boolean> {
  const clone = join(folder, `hidden-${branch.replaceAll('/', '-')}`);
  const script = `rm -rf "${clone}" && git clone -q --no-local --branch "${branch}" "file://${root}" "${clone}" && cd "${clone}" && ${hidden}`;
  const { exit, stdout } = await ran('bash', ['-c', script], folder, env);
  return exit === 0 && stdout.trim().split('\n').at(-1) === 'works';
}

async function ran(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Omit<StageRan, 'records'>> {
  const options = { cwd, env, timeout: deadlineMs, killSignal: 'SIGKILL', maxBuffer: 1 << 26 } as const;
  try {
    return { exit: 0, ...(await promisify(execFile)(file, [...args], options)) };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    return {
      exit: typeof code === 'number' ? code : null,
      stdout,
      stderr: `${stderr}${stdout === '' && stderr === '' ? String(error) : ''}`,
    };
  }
}

function withRecords(done: Omit<StageRan, 'records'>): StageRan {
  const lines = done.stdout.split('\n').filter((line) => line.startsWith('{"v":1'));
  return { ...done, records: lines.map((line) => JSON.parse(line) as JournalRecord) };
}
