import { addUsage, costOf, noUsage } from '../cost.ts';
import type { ModelEntry, Usage } from '../model.ts';

/** One HTTP request as it arrived. */
export interface RecordedRequest {
  /** From 0, over all requests. */
  readonly number: number;
  /** Milliseconds since the server started. */
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, byte for byte. */
  readonly text: string;
  /** The body read as JSON; null if it is none. */
  readonly body: unknown;
}

/** What one request would have been billed. */
export interface Billed {
  /** Number of the request. */
  readonly request: number;
  readonly model: string;
  readonly usage: Usage;
  /** USD; null for a model without a known price. */
  readonly costUsd: number | null;
}

export function billed(request: number, entry: ModelEntry, usage: Usage): Billed {
  return { request, model: entry.id, usage, costUsd: costOf(entry, usage) };
}

/** All of it together; the cost is null when any part of it is unknown. */
export function totalOf(ledger: readonly Billed[]): { readonly usage: Usage; readonly costUsd: number | null } {
  return {
    usage: ledger.reduce((sum, { usage }) => addUsage(sum, usage), noUsage),
    costUsd: ledger.reduce<number | null>(
      (sum, { costUsd }) => (sum === null || costUsd === null ? null : sum + costUsd),
      0,
    ),
  };
}
