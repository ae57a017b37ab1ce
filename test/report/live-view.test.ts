import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liveView, type Room } from '../../src/report/live-view.ts';
import { noProgress, type Progress, progressAfter } from '../../src/report/progress.ts';
import { width } from '../../src/report/text.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { fakeOut, marked, record } from './builders.ts';

const look = fakeOut();
const limits = { attempts: 3, maxCostUsd: 5, maxTokens: null, wallMs: 3_600_000 };

function progressOf(records: readonly JournalRecord[]): Progress {
  return records.reduce(progressAfter, noProgress);
}

function seen(records: readonly JournalRecord[], room: Partial<Room> = {}, mono = 98_000): readonly string[] {
  return liveView(progressOf(records), mono, { columns: 80, rows: 24, ...room }, look);
}

const one = [
  record(0, 'run.started', { limits }),
  record(1_000, 'story.started'),
  record(2_000, 'attempt.started'),
  record(3_000, 'agent.turn', { turn: 3 }),
  record(4_000, 'request.settled'),
];

function many(count: number, ids: (index: number) => string = (index) => `US-${index + 1}`): readonly JournalRecord[] {
  const stories = Array.from({ length: count }, (_, index) => ({
    ...{ story: ids(index), title: '', role: 'delegate' as const, model: 'claude-sonnet-4-5-20250929' },
    ...{ state: 'ready', detail: null, wave: 1 },
  }));
  return [record(0, 'run.started', { stories }), ...stories.map(({ story }) => record(0, 'story.started', { story }))];
}

describe('live view', () => {
  it.each<[number, readonly string[]]>([
    [
      100,
      [
        'story   role          model   step                                     turns     time      cost',
        'US-054  delegate      sonnet  implement                                    3   1m 37s     $0.05',
        '────────────────────  0 of 2 stories · 1m 38s of 1h 00m · $0.05 of $5.00',
      ],
    ],
    [
      60,
      [
        'story   model   step                     time      cost',
        'US-054  sonnet  implement              1m 37s     $0.05',
        '0 of 2 stories · 1m 38s of 1h 00m · $0.05 of $5.00',
      ],
    ],
    [
      40,
      [
        'story   step                   time',
        'US-054  implement            1m 37s',
        '0 of 2 stories · 1m 38s of 1h 00m…',
      ],
    ],
    [20, ['story', 'US-054', '0 of 2 stories…']],
    [8, ['st…', 'US…', '0…']],
  ])('on %i columns', (columns, lines) => {
    expect(seen(one, { columns }).map((line) => line.trimEnd())).toEqual(lines);
  });

  it('leaves the names of the columns away where rows are few', () => {
    expect(seen(one, { rows: 9 })).toHaveLength(2);
    expect(seen(one, { rows: 2 })).toEqual([
      '────────────────────  0 of 2 stories · 1m 38s of 1h 00m · $0.05 of $5.00',
    ]);
  });

  it('shows the stories that fit, and what the others do', () => {
    const waits = ['US-98', 'US-99'].map((story) => record(1, 'wait', { story }));
    const lines = seen([...many(100), ...waits]);
    expect(lines).toHaveLength(23);
    expect(lines.at(-3)).toMatch(/^US-20 /);
    expect(lines.at(-2)).toBe('and 80 more: 78 baseline, 2 waits');
  });

  it('puts the settled stories of a run into the bar, those that do not pass apart', () => {
    const ended = (story: string, outcome: 'passes' | 'blocked') => record(2, 'story.finished', { story, outcome });
    const run = [...many(4), ended('US-1', 'passes'), ended('US-2', 'passes'), ended('US-3', 'blocked')];
    const [totals] = liveView(progressOf(run), 9_000, { columns: 80, rows: 2 }, fakeOut({ paint: marked }));
    expect(totals).toBe(
      '<good>━━━━━━━━━━</good><bad>━━━━━</bad><faint>─────</faint>  2 of 4 stories · 1 blocked · 9s · $0.00',
    );
  });

  it.each<[string, readonly JournalRecord[], string]>([
    ['a price that nobody knows', [record(2, 'request.settled', { costUsd: null })], 'unpriced'],
    [
      'one that is known beside it',
      [record(2, 'request.settled'), record(3, 'request.settled', { costUsd: null })],
      '$0.05+?',
    ],
  ])('says what a story cost: %s', (_, paid, words) => {
    const [, story] = seen([...one.slice(0, 3), ...paid]);
    expect(story).toMatch(new RegExp(`${words.replace(/[$+?]/g, '\\$&')}$`));
  });

  it('a run that builds nothing has no stories to count', () => {
    expect(seen([record(0, 'run.started', { stories: [] })])).toEqual(['between stories', '1m 38s · $0.00']);
  });

  it('never shows a control character of a document', () => {
    const text = seen(many(3, (index) => `U\u001b[2J${index}\n`)).join('');
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\n');
  });

  it('fits every terminal, whatever the stories are called', () => {
    const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    const size = { columns: fc.integer({ min: 6, max: 300 }), rows: fc.integer({ min: 1, max: 60 }) };
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 60 }), fc.record(size), (ids, room) => {
        const lines = seen(
          many(ids.length, (index) => ids[index] ?? ''),
          room,
        );
        expect(lines.length).toBeLessThanOrEqual(Math.max(1, room.rows - 1));
        for (const line of lines) expect(width(line)).toBeLessThan(room.columns);
      }),
    );
  });
});
