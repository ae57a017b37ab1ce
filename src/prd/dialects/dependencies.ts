import type { Node } from 'jsonc-parser';
import type { JsonPath } from '../prd.ts';
import { storyKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { elementsOf, labelOf, type Members, membersOf } from './members.ts';

interface Place {
  readonly members: Members;
  readonly path: JsonPath;
  readonly story: string;
  /** Ids of all stories of the document. */
  readonly ids: ReadonlySet<string>;
}

/** Ids a story waits for. A dangling id stays in, so that it is found; a sentence that names no id is only noted. */
export function readDependsOn(place: Place, ledger: Ledger): readonly string[] {
  const member = ledger.pick(place.members, storyKeys.dependsOn);
  return member === null ? [] : readIds(member.value, { ...place, path: [...place.path, member.key] }, ledger);
}

/** Ids of the stories that wait for this one: `blocks` points the other way. */
export function readBlocks(place: Place, ledger: Ledger): readonly string[] {
  const member = place.members.get('blocks');
  return member === undefined ? [] : readIds(member.value, { ...place, path: [...place.path, member.key] }, ledger);
}

function readIds(node: Node, place: Place, ledger: Ledger): readonly string[] {
  const nodes = node.type === 'array' ? elementsOf(node) : [node];
  const ids = nodes.flatMap((entry) => entryIds(entry, place, ledger));
  return [...new Set(ids)];
}

function entryIds(node: Node, place: Place, ledger: Ledger): readonly string[] {
  if (node.type === 'null') return [];
  const label = labelOf(node.type === 'object' ? membersOf(node).get('id')?.value : node, ledger.source.body);
  if (label === null) {
    ledger.wrongType(node, 'a dependency', 'the id of a story');
    return [];
  }
  return split(label, place.ids).flatMap((id) => {
    if (place.ids.has(id) || !/\s/.test(id)) return [id];
    const message = `\`${id.slice(0, 80)}\` names no story; it is not a dependency`;
    ledger.note({ rule: 'file/dialect', message, path: place.path, story: place.story });
    return [];
  });
}

/** "US-001, US-002" is two ids, unless a story is called so. */
function split(label: string, ids: ReadonlySet<string>): readonly string[] {
  const text = label.trim();
  if (ids.has(label)) return [label];
  if (ids.has(text) || text === '') return text === '' ? [] : [text];
  if (/^(?:none|n\/a|-|null)$/i.test(text)) return [];
  const parts = text.split(',').map((part) => part.trim());
  return parts.length > 1 && parts.every((part) => part !== '' && !/\s/.test(part)) ? parts : [text];
}
