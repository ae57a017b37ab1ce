import { getNodeValue, type Node } from 'jsonc-parser';
import { readCriterion } from '../criterion.ts';
import { criterionKeys, doneKeys, storyKeys, verificationKeys } from '../dialects/keys.ts';
import { elementsOf, firstMember, type Member, membersOf, plainKey } from '../dialects/members.ts';
import type { Criterion, Expectation, Story, VerifyCommand } from '../prd.ts';
import { type Draft, isPlain, place, retire } from './draft.ts';

/** Brings everything that is a criterion into one list, each with the words and the command that it has now. */
export function placeCriteria(draft: Draft, story: Story, checks: ReadonlyMap<string, string>): void {
  const { members } = draft;
  const main = firstMember(members, storyKeys.acceptanceCriteria);
  const others = [...doneKeys, ...verificationKeys]
    .map((key) => members.get(key))
    .filter((member): member is Member => member !== undefined && member !== main && contributes(member, story));
  if (main === null && others.length === 0) return;
  if (main !== null && others.length === 0 && isCanonicalList(main.value)) {
    place(draft, { key: 'acceptanceCriteria', from: main, value: getNodeValue(main.value) });
    return;
  }
  const value = story.criteria.map((criterion) => canonicalCriterion(criterion, story, main, checks));
  place(draft, { key: 'acceptanceCriteria', from: main, value, loses: main !== null && !isList(main.value) });
  for (const other of others) retire(draft, other, !isPlain(other.value));
}

/** At least one criterion came out of it. */
function contributes({ key }: Member, { criteria, path }: Story): boolean {
  return criteria.some((criterion) => criterion.path[path.length] === key);
}

/** Nothing in it is nested, and nothing empty. */
function isCanonicalList(node: Node): boolean {
  return node.type === 'array' && elementsOf(node).every(isCanonicalElement);
}

function isCanonicalElement(node: Node): boolean {
  if (node.type === 'string') return String(node.value).trim() !== '';
  const keys = [...membersOf(node).values()].map(({ key }) => key);
  return (
    node.type === 'object' && keys.length > 0 && keys.every((key) => key === 'text' || key === 'verify' || key === 'id')
  );
}

/** Its elements can stand in the new list as they are, or the text says it all. */
function isList(node: Node): boolean {
  return (
    node.type === 'string' ||
    (node.type === 'array' && elementsOf(node).every(({ type }) => type === 'string' || type === 'object'))
  );
}

function canonicalCriterion(
  criterion: Criterion,
  story: Story,
  main: Member | null,
  checks: ReadonlyMap<string, string>,
): unknown {
  const { text, reading } = criterion;
  const element = elementOf(criterion, story, main);
  if (element?.type === 'object') return canonicalObject(criterion, element);
  const asText = readCriterion(text, checks);
  if (reading.kind !== 'command' || JSON.stringify(asText) === JSON.stringify(reading)) return text;
  return { text, verify: verifyOf(reading.command) };
}

/** The element of the list that a criterion came from. */
function elementOf({ path }: Criterion, story: Story, main: Member | null): Node | undefined {
  const [key, index] = path.slice(story.path.length);
  if (main === null || key !== main.key || typeof index !== 'number') return undefined;
  return elementsOf(main.value)[index];
}

/** Fields of a criterion that the program reads; all others are kept. */
const known: ReadonlySet<string> = new Set([
  ...criterionKeys.run,
  ...criterionKeys.expect,
  'text',
  'timeout',
  'cwd',
  'workdir',
  'directory',
]);

function canonicalObject({ text, reading }: Criterion, element: Node): unknown {
  if (isCanonicalElement(element) || reading.kind === 'check') return getNodeValue(element);
  const others = [...membersOf(element).values()]
    .filter(({ key, value }) => !known.has(plainKey(key)) && value.value !== text)
    .map(({ key, value }): [string, unknown] => [key, getNodeValue(value)]);
  const verify = reading.kind === 'command' ? [['verify', verifyOf(reading.command)] as const] : [];
  if (others.length === 0 && verify.length === 0) return text;
  return Object.fromEntries([['text', text], ...verify, ...others]);
}

function verifyOf({ run, expect, cwd, timeoutMs }: VerifyCommand): object {
  const expectation = expectOf(expect);
  return {
    run,
    ...(Object.keys(expectation).length > 0 && { expect: expectation }),
    ...(cwd !== null && { cwd }),
    ...(timeoutMs !== null && { timeout: timeoutMs % 1000 === 0 ? `${timeoutMs / 1000}s` : `${timeoutMs}ms` }),
  };
}

function expectOf({ exit, output }: Expectation): { exit?: number | string; stdout?: string } {
  const isPlainExit = exit === null || (exit === 0 && output === null);
  return {
    ...(!isPlainExit && { exit }),
    ...(output !== null && { stdout: output.kind === 'empty' ? '' : output.text }),
  };
}
