/** A text without the words that say where to run, and that folder. */
export interface FolderCut {
  readonly text: string;
  /** Relative to the git root; null for the root or when nothing was said. */
  readonly cwd: string | null;
  /** The words name a folder that is not in the repository. */
  readonly outside: boolean;
}

const root =
  /[ \t](?:from|in|at) (?:the )?(?:(?:repo|repository|project|git|workspace) )?root(?: directory| folder)?$/i;
const folder =
  /[ \t](?:in|from|inside|within) (?:the )?[`'"]?([\w@.~/-]{1,200})[`'"]?( directory| folder| dir| package)?$/i;

/** Cuts "in docs-site/" or "from the root" off the end. What names no folder stays where it is. */
export function cutFolder(text: string): FolderCut {
  const tail = text.slice(-260);
  const offset = text.length - tail.length;
  const fromRoot = root.exec(tail);
  if (fromRoot !== null) return { text: text.slice(0, offset + fromRoot.index), cwd: null, outside: false };
  const found = folder.exec(tail);
  const path = found?.[1] ?? '';
  const isFolder = path.endsWith('/') || (path.includes('/') && !looksLikeFile(path)) || found?.[2] !== undefined;
  if (found === null || !isFolder) return { text, cwd: null, outside: false };
  const outside = /^[/~]/.test(path) || path.split('/').includes('..');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return { text: text.slice(0, offset + found.index), cwd: outside ? null : parts.join('/') || null, outside };
}

function looksLikeFile(path: string): boolean {
  return /\.[A-Za-z]\w{0,4}$/.test(path);
}
