import fc from 'fast-check';
import type { z } from 'zod';
import type { Clock } from '../../src/host/clock.ts';
import { type EventType, eventData, type JournalRecord, type RunEvent } from '../../src/run/events.ts';

/** A clock that moves by itself: 10 ms at each look. */
export function tickingClock(): Clock {
  let ticks = 0;
  return {
    now: () => new Date(Date.UTC(2026, 0, 1) + ticks * 10),
    mono: () => {
      ticks += 1;
      return 5_000 + ticks * 10;
    },
  };
}

/** An event that need not be durable. */
export function warning(message: string): RunEvent {
  return { type: 'warning', data: { code: 'test', message, story: null } };
}

/** An event that must be durable. */
export function attemptStarted(attempt: number): RunEvent {
  const facts = { story: 'US-1', role: 'delegate', model: 'sonnet', base: 'a', from: 'a' } as const;
  return { type: 'attempt.started', data: { ...facts, attempt, workspace: '/w', marker: 'm', why: 'first' } };
}

/** Any event that the schema allows, also of kinds that do not exist yet. */
export const anyEvent: fc.Arbitrary<RunEvent> = fc
  .constantFrom(...(Object.keys(eventData) as EventType[]))
  .chain((type) => arbitraryOf(eventData[type]).map((data) => ({ type, data }) as RunEvent));

/** The records that a journal would make of these events. */
export function recordsOf(events: readonly RunEvent[]): JournalRecord[] {
  return events.map((event, seq) => ({ v: 1, seq, ts: '2026-01-01T00:00:00.000Z', mono: seq, ...event }));
}

/** The text of a journal with these records. */
export function journalText(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

interface SchemaDef {
  readonly type: string;
  readonly shape: Record<string, z.core.$ZodType>;
  readonly element: z.core.$ZodType;
  readonly innerType: z.core.$ZodType;
  readonly entries: Record<string, string>;
  readonly values: readonly unknown[];
}

const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => Buffer.from(value).toString());
// JSON has no -0, and a number that it cannot hold becomes null.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

function arbitraryOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const def = schema._zod.def as unknown as SchemaDef;
  switch (def.type) {
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(def.shape).map(([key, inner]) => [key, arbitraryOf(inner)])));
    case 'array':
      return fc.array(arbitraryOf(def.element), { maxLength: 3 });
    case 'nullable':
      return fc.option(arbitraryOf(def.innerType), { nil: null });
    case 'optional':
      return arbitraryOf(def.innerType);
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'number':
      return number;
    case 'boolean':
      return fc.boolean();
    case 'string':
      return text;
    default:
      throw new Error(`no values for a schema of type ${def.type}`);
  }
}
