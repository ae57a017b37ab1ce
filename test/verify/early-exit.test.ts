import { describe, expect, it } from 'vitest';
import { addsEarlyExit } from '../../src/verify/early-exit.ts';

describe('an early exit', () => {
  it.each([
    'process.exit(0);',
    'process.exit()',
    "process['exit'](0);",
    'process.reallyExit(0)',
    'process.exitCode = 0;',
    "process.kill(process.pid, 'SIGTERM');",
    "import { exit } from 'node:process';",
    "const { exit: leave } = require('process');",
    'const { exit } = process;',
    'Deno.exit(0);',
    'os._exit(0)',
    'sys.exit()',
    'raise SystemExit',
    'from os import _exit',
    'os.Exit(0)',
    'std::process::exit(0);',
    'System.exit(0);',
    'exit(0);',
    'exit!',
  ])('is `%s`', (line) => {
    expect(addsEarlyExit('const a = 1;\n', `const a = 1;\n${line}\n`)).toBe(true);
  });

  it.each([
    'process.exit(1);',
    'process.exit(await main());',
    'process.exitCode = 1;',
    'sys.exit(main())',
    'raise SystemExit("no such file")',
    'os.Exit(1)',
    'System.exit(2);',
    '// process.exit(0) would end the tests',
    'onExit(0);',
    'app.exit(0);',
  ])('is not `%s`', (line) => {
    expect(addsEarlyExit('', `${line}\n`)).toBe(false);
  });

  it('is not what was there before, nor in what is not text', () => {
    expect(addsEarlyExit('process.exit(0);\n', 'const a = 1;\nprocess.exit(0);\n')).toBe(false);
    expect(addsEarlyExit(null, null)).toBe(false);
  });
});
