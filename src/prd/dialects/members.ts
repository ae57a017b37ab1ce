import type { Node } from 'jsonc-parser';

/** One property of an object. */
export interface Member {
  /** As the file spells it. */
  readonly key: string;
  readonly value: Node;
  /** The same key in another spelling, which does not count. */
  readonly twin?: Member;
}

/** The properties of an object by plain key: lower case, without `_` and `-`. */
export type Members = ReadonlyMap<string, Member>;

/** `depends_on`, `depends-on` and `dependsOn` are one key. */
export function plainKey(key: string): string {
  return /[^a-z]/.test(key) ? key.toLowerCase().replace(/[_-]/g, '') : key;
}

const canonicalSpellings: ReadonlySet<string> = new Set(
  'userStories acceptanceCriteria dependsOn implementModel branchName'.split(' '),
);

/** The properties of an object node; of two spellings of one key, the canonical one. Anything else has none. */
export function membersOf(node: Node | undefined): Members {
  if (node?.type !== 'object') return noMembers;
  const members = new Map<string, Member>();
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    const plain = plainKey(key.value);
    members.set(plain, beside(members.get(plain), { key: key.value, value }));
  }
  return members;
}

const noMembers: Members = new Map();

function beside(known: Member | undefined, member: Member): Member {
  if (known === undefined) return member;
  return canonicalSpellings.has(member.key) ? { ...member, twin: known } : { ...known, twin: member };
}

/** The first of several keys that holds more than null. */
export function firstMember(members: Members, keys: readonly string[]): Member | null {
  for (const key of keys) {
    const member = members.get(key);
    if (member !== undefined && member.value.type !== 'null') return member;
  }
  return null;
}

/** The text of a string node, or null. */
export function textOf(node: Node | undefined): string | null {
  return node?.type === 'string' ? String(node.value) : null;
}

/** A string, or a number as the file spells it. */
export function labelOf(node: Node | undefined, body: string): string | null {
  if (node?.type === 'number') return body.slice(node.offset, node.offset + node.length);
  return textOf(node);
}

/** The elements of an array node; anything else has none. */
export function elementsOf(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}
