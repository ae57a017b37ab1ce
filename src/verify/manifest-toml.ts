import type { ManifestChange, ManifestMerge } from './manifest-keys.ts';
import { type TomlTable, tomlTables, withinTable } from './toml-tables.ts';

export interface TomlPolicy {
  /** Tables, with everything below them, that a story does not change. */
  readonly tables: readonly string[];
  /** Keys of `[package]` that decide what is built and which tests exist. */
  readonly keys: readonly string[];
}

/**
 * Conservative on purpose: whole tables are taken from the base or from the attempt, as text. A file in which a protected
 * table is written as a key of another one keeps its base version.
 */
export function mergeToml(change: ManifestChange, policy: TomlPolicy): ManifestMerge {
  const [before, after] = [tomlTables(change.base), tomlTables(change.attempt)];
  const isProtected = (name: string) => policy.tables.some((table) => withinTable(name, table));
  if (after.some((table) => !isProtected(table.name) && table.keys.some((key) => reaches(key, policy.tables)))) {
    return { kind: 'refused', why: 'it writes a protected table as a key' };
  }
  if (packageKeys(before, policy) !== packageKeys(after, policy))
    return { kind: 'refused', why: 'it changes how the package is built' };
  const kept = new Map(before.filter(({ name }) => isProtected(name)).map((table) => [table.name, table]));
  const isFree = (table: TomlTable) =>
    !isProtected(table.name) ||
    change.owns(table.name) ||
    same(table, kept.get(table.name)) ||
    setsUp(table, kept, change);
  const lost = [...kept.values()].filter(
    ({ name }) => !change.owns(name) && !after.some((table) => table.name === name),
  );
  const changed = after.filter((table) => !isFree(table));
  if (changed.length + lost.length === 0) return { kind: 'same' };
  const texts = [
    ...after.map((table) => (isFree(table) ? table.text : (kept.get(table.name)?.text ?? ''))),
    ...lost.map(({ text }) => text),
  ];
  const text = texts.map(endLine).join('');
  return {
    kind: 'merged',
    text: plain(text) === plain(change.base) ? change.base : text,
    dropped: [...changed, ...lost].map(({ name }) => name),
  };
}

/** Does a key write a protected table, or hold one: `tool = { pytest = … }`? */
function reaches(key: string, tables: readonly string[]): boolean {
  return tables.some((table) => withinTable(key, table) || withinTable(table, key));
}

function packageKeys(tables: readonly TomlTable[], { keys }: TomlPolicy): string {
  const lines = tables.filter(({ name }) => name === 'package').flatMap(({ text }) => text.split('\n'));
  const deciding = lines.filter((line) => keys.some((key) => new RegExp(`^\\s*["']?${key}["']?\\s*[.=]`).test(line)));
  return deciding
    .map((line) => line.replace(/\s+/g, ''))
    .sort()
    .join('\n');
}

/** A table of a tool that the base does not use yet sets it up. */
function setsUp({ name }: TomlTable, kept: ReadonlyMap<string, TomlTable>, { inUse }: ManifestChange): boolean {
  const [root, tool = name] = name.split('.');
  return !kept.has(name) && root === 'tool' && !inUse(tool);
}

function same(a: TomlTable, b: TomlTable | undefined): boolean {
  return b !== undefined && plain(a.text) === plain(b.text);
}

/** White space at line ends and blank lines around tables mean nothing. */
function plain(text: string): string {
  return text
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .trim();
}

function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
