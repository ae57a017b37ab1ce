import { describe, expect, it } from 'vitest';
import { failureOf } from '../../src/cli/failure.ts';
import type { Problem } from '../../src/problem.ts';
import { problems } from './problems.ts';

const all: readonly Problem[] = Object.values(problems);
const failures = all.map(failureOf);

describe('words of problems', () => {
  it('say what and where in one clause, with the way out beside it', () => {
    expect(
      failures.map(({ code, exit, message, hint }) => `${exit} ${code}: ${message}\n  ${hint ?? '-'}`),
    ).toMatchSnapshot();
  });

  it.each(failures)('$code begins in lower case and ends without a full stop', ({ message, hint }) => {
    for (const words of [message, hint ?? 'none']) {
      expect(words).toMatch(/^[`a-z]/);
      expect(words).not.toMatch(/\.$/);
    }
  });

  it.each(failures)('$code never says only that something went wrong', ({ message }) => {
    expect(message).not.toMatch(/\binvalid input\b|something|went wrong|undefined|\[object/);
  });

  it.each(all)('$code cannot draw on the terminal with text of others', (problem) => {
    const evil = JSON.parse(
      JSON.stringify(problem, (key, value) =>
        typeof value === 'string' && !['code', 'kind', 'state'].includes(key) ? `${value}\u001b[2J\n` : value,
      ),
    ) as Problem;
    const { message, hint } = failureOf(evil);
    expect(`${message}${hint}`).not.toMatch(/\p{Cc}/u);
  });

  it.each<[string, Problem, string]>([
    ['a suggestion', problems['unknown-dependency'], 'did you mean `US-008`?'],
    ['where to look without one', problems['unknown-story'], '`prd status` lists all 12 stories'],
    [
      'the login that needs no key',
      problems['no-key'],
      'set it, or use your Claude Code login with `--implementer claude-code`',
    ],
    [
      'the demo without that login',
      { ...problems['no-key'], claude: false },
      'set it, or try `prd demo`, which needs no key',
    ],
    ['usage of the command', problems.usage, 'run `prd lint --help` for usage'],
    ['usage of the program', { ...problems.usage, command: null }, 'run `prd --help` for usage'],
    ['the flag for an unknown shape', problems['no-stories'], 'add `--stories /modules`'],
  ])('the hint is %s', (_, problem, hint) => {
    expect(failureOf(problem).hint).toBe(hint);
  });

  it('a problem with a position keeps it', () => {
    expect(failureOf(problems['duplicate-key']).at).toEqual({ file: 'PRD.json', line: 42, column: 18 });
    expect(failureOf(problems['git-missing']).at).toBeNull();
  });
});
