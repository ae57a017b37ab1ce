import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { prdTest } from '../helpers/cli.ts';

async function script(shell: string): Promise<string> {
  return (await prdTest().args('completion', shell).stdout(/prd/).run()).stdout;
}

/** What bash would offer for a line; the last word is the one being completed. */
function offered(bash: string, ...words: readonly string[]): readonly string[] {
  const array = words.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(prd ${array}); COMP_CWORD=${words.length}; _prd; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { PATH: process.env.PATH };
  return execFileSync('bash', ['--norc', '-c', `${bash}\n${ask}`], { encoding: 'utf8', env, cwd: '/' })
    .trim()
    .split('\n');
}

describe('completion for bash', () => {
  it.each<[readonly string[], readonly string[]]>([
    [['st'], ['status']],
    [['lint', '--max'], ['--max-warnings']],
    [['lint', '--format', 's'], ['sarif']],
    [
      ['schema', 'e'],
      ['event', 'evidence'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['help', 'sta'], ['status']],
    [
      ['status', '--no-'],
      ['--no-color', '--no-input'],
    ],
    [['lint', 'etc/host'], []],
  ])('of %j', async (words, expected) => {
    expect(offered(await script('bash'), ...words)).toEqual(expect.arrayContaining([...expected]));
  });

  it('offers every command', async () => {
    expect(offered(await script('bash'), '')).toEqual(expect.arrayContaining(['init', 'lint', 'status', 'help']));
  });
});

describe('completion for other shells', () => {
  it('knows commands, flags and their values in fish', async () => {
    const lines = (await script('fish')).split('\n');
    expect(lines).toContain(
      "complete -c prd -n __fish_use_subcommand -f -a status -d 'show what passes, what is next and why others wait'",
    );
    expect(lines).toContain(
      "complete -c prd -n '__fish_seen_subcommand_from lint' -l format -x -a 'pretty json sarif github junit' -d 'how to print'",
    );
    expect(lines).toContain(
      "complete -c prd -n '__fish_seen_subcommand_from lint' -l quiet -s q -d 'say nothing but the answer'",
    );
  });

  it('knows commands, flags and their values in zsh', async () => {
    const text = await script('zsh');
    expect(text).toMatch(/^#compdef prd\n/);
    expect(text).toContain("'status:show what passes, what is next and why others wait'");
    expect(text).toContain("'--format[how to print]:value:(pretty json sarif github junit)'");
  });

  it.each(['bash', 'zsh', 'fish'])('has balanced quotes for %s', async (shell) => {
    const quotes = (await script(shell)).replaceAll("'\\''", '').match(/'/g) ?? [];
    expect(quotes.length % 2).toBe(0);
  });
});
