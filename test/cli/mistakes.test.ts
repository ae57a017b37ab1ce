import { describe, expect, it } from 'vitest';
import { main } from '../../src/main.ts';
import { fakeIo, prdTest } from '../helpers/cli.ts';

describe('a mistake on the command line', () => {
  it.each<[readonly string[], string | null, string]>([
    [['lint', '--max-warnings', 'ten'], 'lint', '`ten` is no value of `--max-warnings <n>`: it must be a whole number'],
    [['lint', '--max-warnings'], 'lint', 'option `--max-warnings <n>` argument missing'],
    [
      ['lint', '--format', 'xml'],
      'lint',
      '`xml` is no value of `--format <format>`: allowed are pretty, json, sarif, github, junit',
    ],
    [['lint', '--json', '--format', 'sarif'], 'lint', 'option `--json` cannot be used with `--format sarif`'],
    [['status', 'a', 'b'], 'status', 'too many arguments for `status`: expected 1 argument but got 2'],
    [['schema'], 'schema', 'missing required argument `name`'],
    [['--bogus'], null, 'unknown option `--bogus`'],
  ])('%j is told in our words', async (argv, command, message) => {
    const io = fakeIo({ argv, cwd: '/' });
    const exit = await main(io);
    const hint = `run \`prd ${command === null ? '' : `${command} `}--help\` for usage`;
    // `--json` asks for a JSON document also when it stands beside a mistake.
    const said = argv.includes('--json') ? JSON.parse(io.written.stdout).error : fromText(io.written.stderr);
    expect({ exit, said }).toEqual({ exit: 2, said: expect.objectContaining({ message, hint }) });
  });
});

describe('main', () => {
  it('calls an unexpected exception a bug, with everything needed to report it', async () => {
    const io = fakeIo({ argv: ['status'], cwd: '/' });
    expect(await main({ ...io, cwd: () => null as unknown as string })).toBe(70);
    expect(io.written.stderr).toMatch(
      /^TypeError.*\n[\s\S]*\nerror: this is a bug in prd \(prd \d.*, node v.*\)\nhint: .*`npm bugs prd-orchestrator`\n$/,
    );
  });

  it('colours a mistake on a terminal, and not in a pipe', async () => {
    const painted = new RegExp(`^${String.fromCharCode(27)}\\[31merror:`);
    await prdTest().args('stauts').tty(80).stderr(painted).exit(2).run();
    await prdTest()
      .args('stauts')
      .tty(80)
      .env({ NO_COLOR: '1' })
      .stderr(/^error:/)
      .exit(2)
      .run();
    await prdTest()
      .args('--no-color', 'stauts')
      .tty(80)
      .stderr(/^error:/)
      .exit(2)
      .run();
    await prdTest().args('--color', 'stauts').stderr(painted).exit(2).run();
  });

  it('adds stacks only when asked for', async () => {
    const stack = /^error: cannot read `PRD\.json`: no such file\nhint: .*\nPrdError: file-missing\n +at /;
    await prdTest().args('status').env({ PRD_DEBUG: '1' }).stderr(stack).exit(2).run();
    await prdTest()
      .args('status', '--verbose')
      .stderr(/^error: .*\nhint: .*\n$/)
      .exit(2)
      .run();
  });
});

function fromText(stderr: string): { message: string; hint: string } {
  const [, message = '', hint = ''] = /^error: (.*)\nhint: (.*)\n$/.exec(stderr) ?? [];
  return { message, hint };
}
