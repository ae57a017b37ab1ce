/** Moves the indentation of every line that is not blank; null when a line cannot be moved that way. */
export type Shift = (text: string) => string | null;

/** The one uniform shift that turns each line of `from` into its line of `to`, or null. Lines have no trailing blanks. */
export function shiftBetween(from: readonly string[], to: readonly string[]): Shift | null {
  const pairs = from.map((line, index) => [split(line), split(to[index] ?? '')] as const);
  if (pairs.some(([a, b]) => a.rest !== b.rest)) return null;
  const indents = pairs.filter(([a]) => a.rest !== '').map(([a, b]) => ({ from: a.indent, to: b.indent }));
  const first = indents.find((each) => each.from !== each.to);
  if (!first) return null;
  const map = prefixMap(first) ?? tabMap(first);
  if (map === null || indents.some((each) => map(each.from) !== each.to)) return null;
  return (text) => moveLines(text, map);
}

interface Indents {
  readonly from: string;
  readonly to: string;
}

type IndentMap = (indent: string) => string | null;

function prefixMap({ from, to }: Indents): IndentMap | null {
  if (to.endsWith(from)) {
    const prefix = to.slice(0, to.length - from.length);
    return (indent) => prefix + indent;
  }
  if (!from.endsWith(to)) return null;
  const prefix = from.slice(0, from.length - to.length);
  return (indent) => (indent.startsWith(prefix) ? indent.slice(prefix.length) : null);
}

/** Tabs against spaces, when one tab is the same number of spaces everywhere. */
function tabMap({ from, to }: Indents): IndentMap | null {
  const toTabs = /^ +$/.test(from) && /^\t+$/.test(to);
  const toSpaces = /^\t+$/.test(from) && /^ +$/.test(to);
  const [tabs, spaces] = toTabs ? [to.length, from.length] : [from.length, to.length];
  if ((!toTabs && !toSpaces) || spaces % tabs !== 0) return null;
  const unit = ' '.repeat(spaces / tabs);
  return (indent) => {
    if (toSpaces) return /^\t*$/.test(indent) ? indent.replaceAll('\t', unit) : null;
    return /^ *$/.test(indent) && indent.length % unit.length === 0 ? '\t'.repeat(indent.length / unit.length) : null;
  };
}

function moveLines(text: string, map: IndentMap): string | null {
  const lines = text.split('\n').map((line) => {
    const { indent, rest } = split(line);
    if (rest.trim() === '') return line;
    const moved = map(indent);
    return moved === null ? null : moved + rest;
  });
  return lines.includes(null) ? null : lines.join('\n');
}

function split(line: string): { indent: string; rest: string } {
  const [indent = ''] = /^[ \t]*/.exec(line) ?? [];
  return { indent, rest: line.slice(indent.length) };
}
