import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spawned } from '../helpers/cli.ts';

const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent' };

/** Closes the pipe before the program has written anything. */
function pipedToNobody(argv: readonly string[]): Promise<{ exit: number | null; stderr: string }> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [resolve('bin/prd.js'), ...argv], { cwd: '/', env });
    let stderr = '';
    child.stdout.destroy();
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (exit) => settle({ exit, stderr }));
  });
}

describe('a pipe', () => {
  it.each([['schema', 'event'], ['--help'], ['--version']])(
    'that nobody reads ends the output of %s quietly',
    async (...argv) => {
      expect(await pipedToNobody(argv)).toEqual({ exit: 0, stderr: '' });
    },
  );

  it('is given everything, also when it is more than the system buffers', async () => {
    const { exit, stdout } = await spawned(['schema', 'event'], { cwd: '/', env });
    expect(exit).toBe(0);
    expect(stdout.length).toBeGreaterThan(40_000);
    expect(() => JSON.parse(stdout)).not.toThrow();
  });
});
