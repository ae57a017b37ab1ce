import { describe, expect, it } from 'vitest';
import type { CommandResult } from '../../src/host/process.ts';
import { commands, napper, shell } from './shell.ts';

/** Recipe R2 of the fault injection plan. `NAP` is a sleeper whose survivors are counted by name. */
const timedOut = { timedOut: true, exitCode: null };
const ended: [string, string, Partial<CommandResult>][] = [
  ['a session of its own', 'setsid $NAP 60 & exit 0', { exitCode: 0 }],
  ['a double fork', '( ( $NAP 60 & ) & ); exit 0', { exitCode: 0 }],
  ['a double fork into a session of its own', '( setsid sh -c "$NAP 60 & $NAP 60 &" & ); exit 0', { exitCode: 0 }],
  ['nohup', 'nohup $NAP 60 >/dev/null 2>&1 & exit 0', { exitCode: 0 }],
  ['one that ignores HUP', 'trap "" HUP; setsid $NAP 60 & exit 0', { exitCode: 0 }],
  ['one that ignores TERM', 'trap "" TERM; $NAP 60', { ...timedOut, signal: 'SIGKILL' }],
  ['a stopped child', '$NAP 60 & kill -STOP $!; wait', timedOut],
  ['a stopped child in a session of its own', 'setsid sh -c "kill -STOP \\$\\$; $NAP 60" & exit 0', { exitCode: 0 }],
  ['a holder of the output', '$NAP 60 & echo done', { exitCode: 0 }],
  ['200 forks', 'i=0; while [ $i -lt 200 ]; do setsid $NAP 60 & i=$((i+1)); done; exit 0', { exitCode: 0 }],
  ['a flood of lines', 'setsid $NAP 60 & yes', { flooded: true, exitCode: null }],
  ['a flood without a line end', 'setsid $NAP 60 & tr "\\0" x </dev/zero', { flooded: true, exitCode: null }],
  ['a flood of bytes', 'setsid $NAP 60 & cat /dev/urandom', { flooded: true, exitCode: null }],
  ['a reader of stdin', 'cat; $NAP 60', timedOut],
  ['a reader of the terminal', 'read x </dev/tty; $NAP 60', timedOut],
  ['one that kills by name', 'setsid $NAP 60 & pkill -9 -f "$NAP 60"; exit 0', {}],
  ['a maker of zombies', 'sh -c "exit 0" & exec $NAP 60', timedOut],
  ['a hog of memory', 'setsid $NAP 60 & head -c 200m /dev/zero | tail | wc -c', { exitCode: 0 }],
  ['a slow exit', 'trap "sleep 0.3; exit 0" TERM; $NAP 60 & wait', timedOut],
];

describe('nothing is left of a command', () => {
  it.concurrent.each(ended)('with %s', async (_, script, expected) => {
    const { nap, alive } = napper();
    const started = performance.now();
    const timeoutMs = expected.timedOut ? 1_000 : 20_000;
    const spec = shell(script, { env: { NAP: nap }, timeoutMs, maxBytes: 5_000_000 });
    const result = await commands.run(spec);
    expect(alive()).toEqual([]);
    expect(result).toMatchObject(expected);
    expect(performance.now() - started).toBeLessThan(25_000);
  });

  it('that holds a port', async () => {
    const serve = 'require("http").createServer().listen(0, function () { console.log(this.address().port) })';
    const script = `setsid "${process.execPath}" -e '${serve}' & while [ ! -s port ]; do sleep 0.02; done; cat port`;
    const { nap } = napper();
    const ports: string[] = [];
    const listening = shell(`${script.replace('&', '> port &')}`, { cwd: nap.replace(/\/[^/]*$/, '') });
    const { stdout } = await commands.run({ ...listening, onLine: (line) => ports.push(line) });
    expect(stdout.text).toMatch(/^\d+\n$/);
    await expect(fetch(`http://127.0.0.1:${ports[0]}/`)).rejects.toThrow();
  });
});

describe('what survives without a sandbox', () => {
  it('is a child that dropped both the group and the environment: the published limit of `guard`', async () => {
    const { nap, alive } = napper();
    await commands.run(shell(`env -i setsid ${nap} 60 & sleep 0.1; exit 0`));
    expect(alive()).toHaveLength(1);
  });

  it('is not a child that dropped the environment but stayed in the group', async () => {
    const { nap, alive } = napper();
    await commands.run(shell(`env -i ${nap} 60 & exit 0`));
    expect(alive()).toEqual([]);
  });
});
