import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { type Context, openContext } from '../../src/cli/context.ts';
import { declareProgram } from '../../src/cli/program.ts';
import { refuse, refuseError } from '../../src/cli/show-failure.ts';
import { PrdError, type Problem } from '../../src/problem.ts';
import { type FakeIo, fakeIo } from '../helpers/cli.ts';
import { problems } from './problems.ts';

/** A context whose command was called with these flags. */
async function called(...argv: readonly string[]): Promise<{ io: FakeIo; context: Context }> {
  const io = fakeIo({ argv, cwd: '/' });
  const program = new Command();
  const context = openContext(io, program);
  declareProgram(program, context);
  for (const command of program.commands) command.action(() => {});
  await program.parseAsync(['node', 'prd', ...argv]);
  return { io, context };
}

describe('several problems', () => {
  it('are told together, and the highest code wins', async () => {
    const { io, context } = await called('status');
    expect(refuse([problems['duplicate-key'], problems['git-missing']], context)).toBe(4);
    expect(io.written).toEqual({
      stdout: '',
      stderr: [
        'error: the key `passes` stands twice in one object',
        '  --> PRD.json:42:18',
        'hint: keep the one you mean: readers disagree about which counts',
        'error: cannot find `git`',
        'hint: install git, then run `prd doctor`',
        '',
      ].join('\n'),
    });
  });

  it('of one kind share their hint', async () => {
    const { io, context } = await called('status');
    refuse([problems['duplicate-key'], problems['duplicate-key']], context);
    expect(io.written.stderr.match(/^hint:/gm)).toHaveLength(1);
    expect(io.written.stderr).toMatch(/hint: .*\n$/);
  });

  it('are cut short when they are many', async () => {
    const { io, context } = await called('status');
    refuse(Array<Problem>(25).fill(problems['too-deep']), context);
    expect(io.written.stderr.match(/^error:/gm)).toHaveLength(20);
    expect(io.written.stderr).toMatch(/\nand 5 more\n$/);
  });

  it('are one JSON document with all of them', async () => {
    const { io, context } = await called('lint', '--format', 'json');
    expect(refuse([problems['duplicate-key'], problems['too-deep']], context)).toBe(2);
    expect(io.written.stderr).toBe('');
    const document = JSON.parse(io.written.stdout);
    expect(document.error.code).toBe('duplicate-key');
    expect(document.problems).toHaveLength(2);
    expect(document.problems[0]).toMatchObject({ file: 'PRD.json', line: 42, column: 18 });
  });
});

describe('--verbose', () => {
  it('adds what the program that failed wrote', async () => {
    const { io, context } = await called('--verbose', 'status');
    refuse([problems['git-failed']], context);
    expect(io.written.stderr).toMatch(/\nx\nfatal: bad object\n$/);
  });

  it('adds causes, without stacks', async () => {
    const { io, context } = await called('status', '--verbose');
    const cause = new Error('socket hang up', { cause: new Error('ECONNRESET') });
    expect(refuseError(new PrdError(problems['provider-unreachable'], { cause }), context)).toBe(4);
    expect(io.written.stderr).toMatch(/\ncaused by: socket hang up\ncaused by: ECONNRESET\n$/);
  });

  it('is needed: a known failure shows neither by itself', async () => {
    const { io, context } = await called('status');
    refuseError(new PrdError(problems['git-failed'], { cause: new Error('why') }), context);
    expect(io.written.stderr.split('\n')).toHaveLength(3);
  });
});

describe('the context', () => {
  it('passes signals on until the listener leaves', async () => {
    const { io, context } = await called('status');
    const heard: string[] = [];
    const leave = context.onSignal('SIGINT', () => heard.push('SIGINT'));
    io.send('SIGINT');
    leave();
    io.send('SIGINT');
    expect(heard).toEqual(['SIGINT']);
  });

  it('knows the flags wherever they stand', async () => {
    const { context } = await called('status', '--no-input', '-q');
    expect(context.flags).toMatchObject({ input: false, quiet: true });
    expect(context.json).toBe(false);
  });

  it('is settled by the command alone', async () => {
    const { context } = await called('status');
    expect(context.settled).toBeNull();
    context.settle(3);
    expect(context.settled).toBe(3);
  });
});
