import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseSandbox, type SandboxOptions } from '../../src/host/choose-sandbox.ts';
import { bwrap, inBox, noBox } from './here.ts';
import { commands } from './shell.ts';
import { tempFolder } from './temp-folder.ts';

const options: SandboxOptions = { platform: 'linux', bwrap: null, commands, env: {}, masked: [], network: false };

describe('the level', () => {
  it.each(['none', 'guard'] as const)('%s is there everywhere, and nothing is missed', async (level) => {
    expect(await chooseSandbox(level, options)).toMatchObject({ level, weaker: null });
  });

  it.each([
    ['linux', 'bubblewrap is not installed'],
    ['darwin', 'macOS has no level above guard'],
    ['win32', 'Windows has no level above guard'],
  ])('os is missing on %s without bubblewrap: auto says why it is guard', async (platform, why) => {
    const here = { ...options, platform };
    expect(await chooseSandbox('auto', here)).toMatchObject({ level: 'guard', weaker: why });
    const problem = { code: 'sandbox-unavailable', level: 'os', why };
    await expect(chooseSandbox('os', here)).rejects.toMatchObject({ problem });
  });

  it.each([
    ['one that cannot start', 'echo "bwrap: No permissions to create new namespace" >&2; exit 1', 'No permissions to'],
    [
      'one that is no box',
      'while [ "$1" != -- ]; do [ "$1" = --chdir ] && cd "$2"; shift; done; shift; exec "$@"',
      'shares the pid',
    ],
    ['one that does nothing', 'exit 0', 'it does not start'],
  ])('os is not taken from %s', async (_, script, why) => {
    const fake = join(tempFolder(), 'bwrap');
    writeFileSync(fake, `#!/bin/sh\n${script}\n`);
    chmodSync(fake, 0o755);
    const { level, weaker } = await chooseSandbox('auto', { ...options, bwrap: fake });
    expect(level).toBe('guard');
    expect(weaker).toMatch(/^bubblewrap is no wall here: /);
    expect(weaker).toContain(why);
  });
});

describe.skipIf(noBox !== null)(inBox, () => {
  it('the probe gets nowhere, and os is taken', async () => {
    expect(await chooseSandbox('auto', { ...options, bwrap })).toMatchObject({ level: 'os', weaker: null });
  });

  it('the probe looks for a wall also where the network was approved', async () => {
    expect(await chooseSandbox('os', { ...options, bwrap, network: true })).toMatchObject({ level: 'os' });
  });

  it.runIf(process.getuid?.() === 0)('of root without a user namespace, the probe gets out', async () => {
    process.env.PRD_BREAK = 'weak-bwrap';
    onTestFinished(() => void delete process.env.PRD_BREAK);
    const { level, weaker } = await chooseSandbox('auto', { ...options, bwrap });
    expect(level).toBe('guard');
    expect(weaker).toContain('mounted a folder writable');
    expect(weaker).toContain('wrote outside');
  });
});
