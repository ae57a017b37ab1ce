import type { Node } from 'jsonc-parser';
import type { Problem } from '../problem.ts';
import type { Ledger } from './dialects/ledger.ts';
import { labelOf, type Members } from './dialects/members.ts';
import { findStories, type StorySite } from './dialects/story-arrays.ts';
import type { JsonPath } from './prd.ts';
import type { NamedSite } from './story.ts';

/** The object that holds project and checks. */
export interface Top {
  readonly node: Node;
  readonly path: JsonPath;
}

export interface FoundStories {
  readonly kind: 'found';
  readonly stories: readonly NamedSite[];
  readonly top: Top;
}

export type NamedStories = FoundStories | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** The story nodes of a document with the ids they go by. A JSON pointer names the array where no dialect does. */
export function namedStories(ledger: Ledger, pointer: string | null): NamedStories {
  const { root, body, at } = ledger.source;
  const found = findStories(root, body, pointer);
  if (found.kind === 'none') {
    return { kind: 'refused', problems: [{ code: 'no-stories', at: at(root.offset), candidates: found.candidates }] };
  }
  if (found.kind === 'not-array') {
    ledger.wrongType(found.node, `\`${found.key}\``, 'an array of stories');
    return { kind: 'refused', problems: ledger.problems };
  }
  if (found.reads !== null) ledger.readings.add(`${found.reads} as \`userStories\``);
  const stories = found.sites.filter((site) => isStory(site, ledger));
  if (stories.some(hasNumberId)) ledger.readings.add('number ids as text');
  return { kind: 'found', stories: withIds(stories, body), top: found.top };
}

/** What is no object is skipped, and named so that nobody misses it. */
function isStory(site: StorySite, ledger: Ledger): boolean {
  if (site.node.type === 'object') return true;
  const what = site.node.type === 'null' ? 'null' : `a ${site.node.type}`;
  const message = `entry ${Number(site.path.at(-1)) + 1} is ${what}, not a story: skipped`;
  ledger.note({ rule: 'file/dialect', message, path: site.path, story: null });
  return false;
}

function hasNumberId(site: StorySite): boolean {
  return site.members.get('id')?.value.type === 'number';
}

/** Without an id, the position is the label. Ids of parts get the outer id in front where they are not unique. */
function withIds(sites: readonly StorySite[], body: string): readonly NamedSite[] {
  const own = sites.map((site) => idOf(site.members, body));
  const repeated = repeatedIn(own);
  return sites.map((site, index) => {
    const id = own[index] ?? null;
    if (id === null) return { site, id: `#${index + 1}`, hasId: false };
    const isPart = site.outerId !== null && repeated.has(id);
    return { site, id: isPart ? `${site.outerId}.${id}` : id, hasId: true };
  });
}

function idOf(members: Members, body: string): string | null {
  const id = labelOf(members.get('id')?.value, body);
  return id === null || id.trim() === '' ? null : id;
}

function repeatedIn(ids: readonly (string | null)[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const id of ids) {
    if (id === null) continue;
    if (seen.has(id)) repeated.add(id);
    seen.add(id);
  }
  return repeated;
}
