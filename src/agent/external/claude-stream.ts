import type { Usage } from '../../models/model.ts';
import { isRecord } from '../tools/tolerance.ts';

/** What `claude -p --output-format stream-json` said, one line at a time. Lines that are no JSON are kept as noise. */
export interface ClaudeSays {
  /** Calls of one assistant message, as labels; empty for messages without any. */
  readonly turns: readonly { readonly id: string; readonly calls: readonly string[] }[];
  readonly result: ClaudeResult | null;
  /** Text that was no JSON: startup errors come this way. */
  readonly noise: string;
}

export interface ClaudeResult {
  readonly subtype: string;
  readonly isError: boolean;
  readonly text: string;
  /** USD as reported; null when it said nothing. */
  readonly costUsd: number | null;
  readonly turns: number | null;
  readonly usage: Usage | null;
  readonly denied: readonly string[];
  readonly stopReason: string | null;
}

export const nothingSaid: ClaudeSays = { turns: [], result: null, noise: '' };

const maxNoise = 4_000;

export function readLine(says: ClaudeSays, line: string): ClaudeSays {
  const event = parse(line);
  if (event === null) return { ...says, noise: `${says.noise}${line}\n`.slice(-maxNoise) };
  if (event.type === 'result') return { ...says, result: resultOf(event) };
  return event.type === 'assistant' && isRecord(event.message) ? withMessage(says, event.message) : says;
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const event: unknown = JSON.parse(line);
    return isRecord(event) ? event : null;
  } catch {
    return null;
  }
}

/** One message comes as several lines, one per block, with the same id. */
function withMessage(says: ClaudeSays, message: Record<string, unknown>): ClaudeSays {
  const id = typeof message.id === 'string' ? message.id : `line-${says.turns.length + 1}`;
  const blocks = Array.isArray(message.content) ? message.content.filter(isRecord) : [];
  const calls = blocks.filter((block) => block.type === 'tool_use').map(callLabel);
  const last = says.turns.at(-1);
  if (last?.id !== id) return { ...says, turns: [...says.turns, { id, calls }] };
  return { ...says, turns: [...says.turns.slice(0, -1), { id, calls: [...last.calls, ...calls] }] };
}

function callLabel({ name, input }: Record<string, unknown>): string {
  const fields = isRecord(input) ? input : {};
  const about = fields.command ?? fields.file_path ?? fields.pattern ?? fields.path ?? '';
  return `${String(name)} ${typeof about === 'string' ? about : ''}`.replace(/\s+/g, ' ').trim().slice(0, 120);
}

function resultOf(event: Record<string, unknown>): ClaudeResult {
  const denials = Array.isArray(event.permission_denials) ? event.permission_denials.filter(isRecord) : [];
  return {
    subtype: textOf(event.subtype) ?? 'unknown',
    isError: event.is_error === true,
    text: textOf(event.result) ?? '',
    costUsd: numberOf(event.total_cost_usd),
    turns: numberOf(event.num_turns),
    usage: modelUsage(event.modelUsage) ?? plainUsage(event.usage),
    denied: denials.map(({ tool_name: name }) => String(name)),
    stopReason: textOf(event.stop_reason),
  };
}

/** Summed over models: `usage` holds only the main one's. */
function modelUsage(value: unknown): Usage | null {
  const models = isRecord(value) ? Object.values(value).filter(isRecord) : [];
  if (models.length === 0) return null;
  const sum = (key: string): number => models.reduce((total, model) => total + (numberOf(model[key]) ?? 0), 0);
  return {
    fresh: sum('inputTokens'),
    write5m: sum('cacheCreationInputTokens'),
    write1h: 0,
    cacheRead: sum('cacheReadInputTokens'),
    output: sum('outputTokens'),
  };
}

function plainUsage(value: unknown): Usage | null {
  if (!isRecord(value)) return null;
  const count = (key: string): number => numberOf(value[key]) ?? 0;
  return {
    fresh: count('input_tokens'),
    write5m: count('cache_creation_input_tokens'),
    write1h: 0,
    cacheRead: count('cache_read_input_tokens'),
    output: count('output_tokens'),
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
