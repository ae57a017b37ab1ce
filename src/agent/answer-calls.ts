import { crashPoint } from '../host/crash-point.ts';
import type { Block } from '../models/model.ts';
import { isRecord } from './tools/tolerance.ts';
import type { Call, Tool, ToolContext, ToolResult } from './tools/tool.ts';

export type ToolUse = Block & { readonly type: 'tool_use' };

/** A call of the model, as far as it was understood. */
export interface ReadCall {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** The call, or what is wrong with it. */
  readonly call: Call | { readonly problem: string };
  /** The input as understood, or its raw text. */
  readonly input: unknown;
  readonly unparseable: boolean;
}

export interface Answer extends ReadCall {
  readonly result: ToolResult;
  /** False for calls after the end: they say nothing about the model's progress. */
  readonly ran: boolean;
}

export interface Toolbox {
  readonly tools: readonly Tool[];
  /** Why a tool that was offered is not to be had now; null when there is no such tool. */
  readonly closed: (name: string) => string | null;
}

const maxInputCharacters = 2_000_000;
const lookLimit = 8;

/** Understands the calls of a turn, without running any. */
export function readCalls(uses: readonly ToolUse[], toolbox: Toolbox): readonly ReadCall[] {
  return uses.map((use) => readCall(use, toolbox));
}

/**
 * Runs the calls of a turn and answers them in call order. Looks that follow each other run together; whatever changes
 * files or runs commands runs alone, in its place. Nothing runs after finish, or once the attempt is over.
 */
export async function answerCalls(calls: readonly ReadCall[], context: ToolContext): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const group of groupsOf(calls)) {
    const over = context.signal.aborted || answers.some(({ result }) => result.end !== undefined);
    const afterFinish = answers.some(({ call }) => 'kind' in call && call.kind === 'finish');
    const answered = group.map((call) => (over || afterFinish ? notRun(call) : answer(call, context)));
    answers.push(...(await Promise.all(answered)));
  }
  return answers;
}

function readCall({ id, name, input: raw }: ToolUse, { tools, closed }: Toolbox): ReadCall {
  const parsed = parseInput(raw);
  const tool = tools.find((each) => each.name === name);
  const call = understand(tool, parsed, closed(name) ?? `there is no tool \`${name.slice(0, 60)}\``);
  const known = !('problem' in call);
  const label = known ? call.label.replace(/\s+/g, ' ').slice(0, 120) : `${name.slice(0, 60)} (not understood)`;
  return { id, name, label, call, input: known ? call.input : raw, unparseable: parsed === null };
}

function understand(tool: Tool | undefined, parsed: Parsed | null, absent: string): ReadCall['call'] {
  if (tool === undefined) return { problem: absent };
  if (parsed === null) return { problem: 'the input is not a JSON object; nothing was run; send the call again' };
  const call = tool.read(parsed);
  return 'problem' in call ? { problem: `${tool.name}: ${call.problem}; nothing was run` } : call;
}

type Parsed = Record<string, unknown>;

/** Strict: a reply that was cut inside an input must never run in part. */
function parseInput(raw: string): Parsed | null {
  if (raw.length > maxInputCharacters) return null;
  try {
    const value: unknown = JSON.parse(raw === '' ? '{}' : raw);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function groupsOf(calls: readonly ReadCall[]): readonly (readonly ReadCall[])[] {
  const groups: ReadCall[][] = [];
  for (const call of calls) {
    const group = groups.at(-1);
    if (group !== undefined && group.length < lookLimit && isLook(call) && group.every(isLook)) group.push(call);
    else groups.push([call]);
  }
  return groups;
}

function isLook({ call }: ReadCall): boolean {
  return 'problem' in call || call.kind === 'look';
}

async function answer(read: ReadCall, context: ToolContext): Promise<Answer> {
  const { call } = read;
  if ('problem' in call) return { ...read, ran: true, result: { content: call.problem, isError: true } };
  crashPoint('tool.after-start');
  const result = await call.use(context);
  crashPoint('tool.before-done');
  return { ...read, ran: true, result };
}

async function notRun(read: ReadCall): Promise<Answer> {
  const content = 'not run: it came after finish, or after the end of the attempt';
  return { ...read, ran: false, result: { content, isError: true } };
}
