import type { Node } from 'jsonc-parser';
import type { Problem } from '../../problem.ts';
import type { Note } from '../prd.ts';
import type { Source } from '../syntax.ts';
import { canonicalNames, doneKeys } from './keys.ts';
import { firstMember, type Member, type Members, plainKey } from './members.ts';
import type { Rank } from './priority.ts';

/** Collects what is worth telling while a document is read. */
export interface Ledger {
  readonly source: Source;
  readonly notes: Note[];
  readonly problems: Problem[];
  /** What was read from a dialect, in words, each once. */
  readonly readings: Set<string>;
  /** How the file writes its priorities. */
  readonly rankForms: Set<Rank['form']>;
  note(note: Note): void;
  wrongType(node: Node, what: string, expected: string): void;
  /** The first key that holds more than null. An alias is written down, and so is one that says something else. */
  pick(members: Members, keys: readonly string[]): Member | null;
}

const mostProblems = 20;

export function openLedger(source: Source): Ledger {
  const notes: Note[] = [];
  const problems: Problem[] = [];
  const readings = new Set<string>();
  return {
    source,
    notes,
    problems,
    readings,
    rankForms: new Set(),
    note: (note) => void notes.push(note),
    wrongType: (node, what, expected) => {
      if (problems.length === mostProblems) return;
      problems.push({
        code: 'wrong-type',
        at: source.at(node.offset),
        what,
        expected,
        found: describe(node, source.body),
      });
    },
    pick: (members, keys) => pick(members, keys, { readings, body: source.body }),
  };
}

interface Pick {
  readonly readings: Set<string>;
  readonly body: string;
}

function pick(members: Members, keys: readonly string[], { readings, body }: Pick): Member | null {
  const member = firstMember(members, keys);
  if (member === null) return null;
  const canonical = canonicalName(keys);
  if (member.key !== canonical) readings.add(`\`${member.key}\` as \`${canonical}\``);
  if (mustAgree.has(canonical)) {
    for (const other of disagreeing(member, members, keys, body)) {
      readings.add(`\`${member.key}\`, not \`${other.key}\`, which says something else`);
    }
  }
  return member;
}

function disagreeing(member: Member, members: Members, keys: readonly string[], body: string): readonly Member[] {
  const others = [member.twin, ...keys.map((key) => members.get(key))];
  return others.filter((other): other is Member => {
    if (other === undefined || other === member || other.value.type === 'null') return false;
    return !doneKeys.includes(plainKey(other.key)) && !isSame(member, other, body);
  });
}

/** Fields that decide something: two different values of one of them are worth a word. */
const mustAgree: ReadonlySet<string> = new Set(['acceptanceCriteria', 'dependsOn', 'implementModel', 'branchName']);

function isSame(one: Member, other: Member, body: string): boolean {
  const text = ({ value }: Member) => body.slice(value.offset, value.offset + value.length);
  return text(one) === text(other);
}

function canonicalName(keys: readonly string[]): string {
  const [first = ''] = keys;
  return canonicalNames[first] ?? first;
}

function describe(node: Node, body: string): string {
  if (node.type === 'object' || node.type === 'array' || node.type === 'null')
    return node.type === 'null' ? 'null' : `an ${node.type}`;
  const written = body.slice(node.offset, node.offset + node.length);
  return written.length > 40 ? `a ${node.type}` : written;
}

/** The one note that says how a dialect was read. */
export function dialectNote(ledger: Ledger): readonly Note[] {
  if (ledger.readings.size === 0) return [];
  const message = `reads ${[...ledger.readings].join(', ')}`;
  return [{ rule: 'file/dialect', message, path: [], story: null }];
}
