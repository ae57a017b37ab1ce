import { findNodeAtLocation, getNodeValue } from 'jsonc-parser';
import type { Problem } from '../../problem.ts';
import type { JsonPath } from '../prd.ts';
import { readSyntax, type Source } from '../syntax.ts';

/** An object of a JSON plan. What is not of the expected type reads as absent. */
export type Item = Readonly<Record<string, unknown>>;

export type JsonPlan =
  | { readonly kind: 'read'; readonly value: unknown; wrong(path: JsonPath, what: string, expected: string): Problem }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** The value of a JSON text, and a way to say what is wrong in it and where. */
export function readJsonPlan(text: string, file: string): JsonPlan {
  const syntax = readSyntax(text, file);
  if (syntax.kind === 'refused') return syntax;
  const { source } = syntax;
  return {
    kind: 'read',
    value: getNodeValue(source.root),
    wrong: (path, what, expected) => wrongType(source, path, { what, expected }),
  };
}

function wrongType(
  { root, at }: Source,
  path: JsonPath,
  { what, expected }: { readonly what: string; readonly expected: string },
): Problem {
  const node = findNodeAtLocation(root, [...path]) ?? root;
  return { code: 'wrong-type', at: at(node.offset), what, expected, found: node.type };
}

/** The list that a plan is, or holds under the first of these keys. */
export function listIn(
  value: unknown,
  keys: readonly string[],
): { readonly list: readonly unknown[]; readonly path: JsonPath } {
  if (Array.isArray(value)) return { list: value, path: [] };
  const key = isItem(value) ? keys.find((one) => Array.isArray(value[one])) : undefined;
  return isItem(value) && key !== undefined ? { list: listAt(value, key), path: [key] } : { list: [], path: [] };
}

/** The objects of a list, or the problem with the first entry that is none. */
export function itemsOf(
  list: readonly unknown[],
  path: JsonPath,
  wrong: (path: JsonPath, what: string, expected: string) => Problem,
): readonly Item[] | Problem {
  const bad = list.findIndex((entry) => !isItem(entry));
  return bad < 0 ? (list as readonly Item[]) : wrong([...path, bad], `entry ${bad + 1}`, 'an object');
}

export function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text, or a number as text; anything else is empty. */
export function textAt(item: Item, key: string): string {
  const value = item[key];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() : '';
}

/** The texts and numbers of a list, as text. */
export function textsAt(item: Item, key: string): readonly string[] {
  return listAt(item, key)
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map((one) => String(one).trim())
    .filter((one) => one !== '');
}

export function listAt(item: Item, key: string): readonly unknown[] {
  const value = item[key];
  return Array.isArray(value) ? value : [];
}

/** The first sentence of a text, at most 80 characters. */
export function firstSentence(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  const end = line.search(/[.!?](?:\s|$)/);
  const sentence = (end < 0 ? line : line.slice(0, end)).trim();
  return sentence.length > 80 ? `${sentence.slice(0, 79).trimEnd()}\u2026` : sentence;
}
