import * as z from 'zod';
import { noUsage } from './cost.ts';
import type { Block, StopReason, Usage } from './model.ts';

const tokens = z.number().nullish();
const wireUsage = z.looseObject({
  input_tokens: tokens,
  cache_read_input_tokens: tokens,
  cache_creation_input_tokens: tokens,
  cache_creation: z.looseObject({ ephemeral_5m_input_tokens: tokens, ephemeral_1h_input_tokens: tokens }).nullish(),
  output_tokens: tokens,
});
type WireUsage = z.infer<typeof wireUsage>;

/** What is read of a stream event; anything else in it passes by. */
const wireEvent = z.looseObject({
  type: z.string(),
  index: z.number().int().optional(),
  message: z.looseObject({ model: z.string().optional(), usage: wireUsage.nullish() }).optional(),
  content_block: z.looseObject({ type: z.string() }).optional(),
  delta: z.looseObject({ type: z.string().optional(), stop_reason: z.string().nullish() }).optional(),
  usage: wireUsage.nullish(),
});
type WireEvent = z.infer<typeof wireEvent>;

export interface CollectedReply {
  readonly started: boolean;
  /** The end event was seen: only then is it a reply at all. */
  readonly complete: boolean;
  /** The first thing that was not the protocol. */
  readonly broken: string | null;
  readonly content: readonly Block[];
  readonly stop: StopReason;
  readonly served: string | null;
  /** As reported, but output at least what arrived: a cut stream reports its output only at an end that never came. */
  readonly usage: Usage | null;
}

export interface ReplyCollector {
  /** Takes one event; what comes after `broken` or `complete` changes nothing. */
  add(event: unknown): 'open' | 'complete' | 'broken';
  result(): CollectedReply;
}

/** Builds a reply from stream events. Unknown events pass by; anything that contradicts the protocol marks it broken. */
export function collectReply(): ReplyCollector {
  const state: State = {
    started: false,
    complete: false,
    broken: null,
    blocks: [],
    stop: null,
    served: null,
    usage: null,
  };
  return {
    add: (event) => {
      if (stateOf(state) !== 'open') return stateOf(state);
      const read = wireEvent.safeParse(event);
      if (read.success) take(state, read.data);
      else state.broken = `unreadable event: ${z.prettifyError(read.error)}`;
      return stateOf(state);
    },
    result: () => ({
      started: state.started,
      complete: stateOf(state) === 'complete',
      broken: state.broken,
      content: state.blocks.flatMap(blockOf),
      stop: stopOf(state.stop),
      served: state.served,
      usage: state.usage === null ? null : atLeastWhatArrived(usageOf(state.usage), state),
    }),
  };
}

interface State {
  started: boolean;
  complete: boolean;
  broken: string | null;
  readonly blocks: OpenBlock[];
  stop: string | null;
  served: string | null;
  usage: WireUsage | null;
}

interface OpenBlock {
  readonly start: Readonly<Record<string, unknown>> & { readonly type: string };
  /** Text, thinking, or the raw JSON of a tool's input. */
  text: string;
  signature: string | null;
}

function stateOf({ broken, complete }: State): 'open' | 'complete' | 'broken' {
  if (broken !== null) return 'broken';
  return complete ? 'complete' : 'open';
}

function take(state: State, event: WireEvent): void {
  switch (event.type) {
    case 'message_start':
      startMessage(state, event);
      break;
    case 'content_block_start':
      startBlock(state, event);
      break;
    case 'content_block_delta':
      extendBlock(state, event);
      break;
    case 'message_delta':
      state.stop = event.delta?.stop_reason ?? state.stop;
      state.usage = mergeUsage(state.usage, event.usage);
      break;
    case 'message_stop':
      if (state.started) state.complete = true;
      else state.broken = 'a message ended that had not begun';
  }
}

function startMessage(state: State, { message }: WireEvent): void {
  if (state.started) state.broken = 'a second message began before the first ended';
  state.started = true;
  state.served = message?.model ?? null;
  state.usage = mergeUsage(null, message?.usage);
}

function startBlock(state: State, { index, content_block }: WireEvent): void {
  if (!state.started || content_block === undefined || index !== state.blocks.length) {
    state.broken = `block ${index ?? '?'} began out of order`;
    return;
  }
  state.blocks.push({ start: content_block, text: '', signature: null });
}

function extendBlock(state: State, { index, delta }: WireEvent): void {
  const block = index === undefined ? undefined : state.blocks[index];
  if (block === undefined || delta === undefined) {
    state.broken = `a piece of block ${index ?? '?'}, which had not begun`;
    return;
  }
  const piece = pieces.get(delta.type ?? '');
  // A kind of piece that is not ours (citations, later inventions) belongs to blocks we do not read.
  if (piece === undefined) return;
  const value = delta[piece.field];
  if (typeof value !== 'string' || block.start.type !== piece.block)
    state.broken = `${delta.type} in a ${block.start.type} block`;
  else if (piece.field === 'signature') block.signature = value;
  else block.text += value;
}

const pieces: ReadonlyMap<string, { readonly block: string; readonly field: string }> = new Map([
  ['text_delta', { block: 'text', field: 'text' }],
  ['input_json_delta', { block: 'tool_use', field: 'partial_json' }],
  ['thinking_delta', { block: 'thinking', field: 'thinking' }],
  ['signature_delta', { block: 'thinking', field: 'signature' }],
]);

function blockOf({ start, text, signature }: OpenBlock): readonly Block[] {
  if (start.type === 'text') return textOf(`${start.text ?? ''}${text}`);
  if (start.type === 'tool_use') {
    // Some gateways send the whole input at the start and no pieces.
    const input = text === '' ? JSON.stringify(start.input ?? {}) : text;
    return [{ type: 'tool_use', id: String(start.id ?? ''), name: String(start.name ?? ''), input }];
  }
  if (start.type !== 'thinking') return [{ type: 'opaque', value: { ...start } }];
  const thinking = `${start.thinking ?? ''}${text}`;
  return [{ type: 'opaque', value: { ...start, thinking, signature: signature ?? start.signature ?? '' } }];
}

/** An empty text block may be received but not sent back. */
function textOf(text: string): readonly Block[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

function stopOf(reason: string | null): StopReason {
  switch (reason) {
    case 'tool_use':
    case 'end_turn':
    case 'max_tokens':
    case 'refusal':
    case 'pause_turn':
      return reason;
    case 'model_context_window_exceeded':
      return 'context_exceeded';
    default:
      return { unknown: reason ?? 'none' };
  }
}

/** Later counts are totals that replace earlier ones; what is left out did not change. */
function mergeUsage(before: WireUsage | null, now: WireUsage | null | undefined): WireUsage | null {
  if (!now) return before;
  const said = Object.fromEntries(Object.entries(now).filter(([, value]) => value !== null && value !== undefined));
  return { ...before, ...said };
}

function usageOf(wire: WireUsage): Usage {
  const write1h = wire.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const written = wire.cache_creation_input_tokens ?? write1h + (wire.cache_creation?.ephemeral_5m_input_tokens ?? 0);
  return {
    ...noUsage,
    fresh: wire.input_tokens ?? 0,
    // What no class is named for was written for 5 min, the default.
    write5m: Math.max(0, written - write1h),
    write1h,
    cacheRead: wire.cache_read_input_tokens ?? 0,
    output: wire.output_tokens ?? 0,
  };
}

/** Code runs at about three characters a token, prose at four: three never books too little. */
function atLeastWhatArrived(usage: Usage, { complete, blocks }: State): Usage {
  if (complete) return usage;
  const characters = blocks.reduce((sum, { text }) => sum + text.length, 0);
  return { ...usage, output: Math.max(usage.output, Math.ceil(characters / 3)) };
}
