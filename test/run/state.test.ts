import { describe, expect, it } from 'vitest';
import type { JournalRecord, RunEvent } from '../../src/run/events.ts';
import { foldRuns, historyFor } from '../../src/run/state.ts';

const records = (events: readonly RunEvent[]): JournalRecord[] =>
  events.map((event, seq) => ({ v: 1, seq, ts: '2026-01-01T00:00:00.000Z', mono: seq, ...event }));

const started = (story: string, digest = 'd1'): RunEvent => ({
  type: 'story.started',
  data: { story, title: 't', role: 'delegate', model: 'm', base: 'b0', digest },
});
const attempt = (story: string, n: number): RunEvent => ({
  type: 'attempt.started',
  data: {
    story,
    attempt: n,
    role: 'delegate',
    model: 'm',
    base: 'b0',
    from: 'b0',
    workspace: `/w/${n}`,
    marker: `m${n}`,
    why: 'first attempt',
  },
});
const ended = (story: string, n: number, end = 'finished'): RunEvent => ({
  type: 'attempt.finished',
  data: { story, attempt: n, end, detail: '', snapshot: `s${n}`, turns: 3, durationMs: 1 },
});
const verdict = (story: string, n: number): RunEvent => ({
  type: 'verdict',
  data: { story, attempt: n, verdict: 'failed', reason: 'red', strength: null },
});
const finished = (story: string, outcome: 'blocked' | 'stopped' | 'passes'): RunEvent => ({
  type: 'story.finished',
  data: {
    story,
    outcome,
    verdict: 'failed',
    strength: null,
    reason: 'red',
    key: 'k',
    attempts: 1,
    commit: null,
    costUsd: 0,
  },
});
const intent = (commit: string): RunEvent => ({
  type: 'landing.intent',
  data: { story: 'a', attempt: 1, branch: 'main', from: 'b0', commit },
});

describe('historyFor', () => {
  it('a later run knows how often a story was overtaken, and what it met', () => {
    const met = { story: 'a', attempt: 1, head: 'h', paths: ['x'], files: ['x'], met: [{ story: 'b', files: ['x'] }] };
    const overtaken = [1, 2].flatMap((n): RunEvent[] => [
      attempt('a', n),
      ended('a', n),
      { type: 'attempt.overtaken', data: { ...met, attempt: n } },
    ]);
    const { attempts } = historyFor(foldRuns(records([started('a'), ...overtaken, attempt('a', 3)])), 'a', 'd1');
    expect(attempts.map((one) => one.overtaken)).toEqual([met, { ...met, attempt: 2 }, null]);
  });

  it('attempts of an interrupted story are remembered with how far they came', () => {
    const past = foldRuns(records([started('a'), attempt('a', 1), ended('a', 1), verdict('a', 1), attempt('a', 2)]));
    expect(historyFor(past, 'a', 'd1').attempts).toMatchObject([
      { attempt: 1, end: 'finished', snapshot: 's1', verdict: 'failed', reason: 'red' },
      { attempt: 2, end: null, snapshot: null, verdict: null },
    ]);
  });

  it('another text starts over, but never reuses an attempt number', () => {
    const past = foldRuns(records([started('a'), attempt('a', 1), ended('a', 1)]));
    expect(historyFor(past, 'a', 'd2')).toEqual({ digest: null, attempts: [], lastAttempt: 1, finished: null });
  });

  it('a story that was blocked and is tried again starts from the first rung', () => {
    const past = foldRuns(
      records([started('a'), attempt('a', 1), ended('a', 1), verdict('a', 1), finished('a', 'blocked')]),
    );
    expect(historyFor(past, 'a', 'd1').attempts).toEqual([]);
    const again = foldRuns(
      records([started('a'), attempt('a', 1), finished('a', 'blocked'), started('a'), attempt('a', 2)]),
    );
    expect(historyFor(again, 'a', 'd1').attempts.map((one) => one.attempt)).toEqual([2]);
  });

  it('a story that passed and is open again starts from the first rung', () => {
    const past = foldRuns(
      records([started('a'), attempt('a', 1), ended('a', 1), verdict('a', 1), finished('a', 'passes')]),
    );
    expect(historyFor(past, 'a', 'd1').attempts).toEqual([]);
  });

  it('a story that was stopped goes on where it was', () => {
    const past = foldRuns(
      records([started('a'), attempt('a', 1), ended('a', 1), verdict('a', 1), finished('a', 'stopped'), started('a')]),
    );
    expect(historyFor(past, 'a', 'd1').attempts).toHaveLength(1);
  });

  it('a story nobody tried has no history', () => {
    expect(historyFor(foldRuns([]), 'a', 'd1')).toEqual({ digest: null, attempts: [], lastAttempt: 0, finished: null });
  });
});

describe('loose ends', () => {
  it('an intent without an outcome is loose, one with an outcome is not', () => {
    const done: RunEvent = {
      type: 'landing.done',
      data: { story: 'a', attempt: 1, branch: 'main', from: 'b0', commit: 'c1', strength: 'proven', evidence: 'e' },
    };
    expect(foldRuns(records([intent('c1'), done, intent('c2')])).loose.landings.map((one) => one.commit)).toEqual([
      'c2',
    ]);
  });

  it('a landing that lost the race is not loose', () => {
    const lost: RunEvent = {
      type: 'landing.lost',
      data: { story: 'a', attempt: 1, branch: 'main', from: 'b0', head: 'x' },
    };
    expect(foldRuns(records([intent('c1'), lost])).loose.landings).toEqual([]);
  });

  it('a landing after which the checkout was never said to have followed leaves a loose fast-forward', () => {
    const done: RunEvent = {
      type: 'landing.done',
      data: { story: 'a', attempt: 1, branch: 'main', from: 'b0', commit: 'c1', strength: 'proven', evidence: 'e' },
    };
    const followed: RunEvent = { type: 'follow.done', data: { branch: 'main', to: 'c1', how: 'followed' } };
    expect(foldRuns(records([intent('c1'), done])).loose.follows).toEqual([{ branch: 'main', from: 'b0', to: 'c1' }]);
    expect(foldRuns(records([intent('c1'), done, followed])).loose.follows).toEqual([]);
  });

  it('a landing whose story was never said to be finished leaves a loose flip, until the story is or the flip was made', () => {
    const data = { attempt: 1, branch: 'main', from: 'b0', commit: 'c1', strength: 'proven', evidence: 'e' } as const;
    const done: RunEvent = { type: 'landing.done', data: { story: 'a', ...data } };
    const flipped: RunEvent = { type: 'adopted', data: { what: 'flip', story: 'a', detail: '' } };
    const flips = (...after: RunEvent[]) => foldRuns(records([intent('c1'), done, ...after])).loose.flips;
    expect(flips()).toEqual([{ story: 'a', ...data }]);
    expect(flips(flipped)).toEqual([]);
    expect(flips(finished('a', 'passes'))).toEqual([]);
  });

  it('attempts that never ended and fast-forwards that never finished are loose', () => {
    const follow: RunEvent = { type: 'follow.intent', data: { branch: 'main', from: 'b0', to: 'c1' } };
    const { loose } = foldRuns(records([started('a'), attempt('a', 1), ended('a', 1), attempt('a', 2), follow]));
    expect(loose.attempts.map((one) => one.marker)).toEqual(['m2']);
    expect(loose.follows).toEqual([{ branch: 'main', from: 'b0', to: 'c1' }]);
  });
});
