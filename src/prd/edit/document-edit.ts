import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import type { JsonPath } from '../prd.ts';
import { type Addition, appendEdits, insertBefore } from './insert.ts';
import { removeEdits } from './remove.ts';
import { isMultiline, lineIndent, render, type Style } from './style.ts';
import type { TextEdit } from './text-edit.ts';

/** One intended change. Paths are those of the document before any change. */
export type DocumentEdit =
  /** Replaces a value; where the object has no such key, adds it in front of the member `before`, or as its last member. */
  | { readonly kind: 'set'; readonly path: JsonPath; readonly value: unknown; readonly before?: string }
  /** Puts an element in front of the one with this index, or behind the last. */
  | { readonly kind: 'insert'; readonly path: JsonPath; readonly index: number; readonly value: unknown }
  | { readonly kind: 'remove'; readonly path: JsonPath }
  | { readonly kind: 'rename'; readonly path: JsonPath; readonly key: string };

/** The changes of a document bound to its nodes. */
export interface Changes {
  readonly replaced: Map<Node, unknown>;
  readonly renamed: Map<Node, string>;
  readonly removed: Map<Node, Set<Node>>;
  readonly appended: Map<Node, Addition[]>;
  readonly inserted: Map<Node, Insertion[]>;
}

interface Insertion extends Addition {
  /** The child it stands in front of. */
  readonly before: Node;
}

/** Binds edits to nodes. A text says why an edit has no place in the document. */
export function bindEdits(root: Node, edits: readonly DocumentEdit[]): Changes | string {
  const changes: Changes = {
    replaced: new Map(),
    renamed: new Map(),
    removed: new Map(),
    appended: new Map(),
    inserted: new Map(),
  };
  for (const edit of edits) {
    const refusal = bind(root, edit, changes);
    if (refusal !== null) return refusal;
  }
  return changes;
}

function bind(root: Node, edit: DocumentEdit, changes: Changes): string | null {
  const node = findNodeAtLocation(root, [...edit.path]);
  switch (edit.kind) {
    case 'set':
      if (node === undefined) return bindMember(root, edit, changes);
      changes.replaced.set(node, edit.value);
      return null;
    case 'insert':
      return node?.type === 'array' ? bindElement(node, edit, changes) : nothingAt(edit.path);
    case 'remove':
    case 'rename':
      return node === undefined ? nothingAt(edit.path) : bindChild(node, edit, changes);
    default:
      return edit satisfies never;
  }
}

function bindMember(root: Node, edit: Extract<DocumentEdit, { kind: 'set' }>, changes: Changes): string | null {
  const parent = findNodeAtLocation(root, [...edit.path.slice(0, -1)]);
  const key = edit.path.at(-1);
  if (parent?.type !== 'object' || typeof key !== 'string') return nothingAt(edit.path);
  const before = parent.children?.find((property) => property.children?.[0]?.value === edit.before);
  if (before === undefined) add(changes.appended, parent, { key, value: edit.value });
  else add(changes.inserted, parent, { before, key, value: edit.value });
  return null;
}

function bindElement(parent: Node, edit: { index: number; value: unknown }, changes: Changes): null {
  const before = parent.children?.[edit.index];
  if (before === undefined) add(changes.appended, parent, { key: null, value: edit.value });
  else add(changes.inserted, parent, { before, key: null, value: edit.value });
  return null;
}

function bindChild(node: Node, edit: DocumentEdit, changes: Changes): string | null {
  const child = node.parent?.type === 'property' ? node.parent : node;
  const parent = child.parent;
  if (parent === undefined) return 'the whole document cannot be removed';
  if (edit.kind === 'rename') {
    if (child.type !== 'property') return nothingAt(edit.path);
    changes.renamed.set(child, edit.key);
  } else changes.removed.set(parent, (changes.removed.get(parent) ?? new Set()).add(child));
  return null;
}

function nothingAt(path: JsonPath): string {
  return `there is nothing to change at \`/${path.join('/')}\``;
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The text edits of the changes: only their own bytes. */
export function toTextEdits(body: string, changes: Changes, style: Style): readonly TextEdit[] {
  return [
    ...[...changes.replaced].map(([node, value]) => replacement(body, node, value, style)),
    ...[...changes.renamed].flatMap(([property, key]) => renaming(property, key)),
    ...[...changes.removed].flatMap(([parent, children]) => removeEdits(body, parent, children)),
    ...[...changes.inserted].flatMap(([parent, list]) =>
      list.map((one) => insertBefore(body, parent, one.before, one, style)),
    ),
    ...[...changes.appended].flatMap(([parent, additions]) => appendEdits(body, parent, additions, style)),
  ];
}

function replacement(body: string, node: Node, value: unknown, style: Style): TextEdit {
  const multiline = isMultiline(body, node) || (style.multiline && typeof value === 'object' && value !== null);
  const content = render(value, { ...style, multiline }, lineIndent(body, node.offset));
  return { offset: node.offset, length: node.length, content };
}

function renaming(property: Node, key: string): readonly TextEdit[] {
  const name = property.children?.[0];
  return name === undefined ? [] : [{ offset: name.offset, length: name.length, content: JSON.stringify(key) }];
}

/** The document as it must read after the changes. */
export function valueAfter(node: Node, changes: Changes): unknown {
  if (changes.replaced.has(node)) return changes.replaced.get(node);
  const removed = changes.removed.get(node);
  const kept = (node.children ?? []).filter((child) => !removed?.has(child));
  const appended = changes.appended.get(node) ?? [];
  if (node.type === 'array')
    return [...kept.flatMap((child) => elements(node, child, changes)), ...appended.map((one) => one.value)];
  if (node.type !== 'object') return getNodeValue(node);
  const members = kept.flatMap((property) => [...newInFront(node, property, changes), memberAfter(property, changes)]);
  return Object.fromEntries([...members, ...appended.map((one) => [one.key ?? '', one.value] as const)]);
}

function elements(parent: Node, child: Node, changes: Changes): readonly unknown[] {
  return [...newInFront(parent, child, changes).map(([, value]) => value), valueAfter(child, changes)];
}

function newInFront(parent: Node, child: Node, changes: Changes): readonly (readonly [string, unknown])[] {
  const inserted = changes.inserted.get(parent) ?? [];
  return inserted.filter((one) => one.before === child).map((one) => [one.key ?? '', one.value]);
}

function memberAfter(property: Node, changes: Changes): readonly [string, unknown] {
  const [key, value] = property.children ?? [];
  const name = changes.renamed.get(property) ?? String(key?.value);
  return [name, value === undefined ? null : valueAfter(value, changes)];
}
