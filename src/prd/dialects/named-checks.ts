import type { Node } from 'jsonc-parser';
import { readCriterion } from '../criterion.ts';
import type { JsonPath } from '../prd.ts';
import { checkKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { elementsOf, firstMember, type Member, type Members, membersOf, plainKey, textOf } from './members.ts';

/** Spellings of the names that generic phrases look for. */
const spellings: Readonly<Record<string, string>> = {
  typecheck: 'typecheck',
  typechecks: 'typecheck',
  typechecking: 'typecheck',
  checktypes: 'typecheck',
  types: 'typecheck',
  tsc: 'typecheck',
  test: 'test',
  tests: 'test',
  testcommand: 'test',
  build: 'build',
  builds: 'build',
  lint: 'lint',
  linter: 'lint',
  linting: 'lint',
  format: 'format',
  formatting: 'format',
  fmt: 'format',
  formatcheck: 'format',
  e2e: 'e2e',
  endtoend: 'e2e',
  ci: 'ci',
};

/** The name generic phrases look for; an unknown name stays as it is. */
export function checkName(name: string): string {
  const plain = plainKey(name);
  return Object.hasOwn(spellings, plain) ? (spellings[plain] ?? name) : name;
}

/** Named checks of a document, from every top-level field that holds commands. The first field that names a check wins. */
export function readChecks(document: Members, path: JsonPath, ledger: Ledger): ReadonlyMap<string, string> {
  const checks = new Map<string, string>();
  for (const key of checkKeys) {
    const member = document.get(key);
    if (member === undefined || member.value.type === 'null') continue;
    const before = checks.size;
    readField({ key, member, path: [...path, member.key], checks, ledger });
    if (key !== 'checks' && checks.size > before) ledger.readings.add(`\`${member.key}\` as \`checks\``);
  }
  return checks;
}

interface Field {
  /** Plain key. */
  readonly key: string;
  readonly member: Member;
  readonly path: JsonPath;
  readonly checks: Map<string, string>;
  readonly ledger: Ledger;
}

function readField(field: Field): void {
  const { member, key } = field;
  const { value } = member;
  if (value.type === 'object') readObject(field, value);
  else if (key === 'checks' && value.type !== 'array') {
    field.ledger.wrongType(value, '`checks`', 'an object of commands by name');
  } else if (value.type === 'array') {
    for (const [index, element] of elementsOf(value).entries()) readElement(field, element, index);
  } else if (value.type === 'string') addUnnamed(field, String(value.value), field.path, 'check');
}

function readObject(field: Field, node: Node): void {
  const only = field.key === 'testingpolicy' ? 'verification' : null;
  for (const member of membersOf(node).values()) {
    if (only !== null && plainKey(member.key) !== only) continue;
    const path = [...field.path, member.key];
    if (field.key === 'checks') addCanonical(field, member);
    else if (member.value.type === 'array') readField({ ...field, key: '', member, path });
    else addNamed(field, member, path);
  }
}

function addCanonical(field: Field, member: Member): void {
  const text = textOf(member.value);
  if (text?.trim()) add(field, member.key, text);
  else field.ledger.wrongType(member.value, `\`checks.${member.key}\``, 'a command');
}

/** Fields that hold other things beside commands (`commands.deploy`, `test_result`) give only what is called like a check. */
const mixedFields: ReadonlySet<string> = new Set(['commands', 'verification', 'testingpolicy']);
const checkLike = /test|lint|check|build|format|fmt|type|e2e|verif|^ci$/i;

function addNamed(field: Field, member: Member, path: JsonPath): void {
  const text = textOf(member.value) ?? textOf(firstMember(membersOf(member.value), ['command', 'run', 'cmd'])?.value);
  const isMixed = mixedFields.has(field.key);
  if (text === null || (isMixed && !checkLike.test(member.key))) return;
  const run = plainCommand(text);
  if (run === null) {
    if (!isMixed) noteProse(field, text, path);
  } else if (plainKey(member.key) === 'verification') add(field, subjectOf(run) === 'test' ? 'test' : 'check', run);
  else add(field, member.key, run);
}

function readElement(field: Field, element: Node, index: number): void {
  const path = [...field.path, index];
  const text = textOf(element);
  if (text !== null) {
    addUnnamed(field, text, path, null);
    return;
  }
  const members = membersOf(element);
  const run = textOf(firstMember(members, ['command', 'run', 'cmd'])?.value);
  const name = textOf(firstMember(members, ['name', 'id', 'label'])?.value);
  if (run === null || run.trim() === '') return;
  if (name === null) addUnnamed(field, run, path, null);
  else add(field, name, run);
}

/** A command without a name is called after what it runs, else `check` or `check-1`, `check-2`, … */
function addUnnamed(field: Field, text: string, path: JsonPath, single: string | null): void {
  const run = plainCommand(text);
  if (run === null) {
    noteProse(field, text, path);
    return;
  }
  const subject = subjectOf(run);
  const name = subject === 'test' ? subject : (single ?? subject);
  const isFree = name !== null && (single !== null || !field.checks.has(name));
  add(field, isFree ? name : numbered(field.checks), run);
}

/** A command whose exit code alone decides: a named check holds nothing else. */
function plainCommand(text: string): string | null {
  const reading = readCriterion(text, new Map(), { field: true });
  if (reading.kind !== 'command') return null;
  const { run, cwd, expect } = reading.command;
  return cwd === null && expect.exit === 0 && expect.output === null ? run : null;
}

function numbered(checks: ReadonlyMap<string, string>): string {
  let number = 1;
  while (checks.has(`check-${number}`)) number += 1;
  return `check-${number}`;
}

function add(field: Field, name: string, run: string): void {
  const own = checkName(name);
  if (!field.checks.has(own)) field.checks.set(own, run.trim());
}

function noteProse(field: Field, text: string, path: JsonPath): void {
  const message = `\`${text.slice(0, 80)}\` is no command, so it is no named check`;
  field.ledger.note({ rule: 'file/dialect', message, path, story: null });
}

const subjects: readonly (readonly [string, RegExp])[] = [
  ['typecheck', /type-?check|check-types|\btsc\b|mypy|pyright/],
  ['test', /\btests?\b|pytest|vitest|jest|mocha|rspec/],
  ['e2e', /\be2e\b|playwright|cypress/],
  ['lint', /\blint\b|eslint|clippy|\bruff check\b|biome/],
  ['format', /\bformat\b|\bfmt\b|prettier/],
  ['build', /\bbuild\b|\bcompile\b/],
];

/** The check a command is about: the first word of the table that occurs in it. */
function subjectOf(run: string): string | null {
  const found = subjects.map(([name, words]) => ({ name, at: run.search(words) })).filter((one) => one.at >= 0);
  return found.toSorted((a, b) => a.at - b.at)[0]?.name ?? null;
}
