import { createHash } from 'node:crypto';
import { noUsage, promptTokensOf } from '../cost.ts';
import type { CacheTtl, Usage } from '../model.ts';
import { blocksIn, type WireBlock, type WireRequest } from './wire.ts';

/** Characters per token of the scripted model. */
const charactersPerToken = 4;

/** Blocks before a marker that are looked at for an earlier cache entry. */
const lookback = 20;

const lifetimeMs: Readonly<Record<CacheTtl, number>> = { '5m': 5 * 60_000, '1h': 60 * 60_000 };

export function tokensIn(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

export interface Measured {
  /** Input classes only; output is 0. */
  readonly usage: Usage;
  /** Makes the prefix readable for later requests: call it when the answer starts. */
  commit(): void;
}

export interface PromptCache {
  /** Splits the prompt into what is read from the cache, written to it, and fresh. `now` in ms. */
  measure(request: WireRequest, minPrefixTokens: number, now: number): Measured;
}

/** A prompt cache as the API documents it: prefixes in the order tools, system, messages, up to each marker. */
export function openPromptCache(): PromptCache {
  const entries = new Map<string, { expires: number; ttl: CacheTtl }>();
  return {
    measure: (request, minPrefixTokens, now) => {
      const segments = segmentsOf(request);
      const markers = segments.filter(({ ttl, end }) => ttl !== null && end >= minPrefixTokens);
      const hit = longestHit(segments, markers, (hash) => (entries.get(hash)?.expires ?? -Infinity) > now);
      const commit = (): void => {
        const refreshed = hit === null ? undefined : entries.get(hit.hash);
        if (refreshed !== undefined) refreshed.expires = now + lifetimeMs[refreshed.ttl];
        for (const { hash, ttl } of markers) {
          if (ttl !== null && hash !== hit?.hash) entries.set(hash, { ttl, expires: now + lifetimeMs[ttl] });
        }
      };
      return { usage: splitUsage(segments, markers, hit), commit };
    },
  };
}

interface Segment {
  readonly index: number;
  /** Of everything up to and including this segment. */
  readonly hash: string;
  readonly end: number;
  readonly ttl: CacheTtl | null;
}

function segmentsOf(request: WireRequest): readonly Segment[] {
  let hash = createHash('sha256').update(request.model).digest('hex');
  let characters = 0;
  return partsOf(request).map(({ text, key, ttl }, index) => {
    hash = createHash('sha256').update(hash).update(key).digest('hex');
    characters += text.length;
    return { index, hash, end: Math.ceil(characters / charactersPerToken), ttl };
  });
}

interface Part {
  /** What is counted. */
  readonly text: string;
  /** What must be equal for the prefix to be the same. */
  readonly key: string;
  readonly ttl: CacheTtl | null;
}

function partsOf({ tools, system, messages }: WireRequest): readonly Part[] {
  const part = (place: string, block: WireBlock, text: string): Part => {
    const { cache_control, ...rest } = block;
    return { text, key: place + JSON.stringify(rest), ttl: cache_control ? (cache_control.ttl ?? '5m') : null };
  };
  return [
    ...(tools ?? []).map((tool) => part('tool', { type: 'tool', ...tool }, toolText(tool))),
    ...blocksIn(system).map((block) => part('system', block, blockText(block))),
    ...messages.flatMap(({ role, content }) => blocksIn(content).map((block) => part(role, block, blockText(block)))),
  ];
}

function toolText({ cache_control: _, ...tool }: NonNullable<WireRequest['tools']>[number]): string {
  return JSON.stringify(tool);
}

function blockText(block: WireBlock): string {
  if (block.type === 'text') return String(block.text);
  if (block.type === 'tool_use') return `${block.name}${JSON.stringify(block.input)}`;
  if (block.type === 'tool_result')
    return typeof block.content === 'string' ? block.content : JSON.stringify(block.content ?? '');
  return JSON.stringify(block);
}

function longestHit(
  segments: readonly Segment[],
  markers: readonly Segment[],
  isCached: (hash: string) => boolean,
): Segment | null {
  const near = markers.flatMap(({ index }) => segments.slice(Math.max(0, index - lookback), index + 1));
  return near
    .filter(({ hash }) => isCached(hash))
    .reduce<Segment | null>((best, found) => (found.index > (best?.index ?? -1) ? found : best), null);
}

function splitUsage(segments: readonly Segment[], markers: readonly Segment[], hit: Segment | null): Usage {
  const usage = { ...noUsage, cacheRead: hit?.end ?? 0 };
  for (const { index, end, ttl } of markers) {
    if (index > (hit?.index ?? -1)) usage[ttl === '1h' ? 'write1h' : 'write5m'] += end - promptTokensOf(usage);
  }
  return { ...usage, fresh: (segments.at(-1)?.end ?? 0) - promptTokensOf(usage) };
}
