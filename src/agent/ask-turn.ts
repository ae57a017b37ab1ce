import type { ModelFailure, ModelOutcome, ModelReply, StopReason } from '../models/model.ts';
import { type Conversation, withWord } from './conversation.ts';
import type { AttemptEnd } from './implementer.ts';

export type AskedTurn =
  /** Whole, and its calls may run. `conversation` is what it answers. */
  | { readonly kind: 'reply'; readonly reply: ModelReply; readonly conversation: Conversation }
  | { readonly kind: 'end'; readonly end: AttemptEnd };

export interface Asking {
  readonly conversation: Conversation;
  readonly maxTokens: number;
  /** Sends the conversation; resolves for every outcome. */
  readonly ask: (conversation: Conversation, maxTokens: number) => Promise<ModelOutcome>;
}

const maxPauses = 5;

/**
 * Asks for one turn. A turn counts only when the model ended it by itself (`tool_use`, `end_turn`); of any other nothing
 * is kept and nothing runs. Cut off: once more, with twice the room. Paused: again, five times.
 */
export async function askTurn({ conversation: start, maxTokens: first, ask }: Asking): Promise<AskedTurn> {
  let [conversation, maxTokens, pauses] = [start, first, 0];
  for (;;) {
    const outcome = await ask(conversation, maxTokens);
    if (outcome.kind === 'failure') return end(failureEnd(outcome));
    const next = afterStop(outcome.stop, textOf(outcome));
    if (next.kind === 'end') return next;
    if (next.kind === 'reply') return { kind: 'reply', reply: outcome, conversation };
    if (next.kind === 'again' && ++pauses > maxPauses) return end(stuck(`the model paused ${pauses} times`));
    if (next.kind === 'smaller') {
      if (maxTokens > first) return end({ kind: 'limit', limit: 'output', detail: `cut off at ${maxTokens} tokens` });
      maxTokens = first * 2;
      conversation = withWord(conversation, smallerPieces);
    }
  }
}

const smallerPieces =
  '[your reply was cut off at the output limit and none of it was run; work in smaller pieces: fewer calls, several edits instead of a whole file]';

type Next = { readonly kind: 'reply' | 'again' | 'smaller' } | { readonly kind: 'end'; readonly end: AttemptEnd };

function afterStop(stop: StopReason, said: string): Next {
  if (typeof stop === 'object') return end(stuck(`unknown stop reason ${stop.unknown}`));
  switch (stop) {
    case 'tool_use':
    case 'end_turn':
      return { kind: 'reply' };
    case 'max_tokens':
      return { kind: 'smaller' };
    case 'pause_turn':
      return { kind: 'again' };
    case 'refusal':
      return end({ kind: 'refused', detail: said.slice(0, 600) || 'the model refused' });
    case 'context_exceeded':
      return end({ kind: 'limit', limit: 'prompt', detail: 'the context of the model is full' });
    default:
      return stop satisfies never;
  }
}

/** What a failure at the model boundary means for the attempt. */
function failureEnd({ failure, said }: ModelFailure): AttemptEnd {
  switch (failure) {
    case 'aborted':
      return { kind: 'aborted' };
    case 'budget':
      return { kind: 'limit', limit: 'budget', detail: said };
    case 'context-exceeded':
      return { kind: 'limit', limit: 'prompt', detail: said };
    case 'credentials':
    case 'spend-limit':
    case 'unreachable':
      return { kind: 'provider', failure, said, stopsRun: true };
    case 'rate-limit':
    case 'overloaded':
    case 'connection':
    case 'stalled':
    case 'malformed':
    case 'bad-request':
      return { kind: 'provider', failure, said, stopsRun: false };
    default:
      return failure satisfies never;
  }
}

/** The words of a reply, without its calls. */
export function textOf({ content }: ModelReply): string {
  const texts = content.flatMap((block) => (block.type === 'text' ? [block.text] : []));
  return texts.join('\n').trim();
}

function stuck(detail: string): AttemptEnd {
  return { kind: 'stuck', detail };
}

function end(reason: AttemptEnd): { readonly kind: 'end'; readonly end: AttemptEnd } {
  return { kind: 'end', end: reason };
}
