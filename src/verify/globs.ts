import { posix } from 'node:path';
import picomatch from 'picomatch';

/** Does a path, relative to the git root, match? */
export type PathTest = (path: string) => boolean;

/**
 * Globs as a person writes them in `files` and `owns`: seen from the git root, case folded, dot files included. A folder
 * means everything below it; a name with brackets, as routers use them, also means itself.
 */
export function pathTest(globs: readonly string[]): PathTest {
  return compiled(globs.flatMap(belowFolders));
}

/** The default lists: a glob without a folder, or of a folder and everything below it, is meant wherever it stands. */
export function anywhereTest(globs: readonly string[]): PathTest {
  return compiled(globs.flatMap((glob) => (glob.startsWith('/') ? [glob.slice(1)] : everywhere(glob))));
}

/** Paths that are one on a disk that folds case, and after Unicode composition. */
export function foldedPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function compiled(globs: readonly string[]): PathTest {
  const tests = globs.map((glob) => picomatch(foldedPath(glob), { dot: true, nonegate: true }));
  return (path) => {
    const folded = foldedPath(path);
    return tests.some((matches) => matches(folded));
  };
}

function belowFolders(glob: string): readonly string[] {
  const plain = posix.normalize(glob.trim()).replace(/^\//, '');
  if (plain === '.' || plain.startsWith('../')) return [];
  if (plain.endsWith('/')) return [`${plain}**`];
  return /[*?]/.test(plain) ? [plain] : [plain, `${plain}/**`];
}

/** `.vscode/**` and `.env*` are as dangerous in `packages/api` as at the root. */
function everywhere(glob: string): readonly string[] {
  const bare = !glob.includes('/') || /^[^/]+\/\*\*$/.test(glob);
  return bare && !glob.startsWith('**') ? [glob, `**/${glob}`] : [glob];
}
