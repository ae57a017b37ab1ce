import type { z } from 'zod';
import { textOf } from '../agent/ask-turn.ts';
import type { Block, ModelReply } from '../models/model.ts';
import type { Question } from '../spec/orchestrator.ts';
import { jsonInText } from './json-in-text.ts';

export type ToolUse = Extract<Block, { type: 'tool_use' }>;

export type Found<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'bad'; readonly problem: string }
  | { readonly kind: 'none' };

/** The answer in a reply: the tool call, else the first JSON object in its words; or what is wrong with it. */
export function answerIn<Answer>(reply: ModelReply, question: Question<Answer>): Found<Answer> {
  const uses = reply.content.filter(isToolUse).filter(({ name }) => name === question.tool);
  const given = uses.map(({ input }) => inputOf(input));
  const values = given.length > 0 ? given : [jsonInText(textOf(reply))].filter((value) => value !== null);
  let problem: string | null = null;
  for (const value of values) {
    const parsed = question.schema.safeParse(value);
    if (parsed.success) return { kind: 'answer', answer: parsed.data };
    problem ??= issuesOf(parsed.error);
  }
  return problem === null ? { kind: 'none' } : { kind: 'bad', problem };
}

/** Strict: what does not parse is no answer, and is asked for again. */
export function inputOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}

function issuesOf(error: z.ZodError): string {
  const issues = error.issues.slice(0, 3).map(({ path, message }) => `\`${path.join('.') || 'input'}\`: ${message}`);
  return `the answer cannot be used: ${issues.join('; ')}`.slice(0, 400);
}

export function isToolUse(block: Block): block is ToolUse {
  return block.type === 'tool_use';
}
