import { spotOn } from '../command-rule.ts';
import type { Check, Edit, Rule } from '../rule.ts';
import { nothing } from '../rule.ts';
import { type Segment, scriptOf, starts } from '../shell.ts';
import type { CommandView } from '../view.ts';

export const notTerminating: Rule = {
  id: 'verify/not-terminating',
  summary: 'dev servers, watchers, prompts, logins, editors: the command never ends by itself',
  reason: 'a check that must be killed ends as a timeout, which is never a pass',
  bad: { criterion: 'Verify: npx vitest --watch' },
  good: { criterion: 'Verify: npx vitest run' },
  severity: { delegate: 'error', orchestrator: 'warning', unset: 'warning' },
  fix: 'unsafe',
  check: checkOf(),
};

const hint = 'use its one-shot form';

function checkOf(): Check {
  return {
    on: 'command',
    find: (view) => {
      const call = view.calls.find(({ words }) => staysOpen(words));
      if (call === undefined) return nothing;
      const message = `\`${view.run.slice(call.start, call.end)}\` never ends by itself`;
      return [{ ...spotOn(view, call, message, hint), edits: oneShot(view, call) }];
    },
  };
}

function staysOpen(words: readonly string[]): boolean {
  const called = words[0] === 'npx' || words[0] === 'bunx' ? words.slice(1) : words;
  const [program = '', ...rest] = called;
  if (program === 'timeout') return false;
  const script = scriptOf(words);
  if (script !== null) return /^(?:dev|start|serve|watch|preview)(?:$|:)/.test(script);
  if (rest.includes('--watch') || rest.includes('--watchAll') || rest.includes('-it')) return true;
  if (program === 'tail') return rest.some((word) => word === '-f' || word === '-F');
  if (program === 'docker' && rest[0] === 'compose')
    return rest.includes('up') && !rest.includes('-d') && !rest.includes('--detach') && !rest.includes('--wait');
  if (rest[0] === 'login' || rest[1] === 'login') return true;
  return editors.has(program) || servers.some((server) => starts(called, ...server));
}

/** For runners whose one-shot form is known. */
function oneShot({ of, run }: CommandView, call: Segment): readonly Edit[] {
  const text = run.slice(call.start, call.end);
  const once = text.includes('vitest')
    ? text.replace(/ --watch\b| watch\b/, ' run')
    : text.replace(/ --watch(?:All)?\b/, ' --watch=false');
  if (of === null || once === text || !of.criterion.text.includes(text)) return [];
  return [{ kind: 'set', path: of.criterion.path, value: of.criterion.text.replace(text, () => once) }];
}

const editors: ReadonlySet<string> = new Set([
  'vim',
  'vi',
  'nano',
  'emacs',
  'less',
  'more',
  'top',
  'htop',
  'ssh',
  'watch',
  'nodemon',
]);
const servers: readonly (readonly string[])[] = [
  ['next', 'dev'],
  ['next', 'start'],
  ['vite', 'dev'],
  ['vite', 'preview'],
  ['astro', 'dev'],
  ['flask', 'run'],
  ['rails', 's'],
  ['rails', 'server'],
  ['php', 'artisan', 'serve'],
  ['python', '-m', 'http.server'],
  ['python3', '-m', 'http.server'],
  ['python', 'manage.py', 'runserver'],
  ['python3', 'manage.py', 'runserver'],
  ['wrangler', 'dev'],
  ['flutter', 'run'],
  ['expo', 'start'],
  ['vitest', 'watch'],
  ['tsx', 'watch'],
  ['mix', 'phx.server'],
];
