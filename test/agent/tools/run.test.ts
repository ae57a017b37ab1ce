import { describe, expect, it } from 'vitest';
import { denied } from '../../../src/agent/tools/deny.ts';
import { read } from '../../../src/agent/tools/read.ts';
import { run } from '../../../src/agent/tools/run.ts';
import type { ToolContext } from '../../../src/agent/tools/tool.ts';
import type { CommandResult } from '../../../src/host/process.ts';
import { callTool, toolContext } from '../test-workspace.ts';

const withoutTime = (content: string): string => content.replace(/ in \d+\.\d+s/, ' in #s');

describe('run', () => {
  it.each([
    ['the exit code first', { command: 'echo hi; exit 3' }, 'exit 3 in #s\nhi'],
    ['both streams in their order', { command: 'echo a; echo b >&2; echo c' }, 'exit 0 in #s\na\nb\nc'],
    ['that there was no output', { command: 'true' }, 'exit 0 in #s\n(no output)'],
    ['what comes after a command that fails', { command: 'false; echo after' }, 'exit 0 in #s\nafter'],
    ['another folder', { command: 'ls', cwd: 'sub' }, 'exit 0 in #s\nx.txt'],
    ['that stdin is closed', { command: 'cat; echo end' }, 'exit 0 in #s\nend'],
    [
      'output without control sequences',
      { command: 'printf "\\033[31mred\\033[0m\\r\\n1%%\\r2%%\\n"' },
      'exit 0 in #s\nred\n2%',
    ],
    ['input under other names', { cmd: 'echo hi', timeout: '5', workdir: './sub' }, 'exit 0 in #s\nhi'],
  ])('shows %s', async (_, input, expected) => {
    const result = await callTool(run, input, toolContext({ 'sub/x.txt': '' }));
    expect(withoutTime(result.content)).toBe(expected);
    expect(result.isError).toBeUndefined();
  });

  it('gives the child what keeps programs quiet, and bounds', async () => {
    const context = toolContext();
    await callTool(run, { command: 'true', timeout_s: 9_999 }, context);
    expect(context.workspace.asked).toEqual([
      {
        command: 'set +e\nexec 2>&1\ntrue',
        options: {
          timeoutMs: 600_000,
          signal: context.signal,
          maxBytes: 50 * 1024 * 1024,
          logDir: `${context.workspace.logDir}/run-1`,
          env: {
            CI: '1',
            NO_COLOR: '1',
            PAGER: 'cat',
            GIT_PAGER: 'cat',
            GIT_TERMINAL_PROMPT: '0',
            GIT_EDITOR: 'true',
            DEBIAN_FRONTEND: 'noninteractive',
            npm_config_progress: 'false',
          },
        },
      },
    ]);
  });

  it('cuts long output in the middle and names the full log, which can be read', async () => {
    const context = toolContext();
    const { content } = await callTool(run, { command: 'seq 1 20000' }, context);
    expect(content.length).toBeLessThan(16_200);
    expect(content).toMatch(/^exit 0 in .*s\n1\n2\n3\n/);
    expect(content).toMatch(/\n\[\d+ characters cut; full log: @logs\/run-1\/stdout\.log\]\n/);
    expect(content).toMatch(/\n19999\n20000$/);
    const log = await callTool(
      read,
      { files: [{ path: '@logs/run-1/stdout.log', start: 9_000, end: 9_000 }] },
      context,
    );
    expect(log.content).toBe('@logs/run-1/stdout.log lines 9000-9000 of 20000\n9000\t9000');
  });

  it('a command that does not end is killed, with advice', async () => {
    const { content } = await callTool(run, { command: 'echo started; sleep 60', timeout_s: 1 }, toolContext());
    expect(content).toBe('timed out after 1s and was killed; start and stop servers inside one command\nstarted');
  });

  it.each([
    [
      'outside',
      '..',
      '`..` is outside of the workspace, or a link that leads out of it; use paths relative to the repository',
    ],
    [
      'the root of the disk',
      '/',
      '`/` is outside of the workspace, or a link that leads out of it; use paths relative to the repository',
    ],
    ['a file', 'a.txt', 'cwd `a.txt` is not a folder of the workspace'],
    ['nowhere', 'absent', 'cwd `absent` is not a folder of the workspace'],
  ])('runs nothing when cwd is %s', async (_, cwd, why) => {
    const context = toolContext({ 'a.txt': '' });
    expect(await callTool(run, { command: 'pwd', cwd }, context)).toEqual({
      content: `not run: ${why}`,
      isError: true,
    });
    expect(context.workspace.asked).toEqual([]);
  });

  it.each([
    [{}, '`command`: expected string, received undefined'],
    [{ command: '' }, '`command`: Too small: expected string to have >=1 characters'],
    [{ command: 'echo \0' }, '`command`: must not contain NUL'],
    [{ command: 'x', timeout_s: 'soon' }, '`timeout_s`: expected number, received string'],
  ])('refuses %j', async (input, problem) => {
    expect(await callTool(run, input, toolContext())).toEqual({ content: problem, isError: true });
  });
});

describe('how a command ended', () => {
  const nothing = { text: '', bytes: 0, cut: 0, file: null };
  const ended: CommandResult = {
    exitCode: null,
    signal: null,
    timedOut: false,
    cancelled: false,
    flooded: false,
    notStarted: null,
    durationMs: 3_240,
    stdout: nothing,
    stderr: nothing,
  };

  it.each([
    [{ exitCode: 1 }, 'exit 1 in 3.2s'],
    [{ signal: 'SIGSEGV' }, 'killed by SIGSEGV after 3.2s'],
    [{ flooded: true }, 'killed after 3.2s: it wrote more than 50 MB'],
    [{ cancelled: true }, 'cancelled after 3.2s'],
    [{ notStarted: 'ENOENT' }, 'not started: ENOENT'],
    [{ exitCode: 0, timedOut: true }, 'timed out after 120s and was killed; start and stop servers inside one command'],
  ])('%j reads %j', async (given, line) => {
    const context = toolContext();
    const workspace = { ...context.workspace, shell: async () => ({ ...ended, ...given }) };
    const { content } = await callTool(run, { command: 'x' }, { ...context, workspace } as ToolContext);
    expect(content).toBe(`${line}\n(no output)`);
  });
});

describe('the guard rail', () => {
  it.each([
    'git commit -m x',
    'git -C sub commit',
    'git -c user.name=x commit',
    'cd sub && git push origin main',
    'npm test; git stash',
    'git clean -fdx',
    'git rebase main',
    'git reset --hard HEAD',
    'git checkout .',
    'git checkout -- .',
    'GIT_DIR=x git commit',
    'env git commit',
    'npm publish',
    'pnpm publish --access public',
    'npm --silent publish',
    'yarn npm publish',
    'dart pub publish',
    'cargo publish',
    'gem push x.gem',
    'twine upload dist/*',
    'sudo rm x',
    'rm -rf /',
    'rm -rf ~',
    'rm -fr $HOME/',
    'rm -r --force ..',
    'rm -rf .',
    'rm -rf .git',
    'cat .prd/coaching.md',
    'echo x > .prd/evidence/a.json',
    "git 'commit'",
    'if true; then git commit; fi',
    '(git commit)',
  ])('stops %j', async (command) => {
    expect(denied(command)).not.toBe(null);
    const context = toolContext();
    expect(await callTool(run, { command }, context)).toEqual({
      content: `not run: ${denied(command)}`,
      isError: true,
    });
    expect(context.workspace.asked).toEqual([]);
  });

  it.each([
    'git status',
    'git diff HEAD',
    'git log --oneline',
    'git reset src/a.ts',
    'git checkout src/a.ts',
    'git checkout -b try',
    'grep -rn "git commit" docs',
    "echo 'sudo make me a sandwich'",
    'npm run publish-docs',
    'npm test -- publish',
    'rm -rf dist',
    'rm -rf ./node_modules/.cache',
    'rm -f a.txt',
    'ls prd/src .prdrc',
    'cat PRD.json',
    'make clean',
    'echo "a; git commit"',
  ])('lets %j through', (command) => {
    expect(denied(command)).toBe(null);
  });
});
