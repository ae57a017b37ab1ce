import { createHash } from 'node:crypto';
import type { CommandResult, Commands } from '../../host/process.ts';
import type { AttemptEnd, AttemptJob, Implementer } from '../implementer.ts';
import { firstPrompt, nextPrompt } from './agent-prompt.ts';
import { roundOutcome } from './claude-outcome.ts';
import { type ClaudeSays, nothingSaid, readLine } from './claude-stream.ts';

export interface ClaudeCodeOptions {
  readonly commands: Commands;
  /** The exact environment of the agent: its own login and nothing of ours. */
  readonly env: Readonly<Record<string, string>>;
  /** Name or path of the program. */
  readonly program: string;
  /** Folder for full logs of rounds; absent: they are not kept. */
  readonly logDir?: string;
}

/**
 * Claude Code as implementer, headless. It brings its own tools and speaks to its provider itself; what it did is judged
 * by the checks alone. Red checks start another round with what they said, while the job allows it.
 */
export function claudeCodeImplementer(options: ClaudeCodeOptions): Implementer {
  let known: Promise<string | null> | null = null;
  const flags = (job: AttemptJob): Promise<string | null> => {
    known ??= helpText(options, job.workspace.dir);
    return known;
  };
  return { name: 'claude-code', attempt: async (job) => attempt(options, job, await flags(job)) };
}

/** Silence for this long means that it hangs; its own requests are retried for less. */
const idleMs = 10 * 60_000;
const maxOutputBytes = 200 * 1024 * 1024;

async function attempt(options: ClaudeCodeOptions, job: AttemptJob, help: string | null): Promise<AttemptEnd> {
  const refusal = missingFlag(options.program, help);
  if (refusal !== null) return { kind: 'provider', failure: 'not_installed', said: refusal, stopsRun: true };
  const args = argumentsFor(job, help ?? '');
  let [prompt, leftMs, turns] = [firstPrompt(job.spec, job.role), job.limits.wallMs, 0];
  for (let round = 1; ; round++) {
    const ended = await runRound({ options, job, args, prompt, round, leftMs, turns });
    turns += ended.says.turns.length;
    const outcome = roundOutcome(ended.result, ended.says);
    if (outcome.kind === 'end') return outcome.end;
    const verdict = await job.finish({ summary: outcome.summary, criteria: [] });
    if (verdict.green || !verdict.again) return { kind: 'finished', green: verdict.green, summary: outcome.summary };
    leftMs -= ended.result.durationMs;
    if (leftMs <= 0) return { kind: 'limit', limit: 'time', detail: `${Math.round(job.limits.wallMs / 1_000)} s` };
    prompt = nextPrompt(job.spec, job.role, verdict.feedback);
  }
}

interface Round {
  readonly options: ClaudeCodeOptions;
  readonly job: AttemptJob;
  readonly args: readonly string[];
  readonly prompt: string;
  readonly round: number;
  readonly leftMs: number;
  /** Turns of the rounds before. */
  readonly turns: number;
}

async function runRound(round: Round): Promise<{ readonly result: CommandResult; readonly says: ClaudeSays }> {
  const { options, job, prompt, args } = round;
  let says = nothingSaid;
  let told = Promise.resolve();
  const tell = (count: number): void => {
    const turn = says.turns[count - 1];
    if (turn) told = told.then(() => emitTurn(job, round.turns + count, turn.calls));
    // A journal that fails is met below, where it is awaited: until then it must not count as unhandled.
    told.catch(() => {});
  };
  const result = await options.commands.run({
    file: options.program,
    args,
    cwd: job.workspace.dir,
    env: options.env,
    input: prompt,
    timeoutMs: round.leftMs,
    idleMs,
    maxBytes: maxOutputBytes,
    signal: job.signal,
    ...(options.logDir === undefined ? {} : { logDir: `${options.logDir}/${logFolder(job, round.round)}` }),
    onLine: (line) => {
      const before = says.turns.length;
      says = readLine(says, line);
      // A turn is whole once the next one begins.
      if (says.turns.length > before) tell(before);
    },
  });
  tell(says.turns.length);
  await told;
  await emitReport(job, says);
  return { result, says };
}

/** A story may be called anything, also `../x`. */
function logFolder({ story, attempt: number }: AttemptJob, round: number): string {
  const digest = createHash('sha256').update(story).digest('hex').slice(0, 8);
  return `${story.replace(/[^\w-]+/g, '-').slice(0, 40)}-${digest}-${number}-${round}`;
}

async function emitTurn({ emit, story, attempt: number }: AttemptJob, turn: number, calls: readonly string[]) {
  await emit({ type: 'agent.turn', data: { story, attempt: number, turn, calls: [...calls] } });
}

/** What it says it used; without a result line nothing is known, and unknown is not zero. */
async function emitReport({ emit, story, attempt: number, role, model }: AttemptJob, { result }: ClaudeSays) {
  const { usage = null, costUsd = null, turns: requests = null } = result ?? {};
  await emit({
    type: 'agent.reported',
    data: { story, attempt: number, role, model: model.id, usage, costUsd, requests },
  });
}

/** The program's own help, or null when it cannot be started: flags come and go between versions. */
async function helpText({ commands, env, program }: ClaudeCodeOptions, cwd: string): Promise<string | null> {
  const asked = await commands.runTrusted({ file: program, args: ['--help'], cwd, env, timeoutMs: 30_000 });
  return asked.notStarted === null && asked.exitCode === 0 ? asked.stdout.toString('utf8') : null;
}

const needed = ['--print', '--output-format'] as const;

function missingFlag(program: string, help: string | null): string | null {
  if (help === null) return `\`${program} --help\` does not run: install Claude Code, or name its path`;
  const flag = needed.find((each) => !help.includes(each));
  return flag === undefined ? null : `\`${program}\` has no ${flag}: a newer version is needed`;
}

// Tools that are not allowed are refused without a word to us, so the shell is.
const allowedTools = 'Bash,Read,Edit,MultiEdit,Write,Glob,Grep,LS,TodoWrite';
const deniedTools = 'WebSearch,WebFetch,Task,Bash(git commit:*),Bash(git push:*)';

/** Those flags that this version knows. */
function argumentsFor({ model, limits }: AttemptJob, help: string): readonly string[] {
  const wanted: readonly (readonly string[])[] = [
    ['--print'],
    ['--output-format', 'stream-json'],
    ['--verbose'],
    ['--model', model.id],
    ['--max-turns', String(limits.turns)],
    ['--permission-mode', 'acceptEdits'],
    ['--allowedTools', allowedTools],
    ['--disallowedTools', deniedTools],
    ['--no-session-persistence'],
    ['--strict-mcp-config'],
    ['--setting-sources', 'project'],
  ];
  return wanted.filter(([flag = '']) => new RegExp(`${flag}\\b`).test(help)).flat();
}
