/** What git says about a work tree against an index. Ignored files are not in it. */
export interface Listing {
  /** Mode of every path in the index. */
  readonly tracked: ReadonlyMap<string, string>;
  /** Tracked paths whose file differs or is gone, and untracked files; a nested repository ends with `/`. */
  readonly changed: ReadonlySet<string>;
  /** Those of `changed` that are tracked and not on disk. */
  readonly gone: ReadonlySet<string>;
  /** Every folder that holds one of the paths above; the root is empty text. */
  readonly folders: ReadonlySet<string>;
}

/** Arguments that make git print what `parseListing` reads. */
export const listingArgs = ['ls-files', '-z', '-t', '--stage', '-c', '-m', '-d', '-o', '--exclude-standard'];

/** Reads `ls-files -z -t --stage`: a letter, for tracked ones mode, id and stage, then the path. */
export function parseListing(output: string): Listing {
  const tracked = new Map<string, string>();
  const changed = new Set<string>();
  const gone = new Set<string>();
  for (const line of output.split('\0')) {
    const letter = line[0];
    if (letter === undefined) continue;
    const path = letter === '?' ? line.slice(2) : line.slice(line.indexOf('\t') + 1);
    if (letter === 'H') tracked.set(path, line.slice(2, 8));
    else changed.add(path);
    if (letter === 'R') gone.add(path);
  }
  return { tracked, changed, gone, folders: foldersOf([...tracked.keys(), ...changed]) };
}

function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set(['']);
  for (const path of paths) {
    for (let folder = parentOf(path); !folders.has(folder); folder = parentOf(folder)) folders.add(folder);
  }
  return folders;
}

/** The folder a path lies in, empty text for the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** The path itself and every folder above it, the root left out. */
export function* selfAndAbove(path: string): Generator<string> {
  for (let at = path; at !== ''; at = parentOf(at)) yield at;
}
