import { readClaim } from './dialects/claim.ts';
import { readComplexity } from './dialects/complexity.ts';
import { readCriteria } from './dialects/criteria.ts';
import { readDependsOn } from './dialects/dependencies.ts';
import { readDisables } from './dialects/disables.ts';
import { storyKeys } from './dialects/keys.ts';
import type { Ledger } from './dialects/ledger.ts';
import { elementsOf, type Member, type Members, membersOf, textOf } from './dialects/members.ts';
import { readPriority } from './dialects/priority.ts';
import { readFiles, readOwns } from './dialects/scope.ts';
import type { StorySite } from './dialects/story-arrays.ts';
import type { JsonPath, Story } from './prd.ts';

/** A story node with its id, before the rest of it is read. */
export interface NamedSite {
  readonly site: StorySite;
  readonly id: string;
  readonly hasId: boolean;
}

export interface StoryContext {
  readonly ledger: Ledger;
  readonly checks: ReadonlyMap<string, string>;
  readonly programs: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

/** Reads one story, whatever its dialect calls things. */
export function readStory(named: NamedSite, index: number, context: StoryContext): Story {
  const { site, id, hasId } = named;
  const { members } = site;
  const { ledger } = context;
  const place = { members, path: site.path, story: id, ids: context.ids };
  const description = descriptionOf(members);
  return {
    id,
    hasId,
    index,
    title: titleOf(members, description, ledger) ?? id,
    description,
    implementModel: modelOf(members, ledger),
    criteria: readCriteria(members, { ...context, path: site.path, story: id }, ledger),
    priority: priorityOf(members, place, ledger),
    dependsOn: readDependsOn(place, ledger),
    phase: phaseOf(members, ledger) ?? site.group,
    files: readFiles(members, ledger),
    owns: readOwns(members, ledger),
    ...progressOf(members, place, ledger),
    notes: notesOf(members, ledger),
    disables: readDisables(members, site.path),
    complexity: readComplexity(members),
    path: site.path,
  };
}

interface Place {
  readonly path: JsonPath;
  readonly story: string;
}

const longestTitle = 80;

function titleOf(members: Members, description: string, ledger: Ledger): string | null {
  for (const key of storyKeys.title) {
    const member = members.get(key);
    const text = textOf(member?.value)?.trim();
    if (member === undefined || !text) continue;
    if (key !== 'title') ledger.readings.add(`\`${member.key}\` as \`title\``);
    return text;
  }
  if (description === '') return null;
  const end = description.search(/[.!?](?:\s|$)|\n/);
  const sentence = (end < 0 ? description : description.slice(0, end)).trim();
  return sentence.length > longestTitle ? `${sentence.slice(0, longestTitle - 1).trimEnd()}\u2026` : sentence;
}

function descriptionOf(members: Members): string {
  const parts = storyKeys.description.map((key) => textOf(members.get(key)?.value)?.trim() ?? '');
  return parts.filter((part) => part !== '').join('\n\n');
}

function modelOf(members: Members, ledger: Ledger): string | null {
  const member = ledger.pick(members, storyKeys.implementModel);
  const agent = membersOf(members.get('agent')?.value).get('model');
  const text = textOf(member?.value ?? agent?.value)?.trim();
  if (member !== null && text === undefined && member.key === 'implementModel') {
    ledger.wrongType(member.value, '`implementModel`', 'a role, an alias or a model id');
  }
  return text || null;
}

function priorityOf(members: Members, place: Place, ledger: Ledger): number | null {
  const member = members.get('priority');
  const { rank, form } = readPriority(member?.value);
  ledger.rankForms.add(form);
  if (form === 'word') ledger.readings.add('priority words as ranks');
  const message = priorityDoubt(rank, form, member, ledger);
  const path = [...place.path, member?.key ?? 'priority'];
  if (message !== null) ledger.note({ rule: 'file/bad-priority', message, path, story: place.story });
  return rank;
}

function priorityDoubt(rank: number | null, form: string, member: Member | undefined, ledger: Ledger): string | null {
  if (form === 'number' && rank !== null && rank <= 0) return `priority ${rank} is not positive`;
  if (form !== 'unknown' || member === undefined) return null;
  const { offset, length } = member.value;
  return `\`${ledger.source.body.slice(offset, offset + Math.min(length, 40))}\` is not a priority`;
}

function phaseOf(members: Members, ledger: Ledger): string | number | null {
  const member = ledger.pick(members, storyKeys.phase);
  if (member?.value.type === 'number') return Number(member.value.value);
  return textOf(member?.value)?.trim() || null;
}

function progressOf(members: Members, place: Place, ledger: Ledger): { passes: boolean; onHold: string | null } {
  const claim = readClaim(members);
  if (claim.wrong !== null) ledger.wrongType(claim.wrong.value, '`passes`', 'true or false');
  if (claim.from !== null && claim.from.key !== 'passes') ledger.readings.add(`\`${claim.from.key}\` as \`passes\``);
  if (claim.doubt !== null) {
    const path = [...place.path, claim.from?.key ?? 'status'];
    ledger.note({ rule: 'file/status-conflict', message: claim.doubt, path, story: place.story });
  }
  return { passes: claim.passes, onHold: claim.onHold };
}

function notesOf(members: Members, ledger: Ledger): string {
  const member = ledger.pick(members, storyKeys.notes);
  const lines = member?.value.type === 'array' ? elementsOf(member.value).map(textOf) : [textOf(member?.value)];
  return lines.filter((line) => line !== null).join('\n');
}
