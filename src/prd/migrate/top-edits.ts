import type { Node } from 'jsonc-parser';
import { checkKeys, documentKeys } from '../dialects/keys.ts';
import { elementsOf, firstMember, type Member, membersOf, textOf } from '../dialects/members.ts';
import type { PrdDocument } from '../parse.ts';
import type { Prd } from '../prd.ts';
import { readSyntax } from '../syntax.ts';
import { type Draft, openDraft, place, retire } from './draft.ts';
import type { Edits } from './migrate.ts';

/** What has to change around the stories of a flat document. */
export function topEdits({ text, file, prd }: PrdDocument, schema: string | null): Edits {
  const syntax = readSyntax(text, file);
  if (syntax.kind === 'refused') return { change: [], remove: [] };
  const draft = openDraft([], membersOf(syntax.source.root));
  placeText(draft, 'project', prd.project);
  placeText(draft, 'description', prd.description);
  placeText(draft, 'branchName', prd.branchName);
  placeChecks(draft, prd);
  if (schema !== null && !prd.hasSchema) placeSchema(draft, syntax.source.root, schema);
  return draft;
}

function placeText(draft: Draft, key: keyof typeof documentKeys, value: string | null): void {
  const from = firstMember(draft.members, documentKeys[key]);
  if (from === null || value === null) return;
  const text = textOf(from.value);
  place(draft, { key, from, value: text ?? value, loses: text === null });
}

/** Commands from other fields become named checks; a field that holds more than commands stays under another name. */
function placeChecks(draft: Draft, { checks }: Prd): void {
  const commands = new Set(checks.values());
  const others = checkKeys
    .filter((key) => key !== 'checks')
    .flatMap((key) => draft.members.get(key) ?? [])
    .filter(({ value }) => leaves(value).some((text) => commands.has(text)));
  if (others.length === 0) return;
  const own = draft.members.get('checks') ?? null;
  place(draft, { key: 'checks', from: own, value: Object.fromEntries(checks) });
  for (const other of others) retire(draft, other, saysMore(other, commands));
}

function saysMore({ value }: Member, commands: ReadonlySet<string>): boolean {
  return !leaves(value).every((text) => commands.has(text)) || countOf(value) !== leaves(value).length;
}

function leaves(node: Node): readonly string[] {
  const text = textOf(node);
  if (text !== null) return [text.trim()];
  if (node.type === 'array') return elementsOf(node).flatMap(leaves);
  return [...membersOf(node).values()].flatMap(({ value }) => leaves(value));
}

/** Values of one level; anything nested makes the numbers differ. */
function countOf(node: Node): number {
  return node.type === 'string' ? 1 : (node.children?.length ?? 0);
}

function placeSchema({ change }: Draft, root: Node, value: string): void {
  const [first] = membersOf(root).values();
  change.push({ kind: 'set', path: ['$schema'], value, ...(first !== undefined && { before: firstKey(root) }) });
}

function firstKey(root: Node): string {
  return String(root.children?.[0]?.children?.[0]?.value ?? '');
}
