import { commandRule, type Part } from '../command-rule.ts';
import type { Rule } from '../rule.ts';
import { type Segment, starts } from '../shell.ts';

export const network: Rule = {
  id: 'verify/network',
  summary: 'a command that talks to another host: `curl https://…`, `gh`, `git fetch`, an image pull, remote CI',
  reason: 'checks run without a network, so it can only fail',
  bad: { criterion: 'Verify: curl -f https://example.com' },
  good: { criterion: 'Verify: curl -f localhost:3000/health' },
  severity: { delegate: 'warning', orchestrator: 'warning', unset: 'warning' },
  fix: 'hint',
  check: commandRule({
    find: remote,
    message: (words) => `\`${words}\` needs the network, checks have none`,
    hint: 'use a local fixture',
  }),
};

function remote(calls: readonly Segment[]): Part | null {
  return calls.find(({ words }) => talks(words)) ?? null;
}

function talks(words: readonly string[]): boolean {
  const [program = '', ...rest] = words;
  if (clients.has(program)) return rest.some(isRemote);
  return always.has(program) || distant.some((call) => starts(words, ...call));
}

/** A host other than this machine. A name without a scheme needs a dot to count. */
function isRemote(word: string): boolean {
  if (word.startsWith('-') || word.startsWith('$')) return false;
  const host = word.replace(/^[a-z]+:\/\//, '').split(/[/:?]/)[0] ?? '';
  if (/^(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\.docker\.internal|[^.]*\.local(?:host)?$)/.test(host)) return false;
  return word.includes('://') || /^[\w-]+(?:\.[\w-]+){1,4}$/.test(host);
}

const clients: ReadonlySet<string> = new Set(['curl', 'wget', 'ping', 'nc', 'http', 'https', 'nslookup', 'dig']);
const always: ReadonlySet<string> = new Set([
  'gh',
  'glab',
  'ssh',
  'scp',
  'rsync',
  'aws',
  'gcloud',
  'az',
  'heroku',
  'vercel',
  'netlify',
  'fly',
  'flyctl',
  'railway',
]);
const distant: readonly (readonly string[])[] = [
  ['git', 'fetch'],
  ['git', 'pull'],
  ['git', 'clone'],
  ['git', 'ls-remote'],
  ['docker', 'pull'],
  ['npm', 'view'],
  ['npm', 'outdated'],
  ['npm', 'audit'],
  ['npm', 'whoami'],
  ['kubectl', 'get'],
];
