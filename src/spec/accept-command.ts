import { scriptOf, segments } from '../lint/shell.ts';
import { filesNamedIn } from '../verify/command-paths.ts';
import { programsOf, shellWords } from '../verify/command-words.ts';

/** What a command suggested by a model is held against. */
export interface KnownCommands {
  /** Commands the project already runs: verify commands, named checks, scripts. */
  readonly used: readonly string[];
  /** Names of package scripts. */
  readonly scripts: ReadonlySet<string>;
  /** Does the path exist, or will this story create it? */
  readonly exists: (path: string) => boolean;
}

/**
 * Why a suggested verify command is not taken, or null. Strict, because it is only ever an extra: plain calls of programs
 * that the project uses in the same way, on files that are there; nothing that writes, installs, deploys or evaluates.
 */
export function refuseCommand(command: string, known: KnownCommands): string | null {
  if (/[;|<>`$(){}\\\n&]/.test(command.replaceAll('&&', ''))) return 'more than plain calls joined by &&';
  const words = shellWords(command);
  const odd = words.find((word) => /^[A-Za-z_]\w*=/.test(word) || forbidden.has(word.toLowerCase()));
  if (odd !== undefined) return `\`${odd}\` has no place in a check`;
  if (programsOf(command).length === 0) return 'it starts no program';
  const strange = strangeStem(command, known);
  if (strange !== null) return `the project does not run \`${strange.trim()}\``;
  const missing = filesNamedIn(command, null).find((path) => !known.exists(path));
  return missing === undefined ? null : `\`${missing}\` is not there`;
}

function strangeStem(command: string, known: KnownCommands): string | null {
  const stems = new Set(known.used.flatMap(stemsOf));
  const calls = command.split('&&').filter((call) => !isScript(call, known));
  return calls.flatMap(stemsOf).find((stem) => !stems.has(stem)) ?? null;
}

/** Program and subcommand or first flag: `node --test`, `vitest run`, `pytest `. */
function stemsOf(command: string): readonly string[] {
  return programsOf(command).map(({ program, args: [first = ''] }) => `${program} ${isOperand(first) ? '' : first}`);
}

function isOperand(word: string): boolean {
  return /[./]/.test(word) && !word.startsWith('-');
}

function isScript(command: string, { scripts }: KnownCommands): boolean {
  const calls = segments(command).map(({ words }) => scriptOf(words));
  return calls.length > 0 && calls.every((script) => script !== null && scripts.has(script));
}

/** Words that reach out, write, or run text as code. */
const forbidden: ReadonlySet<string> = new Set(
  `sudo curl wget ssh scp rsync nc gh aws gcloud az heroku vercel netlify flyctl kubectl docker eval source -e -c -p --eval --print
  install i ci add remove uninstall update upgrade publish push pull fetch clone login deploy release apply destroy delete drop
  reset clean migrate rm mv cp dd chmod chown kill -u --update --updatesnapshot --update-snapshots --fix --write --force
  --passwithnotests --watch --watchall true false echo exit`.split(/\s+/),
);
