import type { Node } from 'jsonc-parser';
import type { JsonPath } from '../prd.ts';
import { elementsOf, membersOf } from './members.ts';

const mostCandidates = 5;
const deepestCandidate = 4;

/** JSON pointers of arrays that look like stories, objects with a name and more; the outermost first. */
export function storyCandidates(root: Node): readonly string[] {
  const found: string[] = [];
  const open: { node: Node; path: JsonPath }[] = [{ node: root, path: [] }];
  // The list grows while it is read: outer things come first.
  for (const { node, path } of open) {
    if (found.length === mostCandidates) break;
    if (node.type === 'array' && elementsOf(node).some(looksLikeStory)) found.push(toPointer(path));
    else if (path.length < deepestCandidate) {
      for (const member of membersOf(node).values()) open.push({ node: member.value, path: [...path, member.key] });
    }
  }
  return found;
}

function looksLikeStory(node: Node): boolean {
  const members = membersOf(node);
  return members.size > 1 && ['title', 'name', 'story', 'description', 'id'].some((key) => members.has(key));
}

/** A path as JSON pointer. */
export function toPointer(path: JsonPath): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
