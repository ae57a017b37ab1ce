import type { CacheTtl, ModelRequest } from './model.ts';

/** What is known of a prompt's beginning that many requests share: tools and system, up to the last marker there. */
export interface Prefix {
  readonly ttl: CacheTtl;
  /** Monotonic milliseconds: until then the provider should have it in its cache. */
  warmUntil: number;
  /** The request that writes it now, if one is under way. */
  leader: { readonly begun: Promise<void> } | null;
  /** False once an answer said that nothing was written and nothing read: it is not worth waiting for. */
  cached: boolean;
}

export interface Prefixes {
  /** Null when the request has no beginning that could be cached. */
  of(request: ModelRequest): Prefix | null;
}

export function openPrefixes(): Prefixes {
  const known = new Map<string, Prefix>();
  return {
    of: (request) => {
      const marked = request.system.findLastIndex(({ cache }) => cache !== undefined);
      const ttl = request.system[marked]?.cache;
      if (ttl === undefined) return null;
      const texts = request.system.slice(0, marked + 1).map(({ text }) => text);
      const text = JSON.stringify([request.tools, texts]);
      if (tokensIn(text) < request.model.minCacheablePrefix) return null;
      const { id, endpoint } = request.model;
      const key = `${endpoint.baseUrl}\0${id}\0${text}`;
      const prefix = known.get(key) ?? { ttl, warmUntil: -Infinity, leader: null, cached: true };
      known.set(key, prefix);
      return prefix.cached ? prefix : null;
    },
  };
}

/** Four characters are a token, as a rule. */
function tokensIn(text: string): number {
  return text.length / 4;
}
