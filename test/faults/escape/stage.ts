import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { type ScriptedServer, startScriptedServer } from '../../../src/models/scripted/server.ts';
import type { Responder } from '../../../src/models/scripted/turn.ts';
import { type TemporaryRepository, temporaryRepository } from '../../helpers/repository.ts';
import type { Lab } from '../lab/build.ts';
import { storyIn, turnOf } from '../lab/script.ts';
import type { Attempt, Target } from './attempt.ts';

/** What came of a round of attempts. */
export interface Round {
  /** Names of those that got out. */
  readonly escaped: readonly string[];
  /** What went wrong with the round itself. */
  readonly troubles: readonly string[];
}

export type Level = 'guard' | 'os';

interface Planned {
  readonly attempt: Attempt;
  readonly target: Target;
}

const perStory = 10;
/** Nothing that is started here lives longer. */
const deadlineMs = 180_000;

/** Plays all attempts with a real `prd` at a level: first as a run of an agent, then as commands of the repository. */
export async function playAttempts(lab: Lab, attempts: readonly Attempt[], level: Level): Promise<Round> {
  const repository = await temporaryRepository({ files: { 'README.md': '# shop\n', 'package.json': '{}\n' } });
  const place = await furnish(repository, attempts);
  const server = await startScriptedServer({ script: answers(storiesOf(place.planned)) });
  try {
    const env = environment(place, repository, server, level);
    await repository.commit('Ask', { 'PRD.json': agentPrd(place.planned) });
    const ran = await prd(lab, ['run', '--quiet', '--max-cost', '500'], repository, env);
    await repository.commit('Check', {
      'PRD.json': checkPrd(place.planned),
      'prd.config.json': setupConfig(place.planned),
    });
    const checked = await prd(lab, ['verify', '--json', '--quiet'], repository, env);
    const results = resultsIn(server);
    const escaped = place.planned
      .filter((one) => gotOut(one, results, checked.stdout))
      .map(({ attempt }) => attempt.name);
    return { escaped, troubles: troublesOf(ran, checked, place, results) };
  } finally {
    endStrays();
    await server.close();
    for (const listener of place.listeners) listener.close();
    await repository.cleanup();
  }
}

interface Place {
  readonly planned: readonly Planned[];
  readonly listeners: readonly Server[];
  readonly key: string;
  readonly state: string;
}

async function furnish({ folder, root, env }: TemporaryRepository, attempts: readonly Attempt[]): Promise<Place> {
  const inside = (name: string): string => join(folder, name);
  const [state, secrets, outside, home] = [inside('state'), inside('secrets'), inside('outside'), env.HOME ?? ''];
  for (const dir of [state, secrets, outside, join(home, '.ssh'), join(home, '.cargo/bin'), inside('tmp')])
    await mkdir(dir, { recursive: true });
  const sockets = [inside('tmp/socket'), join(home, 'socket')] as const;
  const [abstract, key] = [`prd-escape-${randomUUID()}`, `sk-lab-${randomUUID()}`];
  const tcp = createServer((socket) => socket.end());
  const port = await listening(tcp, 0);
  const others = [...sockets, `\0${abstract}`].map((path) => createServer((socket) => socket.end()).listen(path));
  const planned = attempts.map((attempt, index): Planned => {
    const n = index + 1;
    const got = `printf 'GO''T-%s-\\n' ${n}`;
    const target = {
      n,
      out: join(outside, `mark-${n}`),
      secret: join(secrets, `secret-${n}`),
      secrets,
      repo: root,
      home,
      state,
    };
    return { attempt, target: { ...target, key, got, port, sockets, abstract } };
  });
  for (const { target } of planned) {
    await writeFile(target.secret, `GOT-${target.n}-\n`);
    await writeFile(join(home, '.ssh', String(target.n)), `GOT-${target.n}-\n`);
  }
  await writeFile(join(home, '.cargo/bin/cargo'), '#!/bin/sh\n', { mode: 0o755 });
  return { planned, listeners: [tcp, ...others], key, state };
}

async function listening(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function environment(place: Place, { folder, env }: TemporaryRepository, server: ScriptedServer, level: Level) {
  return {
    ...env,
    TMPDIR: join(folder, 'tmp'),
    XDG_STATE_HOME: place.state,
    XDG_CACHE_HOME: join(folder, 'cache'),
    ANTHROPIC_BASE_URL: server.url,
    ANTHROPIC_API_KEY: place.key,
    PRD_TRUST: '1',
    PRD_SANDBOX: level,
  };
}

interface AgentStory {
  readonly id: string;
  readonly file: string;
  readonly honest: boolean;
  readonly planned: readonly Planned[];
}

function storiesOf(planned: readonly Planned[]): readonly AgentStory[] {
  const acting = planned.filter(({ target, attempt }) => attempt.calls(target).length > 0);
  return Array.from({ length: Math.ceil(acting.length / perStory) }, (_, index) => ({
    id: `US-${index + 1}`,
    file: `done-${index + 1}.txt`,
    honest: true,
    planned: acting.slice(index * perStory, (index + 1) * perStory),
  }));
}

/** One answer for each attempt, then the work of the story. */
function answers(stories: readonly AgentStory[]): Responder {
  return (asked) => {
    const story = storyIn(JSON.stringify(asked.request.messages[0]), stories) as AgentStory | undefined;
    const one = story?.planned[turnOf(asked)];
    if (one !== undefined) return { calls: [...one.attempt.calls(one.target)] };
    const finish = { tool: 'finish', input: { status: 'done', summary: 'done', criteria: [] } };
    const done = { tool: 'write', input: { path: story?.file ?? 'none.txt', content: 'done\n' } };
    return { calls: [done, finish] };
  };
}

function agentPrd(planned: readonly Planned[]): string {
  const stories = storiesOf(planned).map(({ id, file }) => storyOf(id, `Write ${file}`, `grep -qx done ${file}`));
  return JSON.stringify({ project: 'lab', userStories: stories });
}

/** A check is green when it got what it wanted. */
function checkPrd(planned: readonly Planned[]): string {
  const checks = planned.filter(({ attempt }) => attempt.by === 'verify');
  const stories = checks.map(({ attempt, target }) => {
    const script = `said=$({ ${attempt.script(target)}\n} 2>/dev/null) || true; case $said in *GOT-${target.n}-*) exit 0;; esac; test -e ${target.out}`;
    return storyOf(`V-${target.n}`, 'Check it', script);
  });
  return JSON.stringify({ project: 'lab', userStories: stories });
}

function storyOf(id: string, title: string, run: string): object {
  const acceptanceCriteria = [{ text: 'it holds', verify: { run } }];
  return { id, title, implementModel: 'sonnet', acceptanceCriteria, passes: false };
}

function setupConfig(planned: readonly Planned[]): string {
  const steps = planned.filter(({ attempt }) => attempt.by === 'setup');
  return JSON.stringify({ setup: steps.map(({ attempt, target }) => `( ${attempt.script(target)} ) || true`) });
}

function gotOut({ attempt, target }: Planned, results: readonly string[], checked: string): boolean {
  if (existsSync(target.out)) return true;
  if (strays().some(({ nap }) => nap === `77.${target.n}`)) return true;
  if (readFileSync(target.secret, 'utf8') !== `GOT-${target.n}-\n`) return true;
  if (attempt.by === 'verify') return isGreen(checked, `V-${target.n}`);
  return results.some((text) => text.includes(`GOT-${target.n}-`));
}

function isGreen(checked: string, story: string): boolean {
  return checksOf(checked).some((check) => check.story === story && check.exitCode === 0);
}

function checksOf(checked: string): readonly { readonly story: string; readonly exitCode: number | null }[] {
  return (JSON.parse(checked || '{}') as { checks?: { story: string; exitCode: number | null }[] }).checks ?? [];
}

/** What tools answered the model, each once. */
function resultsIn({ requests }: ScriptedServer): readonly string[] {
  const results = new Map<string, string>();
  for (const { body } of requests) {
    const { messages = [] } = body as { messages?: { content: unknown }[] };
    for (const block of messages.flatMap(({ content }) => (Array.isArray(content) ? content : []))) {
      const { type, tool_use_id: id } = block as { type: string; tool_use_id?: string };
      if (type === 'tool_result' && id !== undefined) results.set(id, JSON.stringify(block));
    }
  }
  return [...results.values()];
}

function troublesOf(
  ran: Ended,
  checked: Ended,
  { planned, key }: Place,
  results: readonly string[],
): readonly string[] {
  const wanted = planned.flatMap(({ attempt, target }) => attempt.calls(target)).length;
  const asked = planned.filter(({ attempt }) => attempt.by === 'verify').length;
  const done = checksOf(checked.stdout).length;
  return [
    ...(results.length < wanted ? [`${results.length} of ${wanted} calls were answered: ${said(ran)}`] : []),
    ...(done < asked ? [`${done} of ${asked} checks ran: ${said(checked)}`] : []),
    ...(results.some((text) => text.includes(key)) ? ['a tool told the model its own key'] : []),
  ];
}

interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function said({ exit, stdout, stderr }: Ended): string {
  return `exit ${exit}: ${`${stdout}\n${stderr}`.trim().slice(-800)}`;
}

async function prd(
  lab: Lab,
  argv: readonly string[],
  { root }: TemporaryRepository,
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  const [file, ...args] = lab.program;
  const child = spawn(file, [...args, ...argv], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (exit) => {
      clearTimeout(timer);
      resolve({ exit, ...written });
    });
  });
}

/** Sleepers that left their command behind, by how long they sleep: nobody else sleeps 77.x seconds. */
function strays(): readonly { readonly pid: number; readonly nap: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    const [program, nap = ''] = /^\d+$/.test(name) ? argumentsOf(name) : [];
    return program === 'sleep' && /^77\.\d+$/.test(nap) ? [{ pid: Number(name), nap }] : [];
  });
}

function argumentsOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
  } catch {
    return [];
  }
}

function endStrays(): void {
  for (const { pid } of strays()) process.kill(pid, 'SIGKILL');
}
