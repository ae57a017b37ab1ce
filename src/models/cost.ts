import type { CacheTtl, ModelEntry, Usage } from './model.ts';

/** Usage of a request that used nothing. */
export const noUsage: Usage = { fresh: 0, write5m: 0, write1h: 0, cacheRead: 0, output: 0 };

/** USD of one request; 0 for a flat model, null when the price is unknown. */
export function costOf(entry: ModelEntry, usage: Usage): number | null {
  const price = ratesFor(entry, promptTokensOf(usage));
  if (price === 'flat' || price === null) return price === null ? null : 0;
  const { fresh, write5m, write1h, cacheRead, output } = usage;
  const input = fresh * price.in + write5m * price.write5m + write1h * price.write1h + cacheRead * price.cacheRead;
  return (input + output * price.out) / 1e6;
}

/** USD a request may cost at most: every prompt token written to the cache, every token of `maxTokens` produced. */
export function reserve(
  entry: ModelEntry,
  promptTokens: number,
  maxTokens: number,
  ttl: CacheTtl = '5m',
): number | null {
  const written = ttl === '1h' ? { write1h: promptTokens } : { write5m: promptTokens };
  const dearest = costOf(entry, { ...noUsage, ...written, output: maxTokens });
  // A local price list may make writes cheaper than plain input.
  const plain = costOf(entry, { ...noUsage, fresh: promptTokens, output: maxTokens });
  return dearest === null || plain === null ? null : Math.max(dearest, plain);
}

/** Tokens of the prompt, cached or not. */
export function promptTokensOf({ fresh, write5m, write1h, cacheRead }: Usage): number {
  return fresh + write5m + write1h + cacheRead;
}

/** Every token that went in or came out. */
export function tokensOf(usage: Usage): number {
  return promptTokensOf(usage) + usage.output;
}

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    fresh: a.fresh + b.fresh,
    write5m: a.write5m + b.write5m,
    write1h: a.write1h + b.write1h,
    cacheRead: a.cacheRead + b.cacheRead,
    output: a.output + b.output,
  };
}

/** A prompt over the step is dearer as a whole, not only the part above it. */
function ratesFor(entry: ModelEntry, promptTokens: number) {
  const { price, priceAbove } = entry;
  if (price === 'flat' || price === null) return price;
  return priceAbove !== undefined && promptTokens > priceAbove.promptTokens ? priceAbove : price;
}
