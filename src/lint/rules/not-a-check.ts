import { commandRule, type Part } from '../command-rule.ts';
import type { Rule } from '../rule.ts';
import { type Segment, starts } from '../shell.ts';
import type { CommandView } from '../view.ts';

export const notACheck: Rule = {
  id: 'verify/not-a-check',
  summary: 'a command that installs or creates, and asserts nothing',
  reason: 'setup runs before every check anyway; its success says nothing about the story',
  bad: { criterion: 'Verify: npm install' },
  good: { criterion: 'Verify: npm ls react' },
  severity: { delegate: 'info', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: commandRule({
    find: preparation,
    message: (words) => `\`${words}\` prepares, it checks nothing`,
    hint: 'move it to `setup`',
  }),
};

function preparation(calls: readonly Segment[], { run, expect }: CommandView): Part | null {
  if (calls.length === 0 || (expect !== null && expect.output !== null)) return null;
  return calls.every(({ words }) => prepares(words)) ? { start: 0, end: run.length } : null;
}

function prepares(words: readonly string[]): boolean {
  return makers.has(words[0] ?? '') || installs.some((call) => starts(words, ...call));
}

const makers: ReadonlySet<string> = new Set(['mkdir', 'touch', 'cp', 'mv', 'ln', 'chmod']);
const installs: readonly (readonly string[])[] = [
  ['npm', 'install'],
  ['npm', 'i'],
  ['npm', 'ci'],
  ['npm', 'init'],
  ['pnpm', 'install'],
  ['pnpm', 'add'],
  ['yarn', 'install'],
  ['yarn', 'add'],
  ['bun', 'install'],
  ['bun', 'add'],
  ['pip', 'install'],
  ['pip3', 'install'],
  ['uv', 'sync'],
  ['uv', 'add'],
  ['poetry', 'install'],
  ['bundle', 'install'],
  ['composer', 'install'],
  ['cargo', 'add'],
  ['go', 'get'],
  ['go', 'mod', 'download'],
  ['flutter', 'pub', 'get'],
  ['brew', 'install'],
  ['apt-get', 'install'],
  ['git', 'add'],
  ['git', 'commit'],
  ['git', 'checkout'],
  ['git', 'init'],
];
