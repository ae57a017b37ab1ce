import { PrdError } from '../problem.ts';
import type { LintOptions } from './commands/lint.ts';
import type { Context } from './context.ts';
import { findFiles } from './find-files.ts';
import { findPrd, noteOthers, repositoryTop, showPath } from './find-prd.ts';
import { readInput, readText } from './read-text.ts';

export interface LintSource {
  /** Absolute; null for stdin, which cannot be written back. */
  readonly path: string | null;
  readonly shown: string;
  /** Relative to the top of the repository. */
  readonly uri: string;
  readonly text: string;
}

/** What `lint` was asked to read. Rejects for an argument that names nothing and a file that cannot be read. */
export async function lintSources(
  { files, stdinFilename }: LintOptions,
  context: Context,
): Promise<readonly LintSource[]> {
  if (files.includes('-')) return [await fromStdin(files, stdinFilename, context)];
  const paths = files.length === 0 ? [await foundPath(context)] : await findFiles(files, context.cwd);
  const top = (await repositoryTop(context.cwd)) ?? context.cwd;
  return Promise.all(
    paths.map(async (path) => {
      const shown = showPath(path, context.cwd);
      return { path, shown, uri: showPath(path, top), text: await readText(path, shown) };
    }),
  );
}

async function foundPath(context: Context): Promise<string> {
  const found = await findPrd(context.cwd, null);
  noteOthers(found, context);
  return found.path;
}

async function fromStdin(files: readonly string[], name: string | undefined, context: Context): Promise<LintSource> {
  if (files.length > 1) {
    throw new PrdError({ code: 'usage', what: '`-` cannot stand beside other files', command: 'lint', hint: null });
  }
  const shown = name ?? '<stdin>';
  return { path: null, shown, uri: name ?? 'stdin.json', text: await readInput(context.stdin, shown) };
}
