import { describe, expect, it } from 'vitest';
import {
  type ActiveStory,
  endedCount,
  noProgress,
  type Progress,
  progressAfter,
  selectedCount,
} from '../../src/report/progress.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { record, smallRun } from './builders.ts';

function progressOf(...records: readonly JournalRecord[]): Progress {
  return records.reduce(progressAfter, noProgress);
}

const begun = [record(0, 'run.started'), record(1_000, 'story.started'), record(2_000, 'attempt.started')];
const delegate = { role: 'delegate', model: 'sonnet' };
const first = { what: 'attempt 1 · delegate (sonnet)', step: 'implement', ...delegate };

function story(...records: readonly JournalRecord[]): ActiveStory | undefined {
  return progressOf(...begun, ...records).active.get('US-054');
}

describe('progress', () => {
  it.each<[string, readonly JournalRecord[], object]>([
    ['an attempt', [], { ...first, since: 2_000 }],
    ['its turns do not start its clock again', [record(3_000, 'agent.turn')], { ...first, since: 2_000 }],
    [
      'a check',
      [record(3_000, 'check.started')],
      { what: 'verify `npm test -- cart`', step: 'verify `npm test -- cart`', ...delegate, since: 3_000 },
    ],
    [
      'the attempt again, after the check',
      [record(3_000, 'check.started'), record(4_000, 'check.finished')],
      { ...first, since: 4_000 },
    ],
    [
      'a wait',
      [record(3_000, 'wait')],
      { what: 'waits for the provider', step: 'waits for the provider', ...delegate, since: 3_000 },
    ],
    [
      'a question to the orchestrator names who is asked',
      [record(3_000, 'request.sent', { step: 'review', role: 'orchestrator', model: 'opus' })],
      { what: 'review (opus)', step: 'review', role: 'orchestrator', model: 'opus', since: 3_000 },
    ],
    [
      'the end of the attempt: it waits to be verified',
      [record(3_000, 'attempt.finished')],
      { what: 'verify', step: 'verify', ...delegate, since: 3_000 },
    ],
    [
      'a green verdict: it waits to land',
      [record(3_000, 'verdict', { verdict: 'passed' })],
      { what: 'landing', step: 'landing', ...delegate, since: 3_000 },
    ],
    ['a red verdict changes nothing yet', [record(3_000, 'verdict')], { ...first, since: 2_000 }],
    [
      'a second attempt',
      [record(3_000, 'attempt.started', { attempt: 2, role: 'orchestrator', model: 'opus' })],
      { what: 'attempt 2 · orchestrator (opus)', step: 'attempt 2', role: 'orchestrator', model: 'opus', since: 3_000 },
    ],
  ])('a story at work: %s', (_, records, doing) => {
    expect(story(...records)?.doing).toEqual(doing);
  });

  it('counts the turns of the attempt, and the money of the story', () => {
    const paid = record(3_000, 'request.settled');
    const unpriced = record(3_000, 'request.settled', { costUsd: null });
    const turn = record(4_000, 'agent.turn', { turn: 7 });
    expect(story(paid, unpriced, turn)).toMatchObject({ since: 1_000, turns: 7, costUsd: 0.05, unpriced: 1 });
    expect(story(paid, turn, record(5_000, 'attempt.started', { attempt: 2 }))).toMatchObject({
      turns: 0,
      costUsd: 0.05,
    });
  });

  it('knows the last word of every story', () => {
    const run = progressOf(...smallRun);
    expect([endedCount(run, ['passes']), endedCount(run, ['blocked']), selectedCount(run)]).toEqual([1, 1, 2]);
    expect(run).toMatchObject({ over: true, doing: null, active: new Map() });
  });

  it('a pass that did not last is none, unless this run never counted it', () => {
    const run = progressOf(...smallRun, record(260_000, 'pass.revoked', { story: 'US-054' }));
    expect(endedCount(run, ['passes'])).toBe(0);
    expect(progressOf(...begun, record(3_000, 'pass.revoked', { story: 'US-001' })).ended.size).toBe(0);
  });

  it('what is said of a story that is not at work changes nothing', () => {
    const run = progressOf(...begun);
    expect(progressAfter(run, record(3_000, 'agent.turn', { story: 'US-099' }))).toEqual(run);
  });
});
