import { commandRule, type Part } from '../command-rule.ts';
import type { Rule } from '../rule.ts';
import { type Segment, scriptOf, starts } from '../shell.ts';

export const destructive: Rule = {
  id: 'verify/destructive',
  summary: 'push, deploy, publish, `rm -rf` outside build folders, `reset --hard`, apply, drop',
  reason: 'checks are run again and again, by anybody; they must leave the world as it was',
  bad: { criterion: 'Verify: terraform apply' },
  good: { criterion: 'Verify: terraform validate' },
  severity: { delegate: 'error', orchestrator: 'error', unset: 'error' },
  fix: 'hint',
  fixed: true,
  check: commandRule({
    find: harm,
    message: (words) => `\`${words}\` changes things outside the check`,
    hint: 'check its result instead',
  }),
};

function harm(calls: readonly Segment[]): Part | null {
  return calls.find(({ words }) => changes(words)) ?? null;
}

function changes(words: readonly string[]): boolean {
  const [program = '', ...rest] = words[0] === 'npx' ? words.slice(1) : words;
  if (program === 'sudo' || program === 'dropdb') return true;
  if (rest.includes('--dry-run') || rest.includes('--dry-run=client')) return false;
  if (program === 'rm')
    return (
      rest.some((word) => /^-\w*[rR]/.test(word)) && rest.some((word) => !word.startsWith('-') && !isBuildFolder(word))
    );
  if (program === 'git' && rest[0] === 'reset') return rest.includes('--hard');
  if (program === 'git' && rest[0] === 'clean') return rest.some((word) => /^-\w*f/.test(word));
  if (/^(?:deploy|publish|release)(?:$|:)/.test(scriptOf(words) ?? '')) return true;
  if (databases.has(program)) return rest.some((word) => /^(?:drop|truncate|delete) /i.test(word.trim()));
  return (calls.get(program) ?? []).some((call) => starts(rest, ...call));
}

function isBuildFolder(path: string): boolean {
  return (
    builds.has(path.replace(/^\.\//, '').replace(/\/.*$/, '')) || path.startsWith('/tmp/') || path.startsWith('$TMP')
  );
}

const builds: ReadonlySet<string> = new Set(
  'dist build out coverage node_modules tmp target .next .nuxt .cache .turbo .output __pycache__ .pytest_cache bin obj'.split(
    ' ',
  ),
);
const databases: ReadonlySet<string> = new Set(['psql', 'mysql', 'sqlite3', 'mongosh']);
/** Arguments by program. */
const calls = byProgram([
  ['git', 'push'],
  ['npm', 'publish'],
  ['yarn', 'publish'],
  ['pnpm', 'publish'],
  ['bun', 'publish'],
  ['cargo', 'publish'],
  ['gem', 'push'],
  ['twine', 'upload'],
  ['uv', 'publish'],
  ['docker', 'push'],
  ['terraform', 'apply'],
  ['terraform', 'destroy'],
  ['tofu', 'apply'],
  ['pulumi', 'up'],
  ['kubectl', 'apply'],
  ['kubectl', 'delete'],
  ['helm', 'install'],
  ['helm', 'upgrade'],
  ['helm', 'uninstall'],
  ['vercel', 'deploy'],
  ['vercel', '--prod'],
  ['netlify', 'deploy'],
  ['firebase', 'deploy'],
  ['fly', 'deploy'],
  ['wrangler', 'deploy'],
  ['wrangler', 'publish'],
  ['serverless', 'deploy'],
  ['sls', 'deploy'],
  ['cdk', 'deploy'],
  ['aws', 's3', 'rm'],
  ['aws', 'cloudformation', 'deploy'],
  ['prisma', 'migrate', 'reset'],
  ['supabase', 'db', 'reset'],
  ['supabase', 'db', 'push'],
]);

function byProgram(calls: readonly (readonly string[])[]): ReadonlyMap<string, readonly (readonly string[])[]> {
  const found = new Map<string, string[][]>();
  for (const [program = '', ...rest] of calls) found.set(program, [...(found.get(program) ?? []), rest]);
  return found;
}
