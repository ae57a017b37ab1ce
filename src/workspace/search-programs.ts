import type { Commands, TrustedResult } from '../host/process.ts';
import type { Git } from './git.ts';
import { findProgram } from './program.ts';
import { type Pattern, requiredTexts } from './search-pattern.ts';

/**
 * Names the files below `root` that may hold a match, quicker than reading all of them; null when it cannot. A file too
 * many does no harm: the lines are found by one matcher, whoever named the file.
 */
export type Narrow = (root: string, pattern: Pattern) => Promise<readonly string[] | null>;

/** The programs of this machine that make searching quicker, best first. */
export async function searchPrograms(
  commands: Commands,
  git: Git,
  path: string | undefined,
): Promise<readonly Narrow[]> {
  const rg = await findProgram(process.platform === 'win32' ? 'rg.exe' : 'rg', path);
  return rg === null ? [gitGrep(git)] : [ripgrep(commands, rg), gitGrep(git)];
}

// Only the ignore files of the tree count, so that every machine finds the same.
const rgOptions = [
  '--no-config',
  '--files-with-matches',
  '--null',
  '--text',
  '--fixed-strings',
  '--hidden',
  '--glob=!.git',
  '--glob=!node_modules',
  '--no-require-git',
  '--no-ignore-global',
  '--no-ignore-parent',
  '--no-ignore-dot',
  '--no-ignore-exclude',
];

function ripgrep(commands: Commands, file: string): Narrow {
  return async (root, pattern) => {
    const texts = requiredTexts(pattern);
    if (texts === null) return null;
    const args = [...rgOptions, ...options(pattern, texts), './'];
    return named(await commands.runTrusted({ file, args, cwd: root, env: { LC_ALL: 'C' }, timeoutMs: 10_000 }));
  };
}

const gitOptions = ['--no-index', '--exclude-standard', '--files-with-matches', '--null', '--text', '--fixed-strings'];

/** `git grep` outside of any repository: the agent's own git data is neither read nor obeyed. */
function gitGrep(git: Git): Narrow {
  return async (root, pattern) => {
    const texts = requiredTexts(pattern);
    if (texts === null) return null;
    const args = ['grep', ...gitOptions, ...options(pattern, texts), '--', '.'];
    return named(await git.run({ gitDir: '/dev/null', cwd: root, args }));
  };
}

function options({ flags }: Pattern, texts: readonly string[]): readonly string[] {
  return [...(flags === 'i' ? ['--ignore-case'] : []), ...texts.flatMap((text) => ['-e', text])];
}

/** Exit 1 of both means that nothing matched; anything else but 0 that the answer cannot be relied on. */
function named({ exitCode, stdout, timedOut }: TrustedResult): readonly string[] | null {
  if (timedOut || (exitCode !== 0 && exitCode !== 1)) return null;
  const names = stdout.toString('utf8').split('\0');
  return names.filter((name) => name !== '').map((name) => name.replace(/^\.\//, ''));
}
