/** Globs as `.gitignore` writes them. Matching never takes longer than pattern times text: a hostile file cannot stall us. */

type Token = { readonly star: true } | { readonly star: false; readonly accepts: (character: string) => boolean };
type Segment = 'any-depth' | readonly Token[];

export interface Glob {
  readonly negated: boolean;
  readonly folderOnly: boolean;
  /** Does the pattern name this very path (relative, with `/`)? Its content is the caller's matter. */
  matches(path: string): boolean;
}

/** Reads one line of an ignore file; null for blank lines and comments. */
export function parseGlob(line: string): Glob | null {
  const text = line.replace(/(?<!\\)[ \t]+$/, '');
  if (text === '' || text.startsWith('#') || text.length > 1_024) return null;
  const negated = text.startsWith('!');
  const body = negated ? text.slice(1) : text;
  const folderOnly = body.endsWith('/');
  const trimmed = folderOnly ? body.slice(0, -1) : body;
  const segments = segmentsOf(trimmed);
  return { negated, folderOnly, matches: (path) => starMatch(segments, path.split('/'), isAnyDepth, matchesName) };
}

/** Does a search glob take in this file? A bare name fits in any folder, a folder takes in what is below it. */
export function includesPath(glob: string, path: string): boolean {
  const negated = glob.startsWith('!');
  const globs = expandBraces(negated ? glob.slice(1) : glob).flatMap(
    (each) => parseGlob(each.replace(/^\.\//, '/')) ?? [],
  );
  const parents = path.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'));
  const file = parents.at(-1);
  const included = globs.some((each) =>
    parents.some((part) => each.matches(part) && !(each.folderOnly && part === file)),
  );
  return included !== negated;
}

/** `*.{ts,tsx}` → `*.ts`, `*.tsx`. Nested or endless braces stay as they are. */
function expandBraces(glob: string): readonly string[] {
  const brace = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/.exec(glob);
  if (!brace || glob.length > 512) return [glob];
  const [, head = '', inner = '', tail = ''] = brace;
  const tails = expandBraces(tail);
  return inner
    .split(',')
    .flatMap((choice) => tails.map((rest) => head + choice + rest))
    .slice(0, 64);
}

function segmentsOf(pattern: string): readonly Segment[] {
  const anchored = pattern.includes('/');
  const names = pattern.replace(/^\//, '').split('/');
  const segments = names.map((name): Segment => (name === '**' ? 'any-depth' : tokensOf(name)));
  const below = segments.at(-1) === 'any-depth' ? [tokensOf('*')] : [];
  return [...(anchored ? [] : ['any-depth' as const]), ...segments, ...below];
}

function tokensOf(name: string): readonly Token[] {
  return [...name.matchAll(/\\(.)|(\*+)|(\?)|\[(!|\^)?(\]?[^\]]*)\]|(.)/gsu)].map(tokenOf);
}

function tokenOf([, escaped, star, any, negation, set, plain]: RegExpMatchArray): Token {
  if (star !== undefined) return { star: true };
  if (any !== undefined) return { star: false, accepts: () => true };
  if (set !== undefined) return { star: false, accepts: setOf(set, negation !== undefined) };
  return { star: false, accepts: (character) => character === (escaped ?? plain) };
}

function setOf(set: string, negated: boolean): (character: string) => boolean {
  const ranges = [...set.matchAll(/(.)-(.)|(.)/gsu)].map(([, from, to, one]) => [from ?? one ?? '', to ?? one ?? '']);
  return (character) => ranges.some(([from = '', to = '']) => from <= character && character <= to) !== negated;
}

function isAnyDepth(segment: Segment): boolean {
  return segment === 'any-depth';
}

function matchesName(segment: Segment, name: string): boolean {
  if (segment === 'any-depth') return true;
  return starMatch(
    segment,
    [...name],
    (token) => token.star,
    (token, character) => !token.star && token.accepts(character),
  );
}

/** The two-pointer match: on a mismatch only the last star gives way, so there is no backtracking to blow up. */
function starMatch<P, T>(
  pattern: readonly P[],
  text: readonly T[],
  isStar: (part: P) => boolean,
  accepts: (part: P, item: T) => boolean,
): boolean {
  let [at, star, resume] = [0, -1, 0];
  for (let index = 0; index < text.length; ) {
    const part = pattern[at];
    if (part !== undefined && isStar(part)) {
      star = at++;
      resume = index;
    } else if (part !== undefined && accepts(part, text[index] as T)) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(isStar);
}
