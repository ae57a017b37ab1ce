import type { Node } from 'jsonc-parser';
import { readCriterion } from '../criterion.ts';
import type { Criterion, JsonPath } from '../prd.ts';
import { readObjectForm } from './criterion-object.ts';
import { doneKeys, storyKeys, verificationKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { elementsOf, type Member, type Members, membersOf } from './members.ts';

export interface CriteriaPlace {
  readonly path: JsonPath;
  readonly story: string;
  readonly checks: ReadonlyMap<string, string>;
  readonly programs: ReadonlySet<string>;
}

/** All criteria of a story, each with the path of the very string it came from. */
export function readCriteria(members: Members, place: CriteriaPlace, ledger: Ledger): readonly Criterion[] {
  const main = ledger.pick(members, storyKeys.acceptanceCriteria);
  const criteria: Criterion[] = [];
  if (main !== null) addMember(criteria, main, { ...place, field: false, ledger });
  for (const key of doneKeys) {
    const member = members.get(key);
    if (member !== undefined && member !== main) addMember(criteria, member, { ...place, field: false, ledger });
  }
  for (const key of verificationKeys) {
    const member = members.get(key);
    if (member !== undefined)
      addNode(criteria, member.value, [...place.path, member.key], { ...place, field: true, ledger });
  }
  return criteria;
}

interface Reader extends CriteriaPlace {
  readonly field: boolean;
  readonly ledger: Ledger;
}

function addMember(criteria: Criterion[], member: Member, reader: Reader): void {
  if (['number', 'boolean'].includes(member.value.type)) {
    reader.ledger.wrongType(member.value, `\`${member.key}\``, 'an array of criteria');
  } else addNode(criteria, member.value, [...reader.path, member.key], reader);
}

function addNode(criteria: Criterion[], node: Node, path: JsonPath, reader: Reader): void {
  if (node.type === 'string') addText(criteria, String(node.value), path, reader);
  else if (node.type === 'object') addObject(criteria, node, path, reader);
  else for (const [index, child] of elementsOf(node).entries()) addElement(criteria, child, [...path, index], reader);
}

/** An element of an array keeps its text as it stands, line breaks and all. */
function addElement(criteria: Criterion[], node: Node, path: JsonPath, reader: Reader): void {
  if (node.type === 'string') addOne(criteria, String(node.value), path, reader);
  else addNode(criteria, node, path, reader);
}

function addOne(criteria: Criterion[], text: string, path: JsonPath, reader: Reader): void {
  if (text.trim() === '') {
    reader.ledger.note({ rule: 'file/dialect', message: 'an empty criterion is left out', path, story: reader.story });
  } else criteria.push({ text, path, reading: readCriterion(text, reader.checks, reader) });
}

const item = /^[ \t]*(?:[-*+\u2022]|\d{1,3}[.)])[ \t]+(?:\[[ xX]?\][ \t]*)?/;

/** One string in place of an array: its list items are the criteria; without items it is one criterion. */
function addText(criteria: Criterion[], text: string, path: JsonPath, reader: Reader): void {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (!lines.some((line) => item.test(line))) {
    addOne(criteria, text, path, reader);
    return;
  }
  const items: string[] = [];
  for (const line of lines) {
    const last = items.length - 1;
    if (item.test(line)) items.push(line.replace(item, '').trim());
    else if (last >= 0) items[last] += ` ${line.trim()}`;
    else if (!line.trim().endsWith(':')) items.push(line.trim());
  }
  for (const one of items) addOne(criteria, one, path, reader);
}

/** The object form of one criterion, or an object of arrays whose names group them. */
function addObject(criteria: Criterion[], node: Node, path: JsonPath, reader: Reader): void {
  const members = membersOf(node);
  const single = readObjectForm(members, { ...reader, path }, reader.ledger);
  if (single !== null) criteria.push(single);
  else for (const member of members.values()) addElement(criteria, member.value, [...path, member.key], reader);
}
