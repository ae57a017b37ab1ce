/** What makes a regular expression slow on a hostile text: the forms that `lint/` and `prd/` must not contain. */
export function dangers(source: string, flags: string): readonly string[] {
  const parsed = sequence(source, 0, flags);
  return [...parsed.dangers, ...(/\\[1-9]|\\k</.test(source) ? ['backreference'] : [])];
}

interface Parsed {
  /** Offset after what was read. */
  readonly end: number;
  readonly dangers: readonly string[];
  /** Something in it repeats without a limit. */
  readonly repeats: boolean;
}

interface Atom {
  readonly source: string;
  readonly end: number;
  readonly inner: Parsed | null;
}

/** Reads alternatives up to the closing bracket or the end. */
function sequence(source: string, start: number, flags: string): Parsed {
  const found: string[] = [];
  let repeats = false;
  let at = start;
  let open: string | null = null;
  while (at < source.length && source[at] !== ')') {
    if (source[at] === '|') {
      open = null;
      at += 1;
      continue;
    }
    const atom = readAtom(source, at, flags);
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(atom.end))?.[0] ?? '';
    const unlimited = /^[*+]|^\{\d+,\}/.test(quantifier);
    found.push(...(atom.inner?.dangers ?? []));
    if (unlimited && atom.inner?.repeats === true)
      found.push(`repeated group that repeats: ${source.slice(at, atom.end)}`);
    if (unlimited && open !== null && overlap(open, atom.source, flags))
      found.push(`neighbours that overlap: ${open} ${atom.source}`);
    if (unlimited) open = atom.source;
    else if (!canBeEmpty(atom, quantifier)) open = null;
    repeats ||= unlimited || atom.inner?.repeats === true;
    at = atom.end + quantifier.length;
  }
  return { end: at, dangers: found, repeats };
}

function readAtom(source: string, at: number, flags: string): Atom {
  const char = source[at];
  if (char === '\\') {
    const long = /^\\(?:u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[pP]\{[^}]*\}|.)/s.exec(source.slice(at))?.[0] ?? '\\';
    return { source: long, end: at + long.length, inner: null };
  }
  if (char === '[') {
    let end = at + 1;
    while (source[end] !== ']') end += source[end] === '\\' ? 2 : 1;
    return { source: source.slice(at, end + 1), end: end + 1, inner: null };
  }
  if (char === '(') {
    const head = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(source.slice(at))?.[0] ?? '(';
    const inner = sequence(source, at + head.length, flags);
    return { source: source.slice(at, inner.end + 1), end: inner.end + 1, inner };
  }
  return { source: char ?? '', end: at + 1, inner: null };
}

/** An optional or zero-width part lets its neighbours touch. */
function canBeEmpty({ source }: Atom, quantifier: string): boolean {
  return /^[*?]|^\{0/.test(quantifier) || /^(?:\\[bB]|\^|\$|\(\?[=!<])/.test(source);
}

/** Some character that both can begin with; groups are compared by all they match of length one. */
function overlap(a: string, b: string, flags: string): boolean {
  const plain = flags.replace(/[gy]/g, '');
  const [first, second] = [new RegExp(`^(?:${a})$`, plain), new RegExp(`^(?:${b})$`, plain)];
  return samples.some((char) => first.test(char) && second.test(char));
}

const samples = [...Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)), '“', '…', '→', '正', '\u00a0'];
