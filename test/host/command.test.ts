import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCommands } from '../../src/host/command.ts';
import type { CommandResult, CommandSpec } from '../../src/host/process.ts';
import { redactor } from '../../src/host/redact.ts';
import { commands, shell } from './shell.ts';
import { tempFolder } from './temp-folder.ts';

const clean = {
  exitCode: 0,
  signal: null,
  notStarted: null,
  timedOut: false,
  idle: false,
  cancelled: false,
  flooded: false,
};

function outcome({ stdout, stderr, durationMs, ...rest }: CommandResult) {
  return rest;
}

describe('the outcome of a command', () => {
  const aborted = AbortSignal.abort();
  const cases: [string, CommandSpec, Partial<CommandResult>][] = [
    ['that succeeds', shell('exit 0'), {}],
    ['that fails', shell('exit 3'), { exitCode: 3 }],
    ['that is killed by a signal', shell('kill -9 $$'), { exitCode: null, signal: 'SIGKILL' }],
    ['that does not exist', { ...shell(''), file: 'no-such-program' }, { exitCode: null, notStarted: 'ENOENT' }],
    ['in a folder that does not exist', shell('', { cwd: '/no/such' }), { exitCode: null, notStarted: 'ENOTDIR' }],
    ['that is no program', { ...shell(''), file: '/etc/passwd' }, { exitCode: null, notStarted: 'EACCES' }],
    ['with a NUL byte', shell('echo \0'), { exitCode: null, notStarted: 'EINVAL' }],
    ['with too many arguments', shell('x'.repeat(3_000_000)), { exitCode: null, notStarted: 'E2BIG' }],
    [
      'that outlives its timeout',
      shell('sleep 30', { timeoutMs: 50 }),
      { exitCode: null, signal: 'SIGTERM', timedOut: true },
    ],
    [
      'that falls silent',
      shell('echo hi; sleep 30', { idleMs: 80 }),
      { exitCode: null, signal: 'SIGTERM', timedOut: true, idle: true },
    ],
    ['that was cancelled before it began', shell('exit 0', { signal: aborted }), { exitCode: null, cancelled: true }],
    [
      'that wrote too much and then succeeded',
      shell('head -c 2000 /dev/zero', { maxBytes: 1000 }),
      { exitCode: null, flooded: true },
    ],
    [
      'that wrote too much to stderr',
      shell('yes >&2', { maxBytes: 1000 }),
      { exitCode: null, signal: 'SIGTERM', flooded: true },
    ],
  ];

  it.each(cases)('is exact for one %s', async (_, spec, expected) => {
    expect(outcome(await commands.run(spec))).toEqual({ ...clean, ...expected });
  });

  it('is cancelled when the signal aborts while it runs', async () => {
    const controller = new AbortController();
    const onLine = () => controller.abort();
    const result = await commands.run(shell('echo started; sleep 30', { signal: controller.signal, onLine }));
    expect(outcome(result)).toEqual({ ...clean, exitCode: null, signal: 'SIGTERM', cancelled: true });
  });

  it('never has an exit code when the command trapped our TERM and then succeeded', async () => {
    const result = await commands.run(shell('trap "exit 0" TERM; sleep 30 & wait', { timeoutMs: 500 }));
    expect(outcome(result)).toEqual({ ...clean, exitCode: null, timedOut: true });
  });

  it('is not a timeout while output keeps coming', async () => {
    const result = await commands.run(shell('for i in 1 2 3 4 5 6; do echo $i; sleep 0.2; done', { idleMs: 1_000 }));
    expect(outcome(result)).toEqual(clean);
  });
});

describe('what a command gets', () => {
  it('is exactly its environment and the mark of its job', async () => {
    const result = await commands.run({ ...shell(''), file: '/usr/bin/env', args: [], env: { A: '1' } });
    const lines = result.stdout.text.trim().split('\n').sort();
    expect(lines).toEqual(['A=1', expect.stringMatching(/^PRD_JOB=[0-9a-f-]{36}$/)]);
  });

  it('is a job id below the marker of its attempt', async () => {
    const result = await commands.run(shell('echo $PRD_JOB', { env: { PRD_JOB: 'attempt-marker' } }));
    expect(result.stdout.text).toMatch(/^attempt-marker\.[0-9a-f-]{36}\n$/);
  });

  it.each([
    ['nothing', undefined, ''],
    ['its input', 'line\nlast', 'line\nlast'],
    ['a large input', 'x'.repeat(500_000), 'x'.repeat(500_000)],
  ])('on stdin is %s and then the end', async (_, input, read) => {
    const result = await commands.run(shell('cat', input === undefined ? {} : { input }));
    expect(result.stdout.text).toBe(read);
  });

  it('is no descriptor of ours but the three', async () => {
    const list = 'ls /proc/$$/fd';
    // Whoever started the tests may have left one open for everybody.
    const plain = execFileSync('sh', ['-c', list], { encoding: 'utf8' });
    expect((await commands.run(shell(list))).stdout.text).toBe(plain);
  });
});

describe('the output of a command', () => {
  it('comes with its size, stream by stream', async () => {
    const { stdout, stderr } = await commands.run(shell('echo out; printf err >&2'));
    expect({ stdout, stderr }).toEqual({
      stdout: { text: 'out\n', bytes: 4, cut: 0, file: null },
      stderr: { text: 'err', bytes: 3, cut: 0, file: null },
    });
  });

  it('is kept head and tail when it is long', async () => {
    const script = 'echo first; head -c 2000000 /dev/zero | tr "\\0" x; echo; echo last';
    const { stdout } = await commands.run(shell(script));
    expect(stdout.text.startsWith('first\nxxx')).toBe(true);
    expect(stdout.text.endsWith('xxx\nlast\n')).toBe(true);
    expect(stdout.text).toContain(`\n[... ${stdout.cut} bytes left out ...]\n`);
    expect(stdout.text.length).toBeLessThan(1024 * 1024 + 100);
    expect(stdout.bytes).toBe(2_000_012);
  });

  it('is whole lines for a listener, the last one with or without its end', async () => {
    const lines: string[] = [];
    await commands.run(
      shell('echo one; printf "two\\r\\n"; sleep 0.1; printf three', { onLine: (l) => lines.push(l) }),
    );
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  it('reaches the listener while the command runs', async () => {
    const lines: string[] = [];
    const script = 'echo ready; while [ ! -e go ]; do sleep 0.01; done; echo gone';
    const cwd = tempFolder();
    const onLine = (line: string) => {
      lines.push(line);
      writeFileSync(join(cwd, 'go'), '');
    };
    const result = await commands.run(shell(script, { cwd, onLine }));
    expect([result.exitCode, lines]).toEqual([0, ['ready', 'gone']]);
  });

  it('ends the command and rejects when the listener throws', async () => {
    const onLine = () => {
      throw new Error('from the listener');
    };
    const started = performance.now();
    await expect(commands.run(shell('echo x; sleep 30', { onLine }))).rejects.toThrow('from the listener');
    expect(performance.now() - started).toBeLessThan(6_000);
  });

  it('survives a script that opens its own stderr again', async () => {
    const { stderr } = await commands.run(shell('echo a >/dev/stderr; echo b >&2'));
    expect(stderr.text).toBe('a\nb\n');
  });
});

describe('the logs of a command', () => {
  it('are whole files that only we may read', async () => {
    const logDir = join(tempFolder(), 'made', 'for', 'it');
    const { stdout, stderr } = await commands.run(shell('echo out; echo err >&2', { logDir }));
    expect([stdout.file, stderr.file]).toEqual([join(logDir, 'stdout.log'), join(logDir, 'stderr.log')]);
    expect(readFileSync(join(logDir, 'stdout.log'), 'utf8')).toBe('out\n');
    expect(statSync(join(logDir, 'stderr.log')).mode & 0o777).toBe(0o600);
  });

  it('replace those of an earlier command', async () => {
    const logDir = tempFolder();
    await commands.run(shell('echo long output', { logDir }));
    await commands.run(shell('echo x', { logDir }));
    expect(readFileSync(join(logDir, 'stdout.log'), 'utf8')).toBe('x\n');
  });

  it('are cut to the limit after a flood', async () => {
    const logDir = tempFolder();
    const { stdout } = await commands.run(shell('yes', { logDir, maxBytes: 5000 }));
    expect(statSync(join(logDir, 'stdout.log')).size).toBe(5000);
    expect(stdout.bytes).toBeGreaterThan(5000);
  });

  it('leave nothing behind when no folder is given', async () => {
    const tempDir = tempFolder();
    await openCommands({ tempDir }).run(shell('cat; echo out', { input: 'in' }));
    expect(readdirSync(tempDir)).toEqual([]);
  });

  it('stop us with the errno when they cannot be written', async () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    await expect(commands.run(shell('true', { logDir: join(file, 'logs') }))).rejects.toMatchObject({
      problem: { code: 'disk', operation: 'open', errno: 'ENOTDIR' },
    });
  });

  it('hold no secret, and neither does the text', async () => {
    const logDir = tempFolder();
    const hiding = openCommands({ redactor: redactor([{ name: 'TOKEN', value: 'canary-value-1' }]) });
    const { stdout } = await hiding.run(shell('echo a canary-value-1 b', { logDir }));
    expect([stdout.text, readFileSync(join(logDir, 'stdout.log'), 'utf8')]).toEqual([
      'a [redacted:TOKEN] b\n',
      'a [redacted:TOKEN] b\n',
    ]);
    expect(readdirSync(logDir).sort()).toEqual(['stderr.log', 'stdout.log']);
  });

  it('hold no secret that a flood hides behind', async () => {
    const logDir = tempFolder();
    const hiding = openCommands({ redactor: redactor([{ name: 'TOKEN', value: 'canary-value-1' }]) });
    const script = 'i=0; while [ $i -lt 120000 ]; do echo $i canary-value-1; i=$((i+1)); done';
    const { stdout } = await hiding.run(shell(script, { logDir }));
    expect(stdout.cut).toBeGreaterThan(0);
    expect(stdout.text).not.toContain('canary');
    expect(readFileSync(join(logDir, 'stdout.log'), 'utf8')).not.toContain('canary');
  });
});

describe('a trusted command', () => {
  const spec = (script: string) => shell(script);

  it('returns its bytes', async () => {
    const result = await commands.runTrusted({ ...spec('cat; echo err >&2; exit 4'), input: new Uint8Array([0, 255]) });
    expect(result).toEqual({
      exitCode: 4,
      stdout: Buffer.from([0, 255]),
      stderr: 'err\n',
      notStarted: null,
      timedOut: false,
    });
  });

  it.each([
    ['does not exist', { file: 'no-such-program' }, { notStarted: 'ENOENT', timedOut: false }],
    ['takes too long', { timeoutMs: 50 }, { notStarted: null, timedOut: true }],
    ['says too much', { file: 'yes', args: [], maxBytes: 1000 }, { notStarted: null, timedOut: false }],
  ])('that %s has no exit code', async (_, change, expected) => {
    const result = await commands.runTrusted({ ...spec('sleep 30 & sleep 30'), ...change });
    expect(result).toMatchObject({ ...expected, exitCode: null });
  });

  it('does not mind input that is never read', async () => {
    const result = await commands.runTrusted({ ...spec('exit 0'), input: 'x'.repeat(5_000_000) });
    expect(result.exitCode).toBe(0);
  });

  it('gets no mark of a job', async () => {
    const result = await commands.runTrusted({ ...spec(''), file: '/usr/bin/env', args: [], env: { A: '1' } });
    expect(result.stdout.toString()).toBe('A=1\n');
  });
});

describe('endAll', () => {
  it('ends every live command, and twice is harmless', async () => {
    const own = openCommands();
    const folder = tempFolder();
    mkdirSync(join(folder, 'a'));
    const started = (name: string) => ({ cwd: folder, onLine: () => writeFileSync(join(folder, name), '') });
    const first = own.run(shell('echo; sleep 30', started('first')));
    const second = own.runTrusted(shell('sleep 30'));
    while (!existsSync(join(folder, 'first'))) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([own.endAll(), own.endAll()]);
    expect(outcome(await first)).toEqual({ ...clean, exitCode: null, signal: 'SIGTERM', cancelled: true });
    expect((await second).exitCode).toBeNull();
    await own.endAll();
  });

  it('leaves no listener on the process', async () => {
    const own = openCommands();
    const count = () => ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => process.listenerCount(name));
    const before = count();
    const running = own.run(shell('sleep 30'));
    expect(count()).toEqual(before.map((listeners) => listeners + 1));
    await own.endAll();
    await running;
    expect(count()).toEqual(before);
  });
});
