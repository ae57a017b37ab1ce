import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { claudeCodeImplementer } from '../../../src/agent/external/claude-code.ts';
import { openCommands } from '../../../src/host/command.ts';
import { attemptJob, green, type JobOptions, red, redForGood, turnsOf } from '../attempt.ts';

const program = fileURLToPath(new URL('../../fixtures/fake-claude/claude.mjs', import.meta.url));

interface Asked {
  readonly args: readonly string[];
  readonly prompt: string;
  readonly cwd: string;
  readonly env: readonly string[];
}

/** One attempt by the fake agent, whose rounds do what is named. */
async function attempt(rounds: string, options: JobOptions = {}, given: { help?: string; program?: string } = {}) {
  const job = attemptJob(options);
  const log = join(dirname(job.workspace.dir), 'asked.jsonl');
  const env = {
    PATH: dirname(process.execPath),
    FAKE_CLAUDE: rounds,
    FAKE_CLAUDE_LOG: log,
    ...(given.help === undefined ? {} : { FAKE_CLAUDE_HELP: given.help }),
  };
  const implementer = claudeCodeImplementer({ commands: openCommands(), env, program: given.program ?? program });
  const end = await implementer.attempt(job);
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  return { end, job, asked: lines.map((line) => JSON.parse(line) as Asked) };
}

describe('a round of claude', () => {
  it('works in the workspace, and its checks decide', async () => {
    const { end, job } = await attempt('done', { verdicts: [green] });
    expect(end).toEqual({ kind: 'finished', green: true, summary: 'Built it.' });
    expect(job.claims).toEqual([{ summary: 'Built it.', criteria: [] }]);
    expect(job.workspace.bytes('built.txt')).toBe('built\n');
  });

  it('is told as turns, and with what it says it used, summed over its models', async () => {
    const { job } = await attempt('done', { verdicts: [green] });
    expect(turnsOf(job)).toEqual([['Read src/cart.ts', 'Bash npm test'], ['Edit src/cart.ts'], []]);
    expect(job.events.at(-1)).toEqual({
      type: 'agent.reported',
      data: {
        story: 'US-1',
        attempt: 1,
        role: 'delegate',
        model: 'test-model',
        usage: { fresh: 11, write5m: 44, write1h: 0, cacheRead: 33, output: 22 },
        costUsd: 0.25,
        requests: 3,
      },
    });
  });

  it('whose cost is not said costs an unknown amount, not nothing', async () => {
    const { job } = await attempt('unpriced', { verdicts: [green] });
    expect(job.events.at(-1)).toMatchObject({
      data: { costUsd: null, usage: { fresh: 5, write5m: 8, write1h: 0, cacheRead: 7, output: 6 } },
    });
  });

  it('gets the prompt on standard input, and nothing of our environment', async () => {
    const { asked, job } = await attempt('done', { verdicts: [green] });
    const [round] = asked;
    expect(round?.prompt).toMatch(/^# Story US-1: Cart totals\n\nAdd totals\.\n\nConventions: none\.\n\n## Rules\n/);
    expect(round?.prompt).toMatch(/NEEDS_ORCHESTRATOR/);
    expect(round?.cwd).toBe(job.workspace.dir);
    expect(round?.env.filter((name) => !name.startsWith('FAKE_'))).toEqual(['PATH', 'PRD_JOB']);
  });

  it('gets the flags that its version knows', async () => {
    const { asked } = await attempt('done', { verdicts: [green] });
    expect(asked[0]?.args).toEqual([
      '--print',
      '--output-format',
      'stream-json',
      '--verbose',
      '--model',
      'test-model',
      '--max-turns',
      '6',
      '--permission-mode',
      'acceptEdits',
      '--allowedTools',
      'Bash,Read,Edit,MultiEdit,Write,Glob,Grep,LS,TodoWrite',
      '--disallowedTools',
      'WebSearch,WebFetch,Task,Bash(git commit:*),Bash(git push:*)',
      '--no-session-persistence',
      '--strict-mcp-config',
      '--setting-sources',
      'project',
    ]);
    const { asked: old } = await attempt('done', { verdicts: [green] }, { help: 'old' });
    const flags = old[0]?.args.filter((arg) => arg.startsWith('--'));
    expect(flags).toEqual(['--print', '--output-format', '--verbose', '--model', '--allowedTools']);
  });

  it('the orchestrator is not asked to hand over', async () => {
    const { asked } = await attempt('done', { verdicts: [green], job: { role: 'orchestrator' } });
    expect(asked[0]?.prompt).not.toMatch(/NEEDS_ORCHESTRATOR/);
  });
});

describe('red checks', () => {
  it('start another round with what they said, and turns are counted on', async () => {
    const { end, asked, job } = await attempt('done', { verdicts: [red, green] });
    expect(end).toMatchObject({ kind: 'finished', green: true });
    expect(asked).toHaveLength(2);
    expect(asked[1]?.prompt.startsWith(asked[0]?.prompt ?? '?')).toBe(true);
    expect(asked[1]?.prompt).toMatch(/## What happened before\nThe work so far stands .*\n\nnpm test: exit 1$/);
    const turns = job.events.flatMap((event) => (event.type === 'agent.turn' ? [event.data.turn] : []));
    expect(turns).toEqual([1, 2, 3, 4, 5, 6]);
    expect(job.events.filter(({ type }) => type === 'agent.reported')).toHaveLength(2);
  });

  it('for the last time end the attempt', async () => {
    const { end, asked } = await attempt('done', { verdicts: [redForGood] });
    expect([end, asked.length]).toEqual([{ kind: 'finished', green: false, summary: 'Built it.' }, 1]);
  });
});

describe('how it ends', () => {
  const provider = (failure: string, said: unknown, stopsRun: boolean) => ({
    kind: 'provider',
    failure,
    said,
    stopsRun,
  });

  it.each([
    ['blocked', { kind: 'blocked', reason: 'the database is not there' }],
    ['question', { kind: 'needs-orchestrator', question: 'which of the two caches?' }],
    ['max-turns', { kind: 'limit', limit: 'turns', detail: '3 turns' }],
    ['budget', { kind: 'limit', limit: 'budget', detail: 'budget' }],
    ['auth', provider('auth', 'Invalid API key · Please run /login', true)],
    ['auth-plain', provider('auth', 'Invalid API key · Please run /login', true)],
    ['credit', provider('spend-limit', 'Credit balance is too low', true)],
    ['usage-limit', provider('rate_limited', 'Claude AI usage limit reached|1765000000', true)],
    ['overloaded', provider('rate_limited', 'API Error: 529 {"type":"overloaded_error"}', false)],
    ['refusal', { kind: 'refused', detail: 'I cannot help with that.' }],
    ['policy', { kind: 'refused', detail: expect.stringMatching(/Usage Policy/) }],
    ['broken-inside', provider('failed', 'error_during_execution: TypeError: x is undefined', false)],
    ['crash', provider('crashed', 'exit 134: FATAL ERROR: out of memory', false)],
  ])('%s', async (round, expected) => {
    const { end } = await attempt(round);
    expect(end).toEqual(expected);
  });

  it.each(['noise', 'exits-1-with-success'])(
    '%s: its last line counts, not noise and not the exit code',
    async (round) => {
      const { end } = await attempt(round, { verdicts: [green] });
      expect(end).toMatchObject({ kind: 'finished', green: true });
    },
  );

  it('one that does not end is ended at the time limit, and its cost is unknown', async () => {
    const { end, job } = await attempt('hang', { limits: { wallMs: 1_500 } });
    expect(end).toMatchObject({ kind: 'limit', limit: 'time' });
    expect(job.events).toMatchObject([
      { type: 'agent.reported', data: { usage: null, costUsd: null, requests: null } },
    ]);
  });

  it('one that is interrupted is aborted', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const { end } = await attempt('hang', { job: { signal: controller.signal } });
    expect(end).toEqual({ kind: 'aborted' });
  });

  it('a journal that fails is not swallowed', async () => {
    const job = attemptJob({ job: {} });
    const log = join(dirname(job.workspace.dir), 'asked.jsonl');
    const env = { PATH: dirname(process.execPath), FAKE_CLAUDE_LOG: log };
    const emit = async (): Promise<void> => {
      throw new Error('disk full');
    };
    const implementer = claudeCodeImplementer({ commands: openCommands(), env, program });
    await expect(implementer.attempt({ ...job, emit })).rejects.toThrow('disk full');
  });

  it('logs are kept where they are wanted, whatever the story is called', async () => {
    const job = attemptJob({ verdicts: [green], job: { story: '../../US 1' } });
    const logDir = join(dirname(job.workspace.dir), 'kept');
    const env = { PATH: dirname(process.execPath), FAKE_CLAUDE_LOG: join(dirname(job.workspace.dir), 'asked.jsonl') };
    await claudeCodeImplementer({ commands: openCommands(), env, program, logDir }).attempt(job);
    expect(readdirSync(logDir)).toEqual([expect.stringMatching(/^-US-1-[0-9a-f]{8}-1-1$/)]);
  });

  it('one that is not installed stops the run', async () => {
    const { end } = await attempt('done', {}, { program: '/nowhere/claude' });
    const said = '`/nowhere/claude --help` does not run: install Claude Code, or name its path';
    expect(end).toEqual(provider('not_installed', said, true));
  });

  it('one that is too old stops the run', async () => {
    const { end } = await attempt('done', {}, { help: 'ancient' });
    expect(end).toEqual(
      provider('not_installed', expect.stringMatching(/has no --print: a newer version is needed$/), true),
    );
  });
});
