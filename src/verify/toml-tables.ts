/** A table of a TOML file as text: header, keys, comments and blank lines up to the next header. */
export interface TomlTable {
  /** Dotted name without quotes and spaces; empty for what stands before the first header. */
  readonly name: string;
  readonly text: string;
  /** Full dotted names of its own keys: `tool.pytest.addopts`. */
  readonly keys: readonly string[];
}

/** Cuts a TOML file into its tables. Headers inside multi-line strings and arrays are none. Texts add up to the file. */
export function tomlTables(text: string): readonly TomlTable[] {
  const tables: { name: string; text: string; keys: string[] }[] = [{ name: '', text: '', keys: [] }];
  let state = atTop;
  for (const line of text.split(/(?<=\n)/)) {
    const top = state === atTop;
    const header = top ? /^\s*\[{1,2}([^[\]]+)\]{1,2}\s*(?:#.*)?$/.exec(line.trimEnd())?.[1] : undefined;
    if (header !== undefined) tables.push({ name: dotted(header), text: '', keys: [] });
    const table = tables.at(-1);
    if (table === undefined) continue;
    table.text += line;
    const key =
      top && header === undefined
        ? /^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=/.exec(line)?.[1]
        : undefined;
    if (key !== undefined) table.keys.push(dotted(table.name === '' ? key : `${table.name}.${key}`));
    if (header === undefined) state = scan(line, state);
  }
  return tables.filter((table) => table.text !== '');
}

/** Is `name` the table `of` or a part of it? */
export function withinTable(name: string, of: string): boolean {
  return name === of || name.startsWith(`${of}.`);
}

function dotted(name: string): string {
  const parts = name.match(/"[^"]*"|'[^']*'|[^.\s"']+/g) ?? [];
  return parts.map((part) => part.replace(/^["']|["']$/g, '')).join('.');
}

/** Depth of open brackets and, inside a multi-line string, its quotes. */
interface ScanState {
  readonly depth: number;
  readonly quotes: string | null;
}

const atTop: ScanState = { depth: 0, quotes: null };

const tokens = /\\.|"""|'''|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#.*|[[\]{}]/g;

/** Reads one line of a value; comes back to `atTop` itself when nothing is open. */
function scan(line: string, from: ScanState): ScanState {
  let { depth, quotes } = from;
  for (let at = 0; at < line.length; ) {
    if (quotes !== null) {
      const end = line.indexOf(quotes, at);
      if (end < 0) return { depth, quotes };
      at = end + 3;
      quotes = null;
      continue;
    }
    tokens.lastIndex = at;
    const token = tokens.exec(line)?.[0];
    if (token === undefined) break;
    at = tokens.lastIndex;
    if (token === '"""' || token === "'''") quotes = token;
    else if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
  }
  return depth <= 0 && quotes === null ? atTop : { depth, quotes };
}
