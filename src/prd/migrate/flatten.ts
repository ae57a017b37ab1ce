import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import { membersOf, plainKey } from '../dialects/members.ts';
import { storyArrayKeys } from '../dialects/story-arrays.ts';
import type { DocumentEdit } from '../edit/document-edit.ts';
import { styleOf } from '../edit/style.ts';
import { type Edited, editText } from '../edit.ts';
import type { PrdDocument } from '../parse.ts';
import type { JsonPath, Story } from '../prd.ts';
import { readSyntax, type Source } from '../syntax.ts';

/** The same text with its stories in `userStories` at the top, nothing else changed. */
export function flattenStories(document: PrdDocument): Edited {
  const { text, file, prd } = document;
  const syntax = readSyntax(text, file);
  if (syntax.kind === 'refused') return { kind: 'refused', problem: { code: 'file-empty', file } };
  const { source } = syntax;
  if (source.root.type === 'array') return flattenArray(source, prd.stories);
  if (isFlat(prd.stories, ['userStories']) && prd.stories.length > 0) return { kind: 'edited', text };
  const first = prd.stories[0]?.path ?? [emptyList(source.root), 0];
  const [key] = first;
  if (first.length === 2 && isFlat(prd.stories, [String(key)]) && isWhole(source.root, String(key), prd.stories)) {
    if (key === 'userStories') return { kind: 'edited', text };
    return editText(text, file, [...freed(source.root), { kind: 'rename', path: [String(key)], key: 'userStories' }]);
  }
  return collect(source, prd.stories);
}

/** A bare list: an object is put around it, and every line of it one level deeper. */
function flattenArray(source: Source, stories: readonly Story[]): Edited {
  const { body, root, file, hasBom } = source;
  const { eol, indent, multiline } = styleOf(body, root);
  const list = body.slice(root.offset, root.offset + root.length);
  const deeper = multiline ? list.replace(/(\r\n|\n|\r)(?=[^\r\n])/g, `$1${indent}`) : list;
  const [open, close] = multiline ? [`{${eol}${indent}`, `${eol}}`] : ['{ ', ' }'];
  const wrapped = `${body.slice(0, root.offset)}${open}"userStories": ${deeper}${close}${body.slice(root.offset + root.length)}`;
  const text = `${hasBom ? '\ufeff' : ''}${wrapped}`;
  if (isFlat(stories, [])) return { kind: 'edited', text };
  const syntax = readSyntax(text, file);
  if (syntax.kind === 'refused') return { kind: 'refused', problem: { code: 'file-empty', file } };
  return collect(
    syntax.source,
    stories.map((story) => ({ ...story, path: ['userStories', ...story.path] })),
  );
}

function isFlat(stories: readonly Story[], path: JsonPath): boolean {
  return stories.every(
    (story) => story.path.length === path.length + 1 && path.every((key, at) => story.path[at] === key),
  );
}

/** The key of a list that no story was written into yet. */
function emptyList(root: Node): string {
  const members = membersOf(root);
  const empty = storyArrayKeys.map((key) => members.get(key)).find((member) => member?.value.children?.length === 0);
  return empty?.key ?? 'userStories';
}

/** All elements of the list are stories. */
function isWhole(root: Node, key: string, stories: readonly Story[]): boolean {
  return findNodeAtLocation(root, [key])?.children?.length === stories.length;
}

/** Gives back the name `userStories` where something else has it. */
function freed(root: Node): readonly (DocumentEdit & { readonly path: JsonPath })[] {
  const taken = [...membersOf(root).values()].filter(({ key }) => plainKey(key) === 'userstories');
  return taken.map(({ key }) => ({ kind: 'rename', path: [key], key: `${key}Original` }));
}

/**
 * Stories that stand in groups, or inside another object: they are put into one list, each with the group as its phase, and
 * what is left of the groups stays where it was. The rest of a wrapper comes to the top.
 */
function collect(source: Source, stories: readonly Story[]): Edited {
  const { root, file } = source;
  const lifted = wrapperMembers(root, stories[0]?.path ?? []);
  const added = editText(source.text, file, [
    ...lifted.map(({ key, value }): DocumentEdit => ({ kind: 'set', path: [key], value })),
    { kind: 'set', path: [newList], value: stories.map((story) => ownValue(root, story)) },
  ]);
  if (added.kind === 'refused') return added;
  const lists = listsOf(stories);
  const isAround = lists.some(({ path }) => path.length === 1 && path[0] === 'userStories');
  const removed = editText(added.text, file, [
    ...(isAround ? [] : freed(root)),
    ...lists.flatMap((list) => leave(list, root)),
    ...lifted.map(({ path }): DocumentEdit => ({ kind: 'remove', path })),
  ]);
  if (removed.kind === 'refused') return removed;
  return editText(removed.text, file, [{ kind: 'rename', path: [newList], key: 'userStories' }]);
}

/** A name that no dialect reads, until the old lists are gone. */
const newList = 'userStoriesNew';

/** A list that holds stories, or groups of them. */
interface List {
  readonly path: JsonPath;
  /** Stories that stand in it themselves, by index. */
  readonly own: readonly number[];
}

function listsOf(stories: readonly Story[]): readonly List[] {
  const lists = new Map<string, { path: JsonPath; own: number[] }>();
  for (const { path } of stories) {
    for (const [at, index] of path.entries()) {
      if (typeof index !== 'number') continue;
      const list = path.slice(0, at);
      const known = lists.get(JSON.stringify(list)) ?? { path: list, own: [] };
      if (at === path.length - 1) known.own.push(index);
      lists.set(JSON.stringify(list), known);
    }
  }
  return [...lists.values()];
}

/** The stories leave their list; what is left of it must not be read as stories. */
function leave({ path, own }: List, root: Node): readonly DocumentEdit[] {
  const size = findNodeAtLocation(root, [...path])?.children?.length ?? 0;
  if (own.length === size) return [{ kind: 'remove', path }];
  const key = String(path.at(-1));
  const isRead = (storyArrayKeys as readonly string[]).includes(plainKey(key));
  return [
    ...own.map((index): DocumentEdit => ({ kind: 'remove', path: [...path, index] })),
    ...(isRead ? [{ kind: 'rename', path, key: `${key}Original` } as const] : []),
  ];
}

/** A story as it stands, with the id and the phase that it had from around it. */
function ownValue(root: Node, { path, id, hasId, phase }: Story): unknown {
  const node = findNodeAtLocation(root, [...path]);
  const value = node === undefined ? {} : (getNodeValue(node) as Record<string, unknown>);
  const own = String(value.id ?? '');
  const isRenamed = hasId && own !== '' && own !== id;
  const isInGroup = path.length > 2 && phase !== null && !hasPhase(node);
  return { ...value, ...(isRenamed && { id }), ...(isInGroup && { phase }) };
}

function hasPhase(node: Node | undefined): boolean {
  return ['phase', 'milestone', 'epic', 'sprint', 'step'].some((key) => membersOf(node).has(key));
}

interface Lifted {
  readonly key: string;
  readonly value: unknown;
  readonly path: JsonPath;
}

/** Members of the object `prd` or `plan` around everything, as far as the top has no such key. */
function wrapperMembers(root: Node, [wrapper, list]: JsonPath): readonly Lifted[] {
  if (typeof wrapper !== 'string' || typeof list !== 'string') return [];
  const taken = membersOf(root);
  const members = [...membersOf(findNodeAtLocation(root, [wrapper]))];
  return members
    .filter(([plain, { key }]) => key !== list && !taken.has(plain))
    .map(([, { key, value }]) => ({ key, value: getNodeValue(value), path: [wrapper, key] }));
}
