import { basename } from 'node:path/posix';

/** The known paths that a wrong one may have meant, best first, at most three: same name elsewhere, then a near name. */
export function nearestPaths(wrong: string, known: readonly string[]): readonly string[] {
  const name = basename(wrong).toLowerCase();
  const limit = Math.max(2, Math.floor(name.length / 3));
  const near = known.flatMap((path) => {
    const distance = editDistance(name, basename(path).toLowerCase(), limit);
    return distance === null ? [] : [{ path, distance, folders: foldersApart(wrong, path) }];
  });
  near.sort((a, b) => a.distance - b.distance || a.folders - b.folders || (a.path < b.path ? -1 : 1));
  return near.slice(0, 3).map(({ path }) => path);
}

/** Insertions, deletions and replacements between two words, or null when there are more than `limit`. */
function editDistance(from: string, to: string, limit: number): number | null {
  if (Math.abs(from.length - to.length) > limit) return null;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of from.split('').entries()) {
    const next = [line + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > limit) return null;
    row = next;
  }
  const distance = row[to.length] ?? limit + 1;
  return distance > limit ? null : distance;
}

function foldersApart(left: string, right: string): number {
  const [a, b] = [left.split('/').slice(0, -1), right.split('/').slice(0, -1)];
  const shared = a.filter((folder) => b.includes(folder)).length;
  return a.length + b.length - 2 * shared;
}
