import type { Node } from 'jsonc-parser';
import { type ObjectCriterion, readCriterion, readObjectCriterion } from '../criterion.ts';
import type { Criterion, JsonPath, Reading } from '../prd.ts';
import { criterionKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { firstMember, type Member, type Members, membersOf, textOf } from './members.ts';

interface Spot {
  readonly path: JsonPath;
  readonly checks: ReadonlyMap<string, string>;
  readonly programs: ReadonlySet<string>;
}

/** Reads the object form of a criterion. Null for an object that is none: then it groups criteria by name. */
export function readObjectForm(members: Members, spot: Spot, ledger: Ledger): Criterion | null {
  if ([...members.values()].some((member) => member.value.type === 'array')) return null;
  const text = textMember(members);
  const command = commandMember(members, ledger);
  if (command !== null) return withCommand(members, { text, command, spot }, ledger);
  const scenario = text === null ? scenarioOf(members) : null;
  if (scenario !== null) return plain(scenario.text, [...spot.path, scenario.key], spot);
  return text === null ? null : plain(String(text.value.value), [...spot.path, text.key], spot);
}

function plain(text: string, path: JsonPath, spot: Spot): Criterion | null {
  return text.trim() === '' ? null : { text, path, reading: readCriterion(text, spot.checks, spot) };
}

function textMember(members: Members): Member | null {
  for (const key of criterionKeys.text) {
    const member = members.get(key);
    if (textOf(member?.value)?.trim()) return member ?? null;
  }
  return null;
}

interface Command {
  readonly member: Member;
  readonly run: string;
  /** The object that holds expectation and timeout. */
  readonly details: Members;
  /** The field may also hold prose, so its text must look like a command. */
  readonly uncertain: boolean;
}

function commandMember(members: Members, ledger: Ledger): Command | null {
  const verify = members.get('verify');
  if (verify?.value.type === 'object') {
    const details = membersOf(verify.value);
    const run = firstMember(details, ['run', 'command', 'cmd']);
    const text = textOf(run?.value);
    if (text?.trim()) return { member: verify, run: text, details, uncertain: false };
    ledger.wrongType(run?.value ?? verify.value, '`verify.run`', 'a command');
    return null;
  }
  const member = firstMember(members, criterionKeys.run);
  const run = textOf(member?.value);
  if (member === null || run === null || run.trim() === '') return null;
  return { member, run, details: members, uncertain: ['test', 'verify'].includes(member.key.toLowerCase()) };
}

function withCommand(
  members: Members,
  form: { text: Member | null; command: Command; spot: Spot },
  ledger: Ledger,
): Criterion {
  const { text, command, spot } = form;
  const own = text ?? command.member;
  const words = text === null ? command.run : String(text.value.value);
  return {
    text: words,
    path: [...spot.path, own.key],
    reading: reading(members, command, spot, ledger),
    form: 'object',
  };
}

function reading(members: Members, command: Command, spot: Spot, ledger: Ledger): Reading {
  if (command.uncertain) return readCriterion(command.run, spot.checks, { ...spot, field: true });
  const { details } = command;
  const object: ObjectCriterion = {
    run: command.run,
    expect: expectOf(details, ledger),
    timeout: scalar(firstMember(details, ['timeout'])?.value),
    cwd: textOf(firstMember(details, ['cwd', 'workdir', 'directory'])?.value ?? members.get('cwd')?.value),
  };
  return readObjectCriterion(object);
}

function expectOf(details: Members, ledger: Ledger): ObjectCriterion['expect'] {
  const member = firstMember(details, criterionKeys.expect);
  if (member === null) return null;
  if (member.value.type !== 'object') return scalar(member.value);
  const parts = membersOf(member.value);
  const exit = parts.get('exit') ?? parts.get('exitcode');
  const stdout = parts.get('stdout') ?? parts.get('output');
  if (exit !== undefined && !isExit(exit.value))
    ledger.wrongType(exit.value, '`expect.exit`', 'a number from 0 to 255 or "nonzero"');
  if (stdout !== undefined && stdout.value.type !== 'string')
    ledger.wrongType(stdout.value, '`expect.stdout`', 'a text');
  return { exit: exit === undefined ? null : exitOf(exit.value), stdout: textOf(stdout?.value) };
}

function isExit(node: Node): boolean {
  return exitOf(node) !== null;
}

function exitOf(node: Node): number | 'nonzero' | null {
  if (node.type === 'string' && /^non-?zero$/i.test(String(node.value))) return 'nonzero';
  const code = Number(node.value);
  return node.type === 'number' && Number.isInteger(code) && code >= 0 && code <= 255 ? code : null;
}

function scalar(node: Node | undefined): string | number | null {
  if (node?.type === 'number') return Number(node.value);
  return textOf(node);
}

/** Given, when and then in fields of their own, put together as one sentence. */
function scenarioOf(members: Members): { text: string; key: string } | null {
  const then = members.get('then');
  if (then === undefined || textOf(then.value) === null) return null;
  const parts = ['given', 'when', 'then'].flatMap((key) => {
    const text = textOf(members.get(key)?.value)?.trim();
    return text ? [`${key} ${text}`] : [];
  });
  return { text: parts.join(', '), key: then.key };
}
