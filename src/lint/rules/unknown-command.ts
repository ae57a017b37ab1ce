import { nearest } from '../../prd/nearest.ts';
import { spotOn } from '../command-rule.ts';
import type { Edit, Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { type Segment, scriptOf } from '../shell.ts';
import type { CommandView, RepoFacts } from '../view.ts';

export const unknownCommand: Rule = {
  id: 'verify/unknown-command',
  summary: 'a script, target or file that the project lacks (with --repo)',
  reason: 'it can only be red, for a reason that says nothing about the work',
  bad: { criterion: 'npm run e2e passes', repo: { scripts: new Set(['test', 'test:e2e']) } },
  good: { criterion: 'npm run test:e2e passes', repo: { scripts: new Set(['test', 'test:e2e']) } },
  severity: { delegate: 'error', orchestrator: 'warning', unset: 'warning' },
  fix: 'unsafe',
  check: { on: 'command', find },
};

interface Missing {
  readonly what: string;
  readonly name: string;
  readonly near: string | null;
}

function find(view: CommandView): readonly Spot[] {
  const { repo } = view.within;
  if (repo === null || view.cwd !== null || view.run.includes('cd ')) return nothing;
  for (const call of view.calls) {
    const missing = missingOf(call.words, repo);
    if (missing === null || isPlanned(missing.name, view)) continue;
    const { what, name, near } = missing;
    const hint = near === null ? 'name one that exists, or add it first' : `did you mean \`${near}\`?`;
    return [{ ...spotOn(view, call, `${what} \`${name}\``, hint), edits: renamed(view, call, missing) }];
  }
  return nothing;
}

function missingOf(words: readonly string[], repo: RepoFacts): Missing | null {
  const [program = '', first = ''] = words;
  const script = scriptOf(words);
  if (script !== null && words.includes('--prefix') === false && (program === 'npm' || words[1] === 'run')) {
    return lacking('package.json has no script', script, repo.scripts);
  }
  if (
    (program === 'make' || program === 'just' || program === 'task') &&
    repo.targets.size > 0 &&
    /^[\w-]+$/.test(first)
  ) {
    return lacking(`${program} has no target`, first, repo.targets);
  }
  const file = scriptFile(program, first);
  return file === null ? null : lacking('the project has no file', file, repo.paths);
}

/** `./run.sh`, `bash scripts/smoke.sh`, `node tools/x.js`. */
function scriptFile(program: string, first: string): string | null {
  const named = interpreters.has(program) ? first : program;
  return /^(?:\.\/)?[\w@-][\w./@-]*\.(?:sh|js|mjs|cjs|ts|py|rb|pl)$/.test(named) ? named.replace(/^\.\//, '') : null;
}

function lacking(what: string, name: string, known: ReadonlySet<string>): Missing | null {
  return known.size === 0 || known.has(name) ? null : { what, name, near: nearest(name, known) ?? longer(name, known) };
}

/** `e2e` may be meant for `test:e2e`. */
function longer(name: string, known: ReadonlySet<string>): string | null {
  return [...known].find((one) => one.split(/[:-]/).includes(name)) ?? null;
}

/** What this very story speaks of, or an earlier one makes, may be there by the time it is needed. */
function isPlanned(name: string, { of, within }: CommandView): boolean {
  if (of === null) return within.made.has(name);
  const { story } = of.of;
  if ((within.made.get(name) ?? Number.POSITIVE_INFINITY) <= story.index) return true;
  const others = story.criteria.filter((_, index) => index !== of.index).map(({ text }) => text);
  return [story.title, story.description, ...story.files, ...others].some((text) => text.includes(name));
}

function renamed({ of, run }: CommandView, call: Segment, { name, near }: Missing): readonly Edit[] {
  if (of === null || near === null || !of.criterion.text.includes(run)) return [];
  const command =
    run.slice(0, call.start) + run.slice(call.start, call.end).replace(name, () => near) + run.slice(call.end);
  return [{ kind: 'set', path: of.criterion.path, value: of.criterion.text.replace(run, () => command) }];
}

const interpreters: ReadonlySet<string> = new Set([
  'bash',
  'sh',
  'zsh',
  'node',
  'python',
  'python3',
  'ruby',
  'perl',
  'tsx',
  'deno',
  'bun',
]);
