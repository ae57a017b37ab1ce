/** A value of the small part of YAML that our examples use. */
export type Yaml = string | readonly Yaml[] | { readonly [key: string]: Yaml };

interface Line {
  readonly indent: number;
  readonly text: string;
  /** As written: block scalars keep everything. */
  readonly raw: string;
}

/**
 * Reads mappings, lists, quoted and plain scalars, `[a, b]`, `{}` and `|` blocks. Scalars stay text. Throws for everything
 * else: an example that needs more is too clever.
 */
export function parseSimpleYaml(text: string): Yaml {
  if (text.includes('\t')) throw new Error('a tab');
  const lines = text.split('\n').map((raw) => ({ raw, text: withoutComment(raw), indent: raw.search(/\S|$/) }));
  const reader = { lines, at: 0 };
  const value = readValue(reader, 0);
  if (peek(reader) !== null) throw new Error(`cannot read: ${peek(reader)?.raw}`);
  return value;
}

interface Reader {
  readonly lines: Line[];
  at: number;
}

function withoutComment(raw: string): string {
  return raw.trim().startsWith('#') ? '' : raw.replace(/ #.*$/, '').trim();
}

/** The next line that says something; does not take it. */
function peek(reader: Reader): Line | null {
  while (reader.lines[reader.at]?.text === '') reader.at += 1;
  return reader.lines[reader.at] ?? null;
}

function readValue(reader: Reader, least: number): Yaml {
  const line = peek(reader);
  if (line === null || line.indent < least) throw new Error(`no value before: ${line?.raw}`);
  return line.text.startsWith('- ') ? readList(reader, line.indent) : readMap(reader, line.indent);
}

function readList(reader: Reader, indent: number): Yaml {
  const items: Yaml[] = [];
  for (let line = peek(reader); line?.indent === indent && line.text.startsWith('- '); line = peek(reader)) {
    const text = line.text.slice(2);
    if (keyOf(text) === null) {
      reader.at += 1;
      items.push(readScalar(reader, text, indent));
    } else {
      reader.lines[reader.at] = { indent: indent + 2, text, raw: `${' '.repeat(indent + 2)}${text}` };
      items.push(readMap(reader, indent + 2));
    }
  }
  return items;
}

function readMap(reader: Reader, indent: number): Yaml {
  const map: Record<string, Yaml> = {};
  for (let line = peek(reader); line?.indent === indent; line = peek(reader)) {
    const found = keyOf(line.text);
    if (found === null) throw new Error(`no key: ${line.raw}`);
    if (Object.hasOwn(map, found.key)) throw new Error(`twice: ${line.raw}`);
    reader.at += 1;
    map[found.key] = found.rest === '' ? nested(reader, indent) : readScalar(reader, found.rest, indent);
  }
  return map;
}

/** What stands below a key; nothing reads as empty text, as in `pull_request:`. */
function nested(reader: Reader, indent: number): Yaml {
  const next = peek(reader);
  return next !== null && next.indent > indent ? readValue(reader, indent + 1) : '';
}

function keyOf(text: string): { readonly key: string; readonly rest: string } | null {
  const [, key, rest = ''] = /^([\w.-]+):(?: +(.*))?$/.exec(text) ?? [];
  return key === undefined ? null : { key, rest };
}

function readScalar(reader: Reader, text: string, indent: number): Yaml {
  if (text === '|') return readBlock(reader, indent);
  if (text === '{}') return {};
  const [, items] = /^\[(.*)\]$/.exec(text) ?? [];
  if (items !== undefined) return items.split(',').map((item) => unquoted(item.trim()));
  if (/^[>&*!%@|{]/.test(text)) throw new Error(`too clever: ${text}`);
  return unquoted(text);
}

function unquoted(text: string): string {
  const [, single, double] = /^(?:'((?:[^']|'')*)'|"([^"\\]*)")$/.exec(text) ?? [];
  if (single !== undefined) return single.replaceAll("''", "'");
  if (double === undefined && /^['"]/.test(text)) throw new Error(`a quote that does not end: ${text}`);
  return double ?? text;
}

function readBlock(reader: Reader, indent: number): string {
  const lines: Line[] = [];
  for (let line = reader.lines[reader.at]; line !== undefined; line = reader.lines[reader.at]) {
    if (line.raw.trim() !== '' && line.indent <= indent) break;
    lines.push(line);
    reader.at += 1;
  }
  const depth = Math.min(...lines.filter(({ raw }) => raw.trim() !== '').map((line) => line.indent));
  return `${lines
    .map(({ raw }) => raw.slice(depth))
    .join('\n')
    .trimEnd()}\n`;
}
