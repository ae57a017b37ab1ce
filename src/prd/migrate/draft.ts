import { getNodeValue, type Node } from 'jsonc-parser';
import type { Member, Members } from '../dialects/members.ts';
import type { DocumentEdit } from '../edit/document-edit.ts';
import type { JsonPath } from '../prd.ts';

/** One object of the document on its way into canonical form. */
export interface Draft {
  readonly path: JsonPath;
  readonly members: Members;
  readonly change: DocumentEdit[];
  readonly remove: DocumentEdit[];
}

export interface Placed {
  /** Canonical key. */
  readonly key: string;
  /** Where the value was read from; null for one that stood nowhere. */
  readonly from: Member | null;
  readonly value: unknown;
  /** The canonical field cannot hold all that stood there: the old value stays as well. */
  readonly loses?: boolean;
}

export function openDraft(path: JsonPath, members: Members): Draft {
  return { path, members, change: [], remove: [] };
}

/** Puts a value under its canonical key, with as few changes as that takes. */
export function place(draft: Draft, placed: Placed): void {
  const { key, from, value } = placed;
  const own = [...draft.path, key];
  const isTaken = [...draft.members.values()].some((member) => member.key === key && member !== from);
  if (from !== null && from.key === key) replace(draft, from, placed);
  else if (from === null || isTaken || placed.loses === true) {
    draft.change.push({ kind: 'set', path: own, value });
    if (from !== null) retire(draft, from, placed.loses === true);
  } else {
    replace(draft, from, placed);
    draft.change.push({ kind: 'rename', path: [...draft.path, from.key], key });
  }
}

function replace({ path, change }: Draft, from: Member, { value, loses }: Placed): void {
  const old: unknown = getNodeValue(from.value);
  if (JSON.stringify(old) === JSON.stringify(value)) return;
  change.push({ kind: 'set', path: [...path, from.key], value });
  if (loses === true) change.push({ kind: 'set', path: [...path, `${from.key}Original`], value: old });
}

/** Leaves a member where it is, under a name that is not read. */
function keepOriginal({ path, change }: Draft, { key }: Member): void {
  change.push({ kind: 'rename', path: [...path, key], key: `${key}Original` });
}

/** Takes a member away once others say what it said, or keeps it under another name when it says more. */
export function retire(draft: Draft, member: Member, saysMore: boolean): void {
  if (saysMore) keepOriginal(draft, member);
  else draft.remove.push({ kind: 'remove', path: [...draft.path, member.key] });
}

/** A string, or an array of strings and numbers: what can be moved without losing anything. */
export function isPlain(node: Node): boolean {
  if (node.type !== 'array') return node.type === 'string';
  return (node.children ?? []).every(({ type }) => type === 'string' || type === 'number' || type === 'null');
}
