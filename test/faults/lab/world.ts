import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readProcess } from '../../../src/host/process-table.ts';
import type { FaultPlan } from '../../../src/models/scripted/faults.ts';
import { type ScriptedServer, startScriptedServer } from '../../../src/models/scripted/server.ts';
import type { Responder } from '../../../src/models/scripted/turn.ts';
import { type TemporaryRepository, temporaryRepository } from '../../helpers/repository.ts';
import type { Lab } from './build.ts';
import { type ScriptedStory, storyJson } from './script.ts';

/** A repository of a user with edits of their own, scripted models, and a `prd` that can be killed. */
export interface World {
  readonly repository: TemporaryRepository;
  readonly server: ScriptedServer;
  readonly stories: readonly ScriptedStory[];
  /** Journals, vault and logs of this repository. */
  readonly stateDir: string;
  /** What is the user's own, before the first run. */
  readonly before: UsersOwn;
  /** Tip of the branch before the first run. */
  readonly start: string;
  /** How often `prd` was killed here. */
  readonly kills: () => number;
  prd(argv: readonly string[], env?: Readonly<Record<string, string>>): Running;
  close(): Promise<void>;
}

export interface Running {
  readonly pid: number;
  kill(): void;
  /** Resolves when it stands still at a crash point with `:SIGSTOP`, or has ended. */
  halted(): Promise<void>;
  goOn(): void;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  /** Null: killed. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface UsersOwn {
  readonly status: string;
  readonly stash: string;
  readonly files: Readonly<Record<string, string>>;
}

export interface WorldOptions {
  readonly stories: readonly ScriptedStory[];
  readonly answer: Responder;
  readonly faults?: FaultPlan;
  readonly latencyMs?: number;
  /** git ignores the PRD: it is flipped on disk. */
  readonly ignored?: boolean;
}

/** Nothing that the lab starts lives longer. */
const deadlineMs = 60_000;

export async function openWorld(lab: Lab, options: WorldOptions): Promise<World> {
  const prd = `${JSON.stringify({ project: 'lab', userStories: options.stories.map(storyJson) }, null, 2)}\n`;
  const files = {
    'README.md': '# lab\n',
    'mine.txt': 'as it was\n',
    '.gitignore': options.ignored ? 'PRD.json\n' : '',
  };
  const repository = await temporaryRepository({ files: options.ignored ? files : { ...files, 'PRD.json': prd } });
  if (options.ignored) await repository.write({ 'PRD.json': prd });
  await editAsUser(repository);
  const { latencyMs, faults } = options;
  const server = await startScriptedServer({
    script: options.answer,
    ...(faults && { faults }),
    ...(latencyMs !== undefined && { latencyMs }),
  });
  const tmp = join(repository.folder, 'tmp');
  await mkdir(tmp);
  const env = {
    ...repository.env,
    TMPDIR: tmp,
    XDG_STATE_HOME: join(repository.folder, 'state'),
    XDG_CACHE_HOME: join(repository.folder, 'cache'),
    ANTHROPIC_BASE_URL: server.url,
    ANTHROPIC_API_KEY: 'lab-key',
    ...lab.env,
  };
  let kills = 0;
  const prdIn = (argv: readonly string[], more: Readonly<Record<string, string>> = {}): Running => {
    const running = start(lab, argv, { cwd: repository.root, env: { ...env, ...more } });
    void running.ended.then(({ exit }) => {
      if (exit === null) kills += 1;
    });
    return running;
  };
  return {
    repository,
    server,
    stories: options.stories,
    get stateDir() {
      return env.XDG_STATE_HOME;
    },
    before: await usersOwn(repository),
    start: await repository.git('rev-parse', 'main'),
    kills: () => kills,
    prd: prdIn,
    close: async () => {
      await server.close();
      await repository.cleanup();
    },
  };
}

export function said({ exit, stdout, stderr }: Ended): string {
  return `exit ${exit}: ${`${stdout}\n${stderr}`.trim().slice(-600)}`;
}

/** What must be as it was, whatever happens to `prd`. */
export async function usersOwn({ git, root }: TemporaryRepository): Promise<UsersOwn> {
  const hooks = join(root, '.git/hooks');
  const names = (await readdir(hooks).catch(() => [])).map((name) => join(hooks, name));
  const files = [...names, join(root, '.git/config'), join(root, 'mine.txt'), join(root, 'loose.txt')];
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const));
  return {
    status: await git('status', '--porcelain'),
    stash: await git('stash', 'list', '--format=%H'),
    files: Object.fromEntries(texts),
  };
}

async function editAsUser({ git, write, root }: TemporaryRepository): Promise<void> {
  await write({ 'mine.txt': 'put aside\n' });
  await git('stash', '-q');
  await write({ 'mine.txt': 'edited, not committed\n', 'loose.txt': 'untracked\n', 'staged.txt': 'staged\n' });
  await git('add', 'staged.txt');
  // Leaves a trace wherever it is run.
  await write({ '.git/hooks/post-checkout': '#!/bin/sh\ntouch "$0.ran"\n' });
  await chmod(join(root, '.git/hooks/post-checkout'), 0o755);
}

function start(
  { program: [file, ...args] }: Lab,
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Running {
  const child = spawn(file, [...args, ...argv], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (exit) => {
      clearTimeout(timer);
      resolve({ exit, ...written });
    });
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    kill: () => child.kill('SIGKILL'),
    halted: () => isHalted(pid, child),
    goOn: () => child.kill('SIGCONT'),
    ended,
  };
}

async function isHalted(pid: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && readProcess(pid)?.state !== 'T') await delay(10);
}
