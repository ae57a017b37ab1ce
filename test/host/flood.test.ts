import { describe, expect, it } from 'vitest';
import { commands, shell } from './shell.ts';
import { tempFolder } from './temp-folder.ts';

const mb = 1024 * 1024;

describe('a flood of output', () => {
  it.each([
    ['of lines', 'yes', false],
    ['without a line end', 'cat /dev/zero', false],
    ['from ten writers at once', 'for i in 1 2 3 4 5 6 7 8 9; do yes & done; yes', false],
    ['with a listener', 'yes', true],
    ['without a line end, with a listener', 'cat /dev/zero', true],
  ])('%s costs us little memory and ends soon', async (_, script, listens) => {
    let lines = 0;
    const onLine = () => {
      lines += 1;
    };
    const before = process.memoryUsage().rss;
    const result = await commands.run(shell(script, { maxBytes: 20 * mb, ...(listens ? { onLine } : {}) }));
    expect(result).toMatchObject({ flooded: true, exitCode: null, timedOut: false });
    expect(result.stdout.text.length).toBeLessThan(mb + 100);
    expect(result.durationMs).toBeLessThan(10_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * mb);
    expect(lines > 0).toBe(listens && script === 'yes');
  });

  it('ends also while the command ignores our TERM', async () => {
    const script = 'trap "" TERM; sleep 0.7; yes';
    const result = await commands.run(shell(script, { timeoutMs: 500, maxBytes: mb, logDir: tempFolder() }));
    expect(result).toMatchObject({ timedOut: true, signal: 'SIGKILL' });
    // Two seconds of grace would be gigabytes.
    expect(result.stdout.bytes).toBeLessThan(500 * mb);
  });
});
