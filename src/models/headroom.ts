import { reserve } from './cost.ts';
import type { CacheTtl, ModelEntry, Purpose } from './model.ts';

/** What may be spent, or what is left of it. null: no limit of that kind. Where both are set, both hold at once. */
export interface Allowance {
  readonly usd: number | null;
  readonly tokens: number | null;
}

export interface BudgetAsk {
  readonly model: ModelEntry;
  readonly purpose: Purpose;
  readonly promptTokens: number;
  readonly maxTokens: number;
  /** Class of the longest-lived cache write in the request. Default 5 min. */
  readonly ttl?: CacheTtl;
}

export type Shortage = 'usd' | 'tokens' | 'unpriced';

export type Headroom =
  | { readonly kind: 'fits'; readonly maxTokens: number }
  | { readonly kind: 'short'; readonly of: Shortage };

/** How much output the allowance pays for once the prompt is paid; short when that is less than `floor` tokens. */
export function headroom(ask: BudgetAsk, left: Allowance, floor: number): Headroom {
  const usd = outputForMoney(ask, left.usd);
  const tokens = left.tokens === null ? Infinity : left.tokens - ask.promptTokens;
  if (usd < floor) return { kind: 'short', of: 'usd' };
  if (tokens < floor) return { kind: 'short', of: 'tokens' };
  return { kind: 'fits', maxTokens: Math.min(ask.maxTokens, usd, tokens) };
}

function outputForMoney({ model, promptTokens, ttl }: BudgetAsk, leftUsd: number | null): number {
  const prompt = reserve(model, promptTokens, 0, ttl);
  const withMillion = reserve(model, promptTokens, 1_000_000, ttl);
  if (leftUsd === null || prompt === null || withMillion === null) return Infinity;
  if (prompt > leftUsd) return -1;
  const usdPerMillion = withMillion - prompt;
  if (usdPerMillion === 0) return Infinity;
  // A millionth of a token against binary fractions: 0.045 - 0.025 must pay for 2,000 tokens at 10, not for 1,999.
  return Math.floor(((leftUsd - prompt) / usdPerMillion) * 1_000_000 + 1e-6);
}
