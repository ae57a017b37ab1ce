import type { Node } from 'jsonc-parser';
import type { JsonPath } from '../prd.ts';
import { storyKeys } from './keys.ts';
import { elementsOf, labelOf, type Member, type Members, membersOf, plainKey } from './members.ts';
import { storyCandidates, toPointer } from './story-candidates.ts';

/** One story node and what its surroundings say about it. */
export interface StorySite {
  readonly node: Node;
  readonly members: Members;
  readonly path: JsonPath;
  /** Id or name of the group it stands in, or null. */
  readonly group: string | number | null;
  /** Id of the story it is a part of, or null. */
  readonly outerId: string | null;
}

export type StoryArrays =
  | {
      readonly kind: 'found';
      readonly sites: readonly StorySite[];
      /** In words, where the stories were not found under their canonical name. */
      readonly reads: string | null;
      /** What holds project and checks: the root, or the object that wraps the document. */
      readonly top: { readonly node: Node; readonly path: JsonPath };
    }
  | { readonly kind: 'not-array'; readonly node: Node; readonly key: string }
  /** JSON pointers of arrays that look like stories. */
  | { readonly kind: 'none'; readonly candidates: readonly string[] };

/** Keys that a list of stories may have. */
export const storyArrayKeys = ['userstories', 'stories', 'tasks', 'features', 'items', 'issues', 'backlog'] as const;
const groupArrayKeys = ['milestones', 'phases', 'epics', 'sprints'] as const;
const innerArrayKeys = ['userstories', 'stories', 'tasks', 'subtasks', 'features', 'items', 'issues'] as const;
const wrapperKeys = ['prd', 'plan'] as const;

/** Finds the stories of a document, wherever its dialect keeps them. A JSON pointer overrides the search. */
export function findStories(root: Node, body: string, pointer: string | null): StoryArrays {
  if (pointer !== null) return atPointer(root, body, pointer);
  if (root.type === 'array') {
    return { kind: 'found', sites: sitesOf(root, [], body), reads: 'a root array', top: { node: root, path: [] } };
  }
  const here = inContainer(root, [], body);
  if (here !== null) return here;
  for (const key of wrapperKeys) {
    const wrapper = membersOf(root).get(key);
    const inside = wrapper === undefined ? null : inContainer(wrapper.value, [wrapper.key], body);
    if (inside !== null) return inside;
  }
  return { kind: 'none', candidates: storyCandidates(root) };
}

/** All arrays under a known name, for a document that could not be read whole. */
export function arraysOf(root: Node): readonly Node[] {
  if (root.type === 'array') return [root];
  const containers = [root, ...wrapperKeys.map((key) => membersOf(root).get(key)?.value)];
  const arrays = containers.flatMap((node) => storyArrayKeys.map((key) => membersOf(node).get(key)?.value));
  return arrays.filter((node): node is Node => node?.type === 'array');
}

interface Candidate {
  readonly member: Member;
  readonly path: JsonPath;
  readonly sites: readonly StorySite[];
  /** Some entry says how far it is, or what must be true: these are stories and no other list. */
  readonly marked: boolean;
}

function inContainer(node: Node, path: JsonPath, body: string): StoryArrays | null {
  const members = membersOf(node);
  const canonical = members.get('userstories');
  if (canonical !== undefined && canonical.value.type !== 'array') {
    return { kind: 'not-array', node: canonical.value, key: canonical.key };
  }
  const found = [...storyArrayKeys, ...groupArrayKeys].flatMap((key) => candidate(members, key, path, body));
  const chosen = choose(found);
  if (chosen === 'unclear') return { kind: 'none', candidates: found.map((one) => toPointer(one.path)) };
  if (chosen === null) return null;
  return { kind: 'found', sites: chosen.sites, reads: readsAs(chosen), top: { node, path } };
}

function candidate(members: Members, key: string, path: JsonPath, body: string): readonly Candidate[] {
  const member = members.get(key);
  if (member?.value.type !== 'array') return [];
  const own = [...path, member.key];
  const sites = sitesOf(member.value, own, body);
  const grouped = sites.some((site) => site.path.length > own.length + 1);
  if (isGroupKey(key) && !grouped) return [];
  const marked = sites.some((site) => isMarked(site.members));
  return [{ member, path: own, sites, marked }];
}

/** Keys that are about stories and nothing else; the others may hold any list. */
const certainKeys: ReadonlySet<string> = new Set(['userstories', 'stories', 'tasks']);

function choose(found: readonly Candidate[]): Candidate | 'unclear' | null {
  const marked = found.filter((one) => one.marked);
  const [first] = marked;
  if (first !== undefined) {
    const canonical = marked.find((one) => one.member.key === 'userStories' || one.member.key === 'user_stories');
    return marked.length === 1 ? first : (canonical ?? 'unclear');
  }
  const certain = found.filter((one) => certainKeys.has(plainKey(one.member.key)));
  const filled = certain.filter((one) => one.sites.length > 0);
  if (filled.length > 1) return filled[0]?.member.key === 'userStories' ? filled[0] : 'unclear';
  return filled[0] ?? certain[0] ?? null;
}

function readsAs(chosen: Candidate): string | null {
  const inner = chosen.sites.find((site) => site.path.length > chosen.path.length + 1);
  const name = chosen.path.join('.');
  if (inner === undefined) return name === 'userStories' ? null : `\`${name}\``;
  return `\`${name}[].${inner.path.at(-2)}\``;
}

/** The stories of an array; entries that hold an array of stories themselves are groups. */
function sitesOf(array: Node, path: JsonPath, body: string): readonly StorySite[] {
  const name = plainKey(String(path.at(-1) ?? ''));
  return elementsOf(array).flatMap((node, index): StorySite | readonly StorySite[] => {
    const members = membersOf(node);
    const own = [...path, index];
    const inner = innerStories(members, name);
    if (inner === null) return { node, members, path: own, group: null, outerId: null };
    const around = surroundings(members, inner, name, body);
    return elementsOf(inner.value).map((child, at) => siteOf(child, [...own, inner.key, at], around));
  });
}

type Around = Pick<StorySite, 'group' | 'outerId'>;

function siteOf(node: Node, path: JsonPath, around: Around): StorySite {
  return { node, members: membersOf(node), path, ...around };
}

/** The inner entries are the stories if they are called so, or say criteria or progress; else they are steps of the outer one. */
function innerStories(members: Members, outer: string): Member | null {
  for (const key of innerArrayKeys) {
    const member = members.get(key);
    const elements = elementsOf(member?.value);
    if (member === undefined || elements[0]?.type !== 'object') continue;
    const isGroup = key === 'userstories' || key === 'stories' || isGroupKey(outer);
    if (isGroup || elements.some((element) => isMarked(membersOf(element)))) return member;
  }
  return null;
}

function isGroupKey(key: string): boolean {
  return (groupArrayKeys as readonly string[]).includes(key);
}

/** A group gives its stories a phase; a story that holds stories gives them its id. */
function surroundings(members: Members, inner: Member, outer: string, body: string): Around {
  const node = members.get('id')?.value;
  const id = labelOf(node, body);
  const isPart =
    ['stories', 'tasks', 'issues', 'items'].includes(outer) &&
    !['userstories', 'stories'].includes(plainKey(inner.key));
  if (isPart) return { group: null, outerId: id };
  if (node?.type === 'number') return { group: Number(node.value), outerId: null };
  const name = members.get('name') ?? members.get('title') ?? members.get('phase');
  return { group: id ?? labelOf(name?.value, body), outerId: null };
}

const markKeys: ReadonlySet<string> = new Set<string>([
  ...storyKeys.passes,
  ...storyKeys.acceptanceCriteria.filter((key) => key !== 'requirements' && key !== 'steps'),
]);

function isMarked(members: Members): boolean {
  for (const key of members.keys()) if (markKeys.has(key)) return true;
  return false;
}

function atPointer(root: Node, body: string, pointer: string): StoryArrays {
  const path: (string | number)[] = [];
  let node: Node | undefined = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const next: Node | undefined =
      node?.type === 'array'
        ? node.children?.[Number(key)]
        : node?.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1];
    path.push(node?.type === 'array' ? Number(key) : key);
    node = next;
  }
  if (node === undefined) return { kind: 'none', candidates: storyCandidates(root) };
  if (node.type !== 'array') return { kind: 'not-array', node, key: pointer };
  return { kind: 'found', sites: sitesOf(node, path, body), reads: `\`${pointer}\``, top: { node: root, path: [] } };
}
