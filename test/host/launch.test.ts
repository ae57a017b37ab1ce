import { describe, expect, it } from 'vitest';
import { openSandbox } from '../../src/host/sandbox.ts';
import { commands, shell } from './shell.ts';

function run(level: 'none' | 'guard', script: string) {
  const spec = shell(script);
  return commands.run({ ...spec, ...openSandbox(level).enclose(spec, { writable: [] }) });
}

describe('a command without a box', () => {
  it('is started as it is at none', () => {
    const spec = shell('true');
    expect(openSandbox('none').enclose(spec, { writable: [] })).toBe(spec);
  });

  it.each([
    ['exit 3', { exitCode: 3, signal: null }],
    ['kill -9 $$', { exitCode: null, signal: 'SIGKILL' }],
    ['echo "a  b" "$0"', { stdout: { text: 'a  b sh\n' } }],
  ])('ends at guard as `%s` does', async (script, expected) => {
    expect(await run('guard', script)).toMatchObject(expected);
  });

  it('has limits at guard that it cannot take back', async () => {
    const { stdout } = await run(
      'guard',
      'ulimit -c; ulimit -f; ulimit -f 16777217 2>/dev/null && echo more; cat /proc/self/oom_score_adj',
    );
    expect(stdout.text).toMatch(/^0\n16777216\n(more\n)?500\n$/);
  });

  it('is the launcher itself at guard, no process more', async () => {
    const { stdout } = await run('guard', 'tr "\\0" "\\n" </proc/self/cmdline | head -1; cat /proc/$$/comm');
    expect(stdout.text).toBe('tr\nsh\n');
  });

  it('at guard whose program is not there is told as a shell tells it', async () => {
    const spec = { ...shell(''), file: 'nosuchprogram', args: [] };
    const result = await commands.run({ ...spec, ...openSandbox('guard').enclose(spec, { writable: [] }) });
    expect(result).toMatchObject({ exitCode: 127, notStarted: null });
  });
});
