import type { Node } from 'jsonc-parser';
import { storyKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { elementsOf, firstMember, type Members, membersOf, textOf } from './members.ts';

/** Globs a story may touch. `relatedFiles` and `key_files` are context and no scope. */
export function readFiles(members: Members, ledger: Ledger): readonly string[] {
  const own = ledger.pick(members, storyKeys.files);
  if (own?.key === 'files' && ['number', 'boolean'].includes(own.value.type)) {
    ledger.wrongType(own.value, '`files`', 'an array of globs');
  }
  const created = members.get('filestocreate');
  const nodes = [own?.value, created === undefined || created === own ? undefined : created.value];
  return [...new Set(nodes.flatMap(paths))];
}

/** Protected globs a story may change. Only the canonical form is read: permission is never guessed. */
export function readOwns(members: Members, ledger: Ledger): readonly string[] {
  const owns = members.get('owns');
  if (owns === undefined || owns.value.type === 'null') return [];
  const globs = elementsOf(owns.value).map(textOf);
  if (owns.value.type !== 'array' || globs.includes(null)) ledger.wrongType(owns.value, '`owns`', 'an array of globs');
  return globs.filter((glob) => glob !== null);
}

/** A string, an array of strings or of objects with a path, or an object of such arrays by action. */
function paths(node: Node | undefined): readonly string[] {
  const text = textOf(node);
  if (text !== null) return text.trim() === '' ? [] : [text.trim()];
  if (node?.type === 'array') return elementsOf(node).flatMap(paths);
  const members = membersOf(node);
  const named = textOf(firstMember(members, ['path', 'file', 'filename'])?.value);
  return named === null
    ? [...members.values()].flatMap((member) => (member.value.type === 'array' ? paths(member.value) : []))
    : [named];
}
