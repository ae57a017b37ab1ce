import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { CommandResult, CommandSpec } from '../../src/host/process.ts';
import type { Access, Sandbox } from '../../src/host/sandbox.ts';
import { boxWith, inBox, noBox } from './here.ts';
import { nastyChildren } from './nasty-children.ts';
import { commands } from './shell.ts';
import { tempFolder } from './temp-folder.ts';

describe.skipIf(noBox !== null)(inBox, () => {
  let box: Sandbox;

  beforeAll(async () => {
    box = await boxWith();
  });

  type More = Partial<CommandSpec> & { readonly access?: Partial<Access>; readonly sandbox?: Sandbox };

  function run(
    script: string,
    cwd: string,
    { access, sandbox = box, env, ...more }: More = {},
  ): Promise<CommandResult> {
    const command = sandbox.enclose({ file: 'sh', args: ['-c', script], cwd }, { writable: [cwd], ...access });
    return commands.run({ timeoutMs: 20_000, ...more, ...command, env: { PATH: process.env.PATH ?? '', ...env } });
  }

  it('a command writes into its own folder, and nowhere else', async () => {
    const [mine, other] = [tempFolder(), tempFolder()];
    const script = `echo in >mine; for d in ${other} /etc /usr /var / "$HOME"; do echo out >$d/prd-escape; done; exit 0`;
    expect(await run(script, mine)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(mine, 'mine'), 'utf8')).toBe('in\n');
    const escaped = [other, '/etc', '/usr', '/var', '/'].filter((folder) => existsSync(join(folder, 'prd-escape')));
    expect(escaped).toEqual([]);
  });

  it('a command sees no home, no runtime folder, and no temporary file of others', async () => {
    const secret = tempFolder();
    writeFileSync(join(secret, 'key'), 'canary');
    const { stdout } = await run(
      `ls -A /home /run /var/tmp; cat ${secret}/key 2>/dev/null || echo hidden`,
      tempFolder(),
    );
    expect(stdout.text.split('\n').filter((line) => line !== '' && !line.endsWith(':'))).toEqual(['hidden']);
  });

  it.runIf(process.getuid?.() === 0)('a command of root reads no file that is for root alone', async () => {
    const { stdout } = await run('cat /etc/shadow 2>/dev/null; echo end', tempFolder());
    expect(stdout.text).toBe('end\n');
  });

  it('a command sees no process but its own, and no environment but its own', async () => {
    const { stdout } = await run('ls /proc | grep -c "^[0-9]"; kill -9 -1; echo alive', tempFolder());
    expect(Number(stdout.text.split('\n')[0])).toBeLessThan(8);
  });

  it('a command has the environment that was chosen for it', async () => {
    const { stdout } = await run('env', tempFolder(), { env: { HOME: '/x', A: '1' } });
    const names = stdout.text.split('\n').flatMap((line) => line.split('=')[0] || []);
    expect(names.sort()).toEqual(['A', 'HOME', 'PATH', 'PRD_JOB', 'PWD']);
  });

  it('a command of root changes no setting of the kernel', async () => {
    // The value that is there: a test must not change the machine it runs on.
    const script =
      'v=$(cat /proc/sys/kernel/printk_delay); { echo $v >/proc/sys/kernel/printk_delay; } 2>/dev/null && echo out; find /proc/sys /proc/irq /sys -type f -writable';
    expect((await run(script, tempFolder())).stdout.text).toBe('');
  });

  describe('the network', () => {
    const ask = (port: number) =>
      `node -e 'require("net").connect(${port}, "127.0.0.1").on("connect", () => process.exit(0)).on("error", () => process.exit(7))'`;

    async function listening(): Promise<number> {
      const server = createServer().listen(0, '127.0.0.1');
      onTestFinished(() => void server.close());
      await new Promise((resolve) => server.once('listening', resolve));
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    }

    it('of the host is out of reach', async () => {
      expect(await run(ask(await listening()), tempFolder())).toMatchObject({ exitCode: 7 });
    });

    it('of the host is there for setup, and for everybody when it was approved', async () => {
      const port = await listening();
      const approved = await boxWith({ network: true });
      expect(await run(ask(port), tempFolder(), { access: { network: true } })).toMatchObject({ exitCode: 0 });
      expect(await run(ask(port), tempFolder(), { sandbox: approved })).toMatchObject({ exitCode: 0 });
    });

    it('inside is a loopback of its own', async () => {
      const serve =
        'const s = require("net").createServer().listen(0, () => require("net").connect(s.address().port).on("connect", () => process.exit(0)))';
      expect(await run(`node -e '${serve}'`, tempFolder())).toMatchObject({ exitCode: 0 });
    });
  });

  it.each([
    ['exit 0', { exitCode: 0, signal: null }],
    ['exit 42', { exitCode: 42, signal: null }],
    ['kill -9 $$', { exitCode: 137, signal: null }],
    ['nosuchprogram', { exitCode: 127 }],
    ['kill -9 $PPID; sleep 5', { exitCode: 137 }],
  ])('`%s` ends as it would outside, a signal as a shell reports it', async (script, expected) => {
    expect(await run(script, tempFolder())).toMatchObject({ ...expected, timedOut: false, notStarted: null });
  });

  it('a command that dies adds no word to its output', async () => {
    expect(await run('echo out; echo err >&2; kill -9 $$', tempFolder())).toMatchObject({
      stdout: { text: 'out\n' },
      stderr: { text: 'err\n' },
    });
  });

  it('what still writes when the command ends may finish', async () => {
    const { stdout } = await run('(sleep 0.05; echo late) & exit 0', tempFolder());
    expect(stdout.text).toBe('late\n');
  });

  it('a folder of setup is writable only where setup runs', async () => {
    const cache = tempFolder();
    const write = `echo x >${cache}/made`;
    expect((await run(write, tempFolder(), { access: { readable: [cache] } })).exitCode).not.toBe(0);
    expect(readdirSync(cache)).toEqual([]);
    const mine = tempFolder();
    expect(await run(write, mine, { access: { writable: [cache, mine] } })).toMatchObject({ exitCode: 0 });
    expect(readdirSync(cache)).toEqual(['made']);
  });

  it('dumps no core and cannot write a file without end', async () => {
    const { stdout } = await run('ulimit -c; ulimit -f', tempFolder());
    expect(stdout.text).toBe('0\n16777216\n');
  });

  describe('nothing is left of a command', () => {
    const last = ['one that dropped group and marker', 'env -i setsid $NAP 60 & sleep 0.1; exit 0', { exitCode: 0 }];
    const listed = [...nastyChildren, last] as typeof nastyChildren;

    it.concurrent.each(listed)('with %s', async (_, script, expected) => {
      const { cwd, nap, alive } = boxedNapper();
      const timeoutMs = expected.timedOut ? 1_000 : 20_000;
      const result = await run(script, cwd, { env: { NAP: nap }, timeoutMs, maxBytes: 5_000_000 });
      // A TERM never gets inside: the box ends at once.
      expect(result).toMatchObject({
        timedOut: false,
        flooded: false,
        ...expected,
        ...('signal' in expected && { signal: 'SIGKILL' }),
      });
      expect(alive()).toEqual([]);
    });
  });

  it('everything has ended at the moment the command has: no file changes after it', async () => {
    const cwd = tempFolder();
    const busy = 'while :; do echo x >>busy; done';
    for (let round = 0; round < 5; round += 1) {
      await run(`setsid sh -c '${busy}' & env -i setsid sh -c '${busy}' & while [ ! -s busy ]; do :; done`, cwd);
      const size = readFileSync(join(cwd, 'busy')).length;
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(readFileSync(join(cwd, 'busy')).length).toBe(size);
    }
  });
});

/** A sleeper inside the only folder that a box has. */
function boxedNapper() {
  const cwd = tempFolder();
  const nap = join(cwd, 'nap');
  mkdirSync(cwd, { recursive: true });
  copyFileSync('/bin/sleep', nap);
  const alive = () => readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && argv0(pid) === nap);
  return { cwd, nap, alive };
}

function argv0(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')[0] ?? '';
  } catch {
    return '';
  }
}
