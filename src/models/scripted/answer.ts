import type { Usage } from '../model.ts';
import type { Turn } from './turn.ts';
import { tokensIn } from './usage.ts';

/** What the scripted model says, ready to be sent whole or in pieces. */
export interface Answer {
  readonly id: string;
  /** Model that is said to have answered. */
  readonly model: string;
  readonly blocks: readonly AnswerBlock[];
  readonly stop: string;
}

export type AnswerBlock =
  | { readonly kind: 'thinking'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** `text` is the raw JSON of the input. */
  | { readonly kind: 'call'; readonly id: string; readonly tool: string; readonly text: string };

/** One server-sent event, with the output tokens that exist once it is out. */
export interface StreamPiece {
  readonly text: string;
  readonly outputTokens: number;
}

export function answerOf(turn: Turn, model: string, number: number): Answer {
  const calls = turn.calls.map(({ tool, input, id, raw }, index) => ({
    kind: 'call' as const,
    id: id ?? `toolu_${number}_${index}`,
    tool,
    text: raw ?? JSON.stringify(input),
  }));
  const said = [
    { kind: 'thinking' as const, text: turn.thinking ?? '' },
    { kind: 'text' as const, text: turn.say ?? '' },
  ].filter(({ text }) => text !== '');
  return {
    id: `msg_${number}`,
    model,
    blocks: [...said, ...calls],
    stop: turn.stop ?? (calls.length > 0 ? 'tool_use' : 'end_turn'),
  };
}

/** The answer as far as `maxTokens` let it come: cut in mid-word, or in the middle of a tool call. */
export function withinTokens(answer: Answer, maxTokens: number): Answer {
  if (outputTokensOf(answer) <= maxTokens) return answer;
  const blocks: AnswerBlock[] = [];
  let left = maxTokens;
  for (const block of answer.blocks) {
    if (left <= 0) break;
    blocks.push({ ...block, text: block.text.slice(0, left * 4) });
    left -= tokensIn(block.text);
  }
  return { ...answer, blocks, stop: 'max_tokens' };
}

export function outputTokensOf({ blocks }: Answer): number {
  return blocks.reduce((sum, { text }) => sum + tokensIn(text), 0);
}

/** The answer as one message, for requests without `stream`. */
export function messageOf(answer: Answer, usage: Usage): Readonly<Record<string, unknown>> {
  return {
    ...emptyMessage(answer),
    content: answer.blocks.map(wholeBlock),
    stop_reason: answer.stop,
    usage: wireUsage(usage),
  };
}

/** The answer as a stream: tool input arrives as raw JSON in pieces that break anywhere, as it does from the real API. */
export function streamOf(answer: Answer, usage: Usage): readonly StreamPiece[] {
  const pieces: StreamPiece[] = [];
  let characters = 0;
  let outputTokens = 1;
  const add = (type: string, data: Readonly<Record<string, unknown>>): void => {
    pieces.push({ text: `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`, outputTokens });
  };
  const started = {
    ...emptyMessage(answer),
    content: [],
    stop_reason: null,
    usage: wireUsage({ ...usage, output: 1 }),
  };
  add('message_start', { message: started });
  add('ping', {});
  for (const [index, block] of answer.blocks.entries()) {
    add('content_block_start', { index, content_block: openedBlock(block) });
    for (const text of inPieces(block.text)) {
      characters += text.length;
      outputTokens = Math.max(1, Math.floor(characters / 4));
      add('content_block_delta', { index, delta: deltaOf(block, text) });
    }
    if (block.kind === 'thinking')
      add('content_block_delta', { index, delta: { type: 'signature_delta', signature: 'c2NyaXB0ZWQ=' } });
    add('content_block_stop', { index });
  }
  outputTokens = usage.output;
  add('message_delta', {
    delta: { stop_reason: answer.stop, stop_sequence: null },
    usage: { output_tokens: usage.output },
  });
  add('message_stop', {});
  return pieces;
}

function emptyMessage({ id, model }: Answer) {
  return { id, type: 'message', role: 'assistant', model, stop_sequence: null };
}

function wireUsage({ fresh, write5m, write1h, cacheRead, output }: Usage) {
  return {
    input_tokens: fresh,
    cache_creation_input_tokens: write5m + write1h,
    cache_read_input_tokens: cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
    output_tokens: output,
  };
}

function wholeBlock(block: AnswerBlock): Readonly<Record<string, unknown>> {
  if (block.kind === 'text') return { type: 'text', text: block.text };
  if (block.kind === 'thinking') return { type: 'thinking', thinking: block.text, signature: 'c2NyaXB0ZWQ=' };
  return { type: 'tool_use', id: block.id, name: block.tool, input: inputOf(block.text) };
}

/** A call cut by `max_tokens` is no JSON. */
function inputOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return {};
  }
}

function openedBlock(block: AnswerBlock): Readonly<Record<string, unknown>> {
  if (block.kind === 'text') return { type: 'text', text: '' };
  if (block.kind === 'thinking') return { type: 'thinking', thinking: '', signature: '' };
  return { type: 'tool_use', id: block.id, name: block.tool, input: {} };
}

function deltaOf(block: AnswerBlock, text: string): Readonly<Record<string, unknown>> {
  if (block.kind === 'text') return { type: 'text_delta', text };
  if (block.kind === 'thinking') return { type: 'thinking_delta', thinking: text };
  return { type: 'input_json_delta', partial_json: text };
}

/** At least three pieces where there is anything to break, at most 48 characters each. */
function inPieces(text: string): readonly string[] {
  const size = Math.max(1, Math.min(48, Math.ceil(text.length / 3)));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}
