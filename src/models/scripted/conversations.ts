import { createHash } from 'node:crypto';
import { blocksIn, type WireRequest } from './wire.ts';

type ScriptedStep = 'implement' | 'refine' | 'review' | 'diagnose' | 'lint';

/** What a request is part of. */
export interface Place {
  readonly story: string;
  readonly step: ScriptedStep;
  /** Which conversation of this story and step, from 0. */
  readonly conversation: number;
  /** Answers given in it before, from 0. */
  readonly turn: number;
}

export interface Conversations {
  /** Null when the first line names no step, or no story we know. */
  placeOf(request: WireRequest): Place | null;
  /** The answer went out whole and can be acted on: the same first message again is now a new conversation. */
  delivered(request: WireRequest): void;
}

/**
 * Tells conversations apart by their content, so that several can run at once: a request with one message begins one, and
 * as long as its answer did not go out whole, sending it again is the same conversation.
 */
export function trackConversations(stories: readonly string[]): Conversations {
  const open = new Map<string, { conversation: number; delivered: boolean }>();
  const begun = new Map<string, number>();
  return {
    placeOf: (request) => {
      const line = firstLineOf(request);
      const found = storyAndStep(line, stories);
      if (found === null) return null;
      const key = keyOf(request);
      const turn = request.messages.filter(({ role }) => role === 'assistant').length;
      const known = open.get(key);
      if (known !== undefined && !(turn === 0 && known.delivered))
        return { ...found, conversation: known.conversation, turn };
      const counter = JSON.stringify(found);
      const conversation = begun.get(counter) ?? 0;
      begun.set(counter, conversation + 1);
      open.set(key, { conversation, delivered: false });
      return { ...found, conversation, turn };
    },
    delivered: (request) => {
      const known = open.get(keyOf(request));
      if (known !== undefined) known.delivered = true;
    },
  };
}

/** First line of the first text of the first message. */
export function firstLineOf({ messages }: WireRequest): string {
  const first = blocksIn(messages[0]?.content).find(({ type }) => type === 'text');
  return String(first?.text ?? '').split('\n', 1)[0] ?? '';
}

const steps: ReadonlyMap<string, ScriptedStep> = new Map([
  ['Story', 'implement'],
  ['Refine', 'refine'],
  ['Review', 'review'],
  ['Diagnose', 'diagnose'],
  ['Lint', 'lint'],
]);

function storyAndStep(line: string, stories: readonly string[]): { story: string; step: ScriptedStep } | null {
  const [, word = '', rest = ''] = /^# (\w+)\b(.*)$/.exec(line) ?? [];
  const step = steps.get(word);
  // The title may name other stories; the id stands before its colon.
  const place = rest.split(': ', 1)[0]?.trim() ?? '';
  const named = stories.find((id) => id === place) ?? firstNamed(place, stories);
  return step === undefined || named === null ? null : { story: named, step };
}

function firstNamed(text: string, stories: readonly string[]): string | null {
  const words = text.split(/[\s,;]+/);
  const positions = stories.map((id) => ({ id, at: words.indexOf(id) })).filter(({ at }) => at >= 0);
  return positions.sort((a, b) => a.at - b.at)[0]?.id ?? null;
}

/** Cache markers wander from turn to turn, the text does not. Another model talks in a conversation of its own. */
function keyOf({ model, messages }: WireRequest): string {
  const content = blocksIn(messages[0]?.content).map(({ cache_control: _, ...block }) => block);
  return createHash('sha256')
    .update(JSON.stringify([model, content]))
    .digest('hex');
}
