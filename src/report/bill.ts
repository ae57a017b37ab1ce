import type { Usage } from '../models/model.ts';
import type { EventData, JournalRecord } from '../run/events.ts';

export interface BillLine {
  readonly role: 'orchestrator' | 'delegate';
  readonly model: string;
  /** Null when an external agent did not say. */
  readonly requests: number | null;
  readonly usage: Usage;
  /** USD of the calls whose price is known. */
  readonly costUsd: number;
  /** Calls whose price nobody knows: never counted as $0. */
  readonly unpriced: number;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  readonly costUsd: number;
  readonly unpriced: number;
  /** Requests that were sent and never answered: they stay booked at what they could cost at most. */
  readonly unknownOutcome: { readonly requests: number; readonly reservedUsd: number | null };
  /** Input tokens read from the cache, as a share of all input; null without any input. */
  readonly cacheHitShare: number | null;
  /** Estimate: the implement tokens of the attempts that landed, at the orchestrator's prices; null when unknown. */
  readonly orchestratorAloneUsd: number | null;
}

/** Price of some usage at the orchestrator's prices in USD; null when unknown. */
export type Reprice = (usage: Usage) => number | null;

const nothing: Usage = { fresh: 0, write5m: 0, write1h: 0, cacheRead: 0, output: 0 };

/** Adds up what the records of a run booked, per role and model. */
export function billOf(records: readonly JournalRecord[], reprice: Reprice = () => null): Bill {
  const lines = new Map<string, BillLine>();
  for (const record of records) {
    if (record.type === 'request.settled') book(lines, record.data, 1);
    if (record.type === 'agent.reported') book(lines, record.data, record.data.requests);
  }
  const booked = [...lines.values()].sort((a, b) => a.role.localeCompare(b.role) || a.model.localeCompare(b.model));
  return {
    lines: booked,
    costUsd: sum(booked.map((line) => line.costUsd)),
    unpriced: sum(booked.map((line) => line.unpriced)),
    unknownOutcome: unknownOutcome(records),
    cacheHitShare: cacheHitShare(booked),
    orchestratorAloneUsd: orchestratorAlone(records, reprice),
  };
}

/** The part of a bill line's input that came from the cache, and all of it, in tokens. */
export function inputOf({ fresh, write5m, write1h, cacheRead }: Usage): { cached: number; all: number } {
  return { cached: cacheRead, all: fresh + write5m + write1h + cacheRead };
}

type Booking = Pick<EventData<'agent.reported'>, 'role' | 'model' | 'usage' | 'costUsd'>;

function book(lines: Map<string, BillLine>, data: Booking, requests: number | null): void {
  const key = JSON.stringify([data.role, data.model]);
  const { role, model } = data;
  const line = lines.get(key) ?? { role, model, requests: 0, usage: nothing, costUsd: 0, unpriced: 0 };
  lines.set(key, {
    ...line,
    requests: line.requests === null || requests === null ? null : line.requests + requests,
    usage: add(line.usage, data.usage ?? nothing),
    costUsd: line.costUsd + (data.costUsd ?? 0),
    unpriced: line.unpriced + (data.costUsd === null ? 1 : 0),
  });
}

function unknownOutcome(records: readonly JournalRecord[]): Bill['unknownOutcome'] {
  const open = new Map<string, number | null>();
  for (const record of records) {
    if (record.type === 'request.sent') open.set(record.data.request, record.data.reservedUsd);
    if (record.type === 'request.settled') open.delete(record.data.request);
  }
  const reserved = [...open.values()];
  return { requests: reserved.length, reservedUsd: sumOrUnknown(reserved) };
}

function cacheHitShare(lines: readonly BillLine[]): number | null {
  const { cached, all } = inputOf(lines.map(({ usage }) => usage).reduce(add, nothing));
  return all === 0 ? null : cached / all;
}

function orchestratorAlone(records: readonly JournalRecord[], reprice: Reprice): number | null {
  const landed = new Set<string>();
  for (const { type, data } of records) if (type === 'landing.done') landed.add(attemptKey(data));
  if (landed.size === 0) return null;
  const usages: (Usage | null)[] = [];
  for (const { type, data } of records) {
    const implements_ = type === 'agent.reported' || (type === 'request.settled' && data.step === 'implement');
    if (implements_ && landed.has(attemptKey(data))) usages.push(data.usage);
  }
  return usages.length === 0 ? null : sumOrUnknown(usages.map((usage) => (usage === null ? null : reprice(usage))));
}

function attemptKey({ story, attempt }: { story: string | null; attempt: number | null }): string {
  return JSON.stringify([story, attempt]);
}

function add(a: Usage, b: Usage): Usage {
  return {
    fresh: a.fresh + b.fresh,
    write5m: a.write5m + b.write5m,
    write1h: a.write1h + b.write1h,
    cacheRead: a.cacheRead + b.cacheRead,
    output: a.output + b.output,
  };
}

function sumOrUnknown(values: readonly (number | null)[]): number | null {
  let total = 0;
  for (const value of values) {
    if (value === null) return null;
    total += value;
  }
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
