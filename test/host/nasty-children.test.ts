import { describe, expect, it } from 'vitest';
import { nastyChildren } from './nasty-children.ts';
import { commands, napper, shell } from './shell.ts';

describe('nothing is left of a command', () => {
  it.concurrent.each(nastyChildren)('with %s', async (_, script, expected) => {
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
