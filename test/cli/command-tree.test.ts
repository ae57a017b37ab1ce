import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { openContext } from '../../src/cli/context.ts';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { examplesOf } from '../../src/cli/help.ts';
import { declareProgram } from '../../src/cli/program.ts';
import { fakeIo, prdTest } from '../helpers/cli.ts';

function openTree(): Command {
  const tree = new Command();
  declareProgram(tree, openContext(fakeIo({ argv: [], cwd: '/' }), tree));
  return tree;
}

const tree = openTree();
const examples = tree.commands.flatMap((command) => examplesOf(command).map((line) => [line, command.name()] as const));

describe('the command tree', () => {
  it.each(tree.commands.map((command) => command.name()))('helps on %s', async (name) => {
    const { stdout } = await prdTest()
      .args(name, '--help')
      .stdout(/^Usage/)
      .run();
    expect(stdout).toMatchSnapshot();
  });

  it('lists every command in a group, with what it is for', () => {
    expect(tree.helpInformation()).toMatchSnapshot();
    for (const command of tree.commands) expect([command.name(), command.summary()]).not.toContain('');
  });

  it.each(tree.commands.map((command) => [command.name(), examplesOf(command).length]))(
    'shows an example of %s',
    (_, count) => expect(count).toBeGreaterThan(0),
  );

  it.each(examples)('understands its own example: %s', async (line, name) => {
    const called: string[] = [];
    const fresh = openTree();
    for (const command of fresh.commands) command.action(() => void called.push(command.name()));
    await fresh.parseAsync(['node', ...wordsOf(line)]);
    expect(called).toEqual([name]);
  });

  it.each(Object.entries(exitCodes))('explains exit code %s', async (code, { meaning }) => {
    const { stdout } = await prdTest()
      .args('help', 'exit-codes')
      .stdout(/^Exit codes/)
      .run();
    expect(stdout).toContain(`${code}  ${meaning}`);
  });

  it.each([0, 1, 40, 80, 300])('helps on a terminal that says %i columns', async (columns) => {
    const { stdout } = await prdTest()
      .args('lint', '--help')
      .tty(columns)
      .stdout(/^Usage/)
      .run();
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

/** Splits as a shell would, as far as our examples need it; redirections are the shell's. */
function wordsOf(line: string): readonly string[] {
  const words = [...line.replace(/ [<>] .*$/, '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)];
  return words.map(([, single, double, bare]) => single ?? double ?? bare ?? '');
}
