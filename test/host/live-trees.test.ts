import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sweepMarker } from '../../src/host/command.ts';
import { buildHost, type HostProcess, startHost } from './host-process.ts';
import { commands, napper, shell, until } from './shell.ts';

/** A process that runs one command, printing `up` when it has started, and then does what `then` says. */
const host = (then: string) => `
  import { openCommands } from '#src/host/command.ts';
  const [script, marker, PATH] = process.argv.slice(2);
  const commands = openCommands({ marker });
  const onLine = (line: string) => { console.log(line); act(); };
  const act = () => { ${then} };
  commands.run({ file: 'sh', args: ['-c', script], cwd: '/', env: { PATH }, timeoutMs: 60_000, onLine })
    .then(() => console.log('settled'));
`;

interface Running extends HostProcess {
  readonly marker: string;
  alive(): number[];
}

async function running(then: string, script = 'setsid $NAP 60 & $NAP 60 & echo up; wait'): Promise<Running> {
  const { nap, alive } = napper();
  const marker = randomUUID();
  const process_ = await startHost(host(then), script.replaceAll('$NAP', nap), marker, process.env.PATH ?? '');
  return { ...process_, marker, alive };
}

describe('when prd ends, its commands end', () => {
  it.each([
    ['exits', 'process.exit(3)', { code: 3, signal: null }],
    ['throws', 'setTimeout(() => { throw new Error("bug") })', { code: 1, signal: null }],
    ['rejects', 'void Promise.reject(new Error("bug"))', { code: 1, signal: null }],
  ])('because it %s', async (_, then, end) => {
    const { ended, alive } = await running(then);
    expect(await ended).toEqual(end);
    expect(alive()).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('because of %s, of which it dies itself', async (signal) => {
    const { child, line, ended, alive } = await running('');
    await line('up');
    child.kill(signal);
    expect(await ended).toEqual({ code: null, signal });
    expect(alive()).toEqual([]);
  });
});

describe('a signal that somebody else listens to', () => {
  it('ends nothing until endAll is called', async () => {
    const then = `
      process.on('SIGINT', () => console.log('heard'));
      process.on('SIGTERM', () => void commands.endAll());
      console.log('listening');
    `;
    const { child, line, ended, alive } = await running(then);
    await line('listening');
    await until(() => alive().length === 2);
    child.kill('SIGINT');
    await line('heard');
    expect(alive()).toHaveLength(2);
    child.kill('SIGTERM');
    await line('settled');
    expect(alive()).toEqual([]);
    child.kill('SIGKILL');
    await ended;
  });
});

describe('what a killed prd leaves', () => {
  it.each([
    ['from outside', 'process.kill(process.pid, "SIGKILL")', 'setsid $NAP 60 & $NAP 60 & echo up; wait'],
    ['by its own child', '', 'setsid $NAP 60 & $NAP 60 & sleep 0.1; kill -9 $PPID; wait'],
  ])('is ended by its marker: killed %s', async (_, then, script) => {
    const { ended, alive, marker } = await running(then, script);
    expect(await ended).toMatchObject({ signal: 'SIGKILL' });
    await until(() => alive().length === 2);
    expect(await sweepMarker(marker)).toBeGreaterThanOrEqual(2);
    expect(alive()).toEqual([]);
  });

  it('is ended by the prd around it, if there is one', async () => {
    const { nap, alive } = napper();
    const script = `setsid ${nap} 60 & ${nap} 60 & sleep 0.1; kill -9 $PPID; wait`;
    const args = [await buildHost(host('')), script, randomUUID(), process.env.PATH ?? ''];
    const result = await commands.run({ ...shell(''), file: process.execPath, args });
    expect(result.signal).toBe('SIGKILL');
    expect(alive()).toEqual([]);
  });

  it.each(['', 'a', '../..', 'PRD_JOB=x'])('is not looked for by the marker `%s`', async (marker) => {
    expect(await sweepMarker(marker)).toBe(0);
  });
});
