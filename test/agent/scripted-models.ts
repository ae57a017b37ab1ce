import { expect, onTestFinished } from 'vitest';
import type { Block, ModelFailure, ModelOutcome, ModelReply, ModelRequest, Models } from '../../src/models/model.ts';

export type Scripted =
  | ModelOutcome
  | ((request: ModelRequest, signal: AbortSignal) => ModelOutcome | Promise<ModelOutcome>);

export interface ScriptedModels extends Models {
  readonly requests: readonly ModelRequest[];
}

/** Plays the outcomes in order and records what was asked. One too few or one too many fails the test. */
export function scriptedModels(...script: readonly Scripted[]): ScriptedModels {
  const requests: ModelRequest[] = [];
  onTestFinished(() => expect(requests.length, 'scripted replies that were used').toBe(script.length));
  return {
    requests,
    ask: async (request, hooks) => {
      const next = script[requests.length];
      requests.push(request);
      if (next === undefined) throw new Error(`request ${requests.length} was not expected`);
      return typeof next === 'function' ? next(request, hooks?.signal ?? new AbortController().signal) : next;
    },
  };
}

let calls = 0;

/** A tool call as the API sends it: the input is text. */
export function call(name: string, input: unknown): Block {
  return {
    type: 'tool_use',
    id: `call-${++calls}`,
    name,
    input: typeof input === 'string' ? input : JSON.stringify(input),
  };
}

export function reply(content: readonly Block[], given: Partial<ModelReply> = {}): ModelReply {
  const stop = content.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn';
  const usage = { fresh: 100, write5m: 0, write1h: 0, cacheRead: 0, output: 50 };
  return { kind: 'reply', content, stop, usage, served: 'test-model', requestId: null, durationMs: 1, ...given };
}

/** A reply that calls one tool. */
export function calling(name: string, input: unknown): ModelReply {
  return reply([call(name, input)]);
}

export function saying(text: string): ModelReply {
  return reply([{ type: 'text', text }]);
}

export const finishDone = (): ModelReply => calling('finish', { status: 'done', summary: 'built it', criteria: [] });

export function failing(failure: ModelFailure['failure'], said = failure as string): ModelFailure {
  return { kind: 'failure', failure, status: null, said, retryAfterMs: null, usage: null, durationMs: 1 };
}
