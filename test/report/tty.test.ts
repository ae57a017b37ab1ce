import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reporter } from '../../src/report/reporter.ts';
import { ttyReporter } from '../../src/report/tty.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { record, smallRun } from './builders.ts';
import { type FakeScreen, fakeScreen } from './screen.ts';

const open: Reporter[] = [];

// The one clock that ora has is a timer.
beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  for (const reporter of open.splice(0)) reporter.close();
  vi.useRealTimers();
});

function terminal(screen: FakeScreen = fakeScreen()): { screen: FakeScreen; reporter: Reporter } {
  const reporter = ttyReporter(screen.out, ({ code }) => `problem ${code}`);
  open.push(reporter);
  return { screen, reporter };
}

function play(reporter: Reporter, records: readonly JournalRecord[], mono: number): void {
  for (const one of records) reporter.record(one);
  frame(reporter, mono);
}

function frame(reporter: Reporter, mono: number): void {
  reporter.tick(mono);
  vi.advanceTimersByTime(100);
}

/** So many stories that were started. */
function started(count: number): readonly JournalRecord[] {
  const ids = Array.from({ length: count }, (_, index) => `US-${index + 1}`);
  const stories = ids.map((story) => ({
    ...{ story, title: story, role: 'delegate', model: 'sonnet', state: 'ready', detail: null, wave: 1 },
    role: 'delegate' as const,
  }));
  return [record(0, 'run.started', { stories }), ...ids.map((story) => record(0, 'story.started', { story }))];
}

/** Without the mark of the spinner, which turns. */
function still(rows: readonly string[]): readonly string[] {
  return rows.map((row) => row.replace(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏|/\\-] /, '* '));
}

describe('terminal reporter', () => {
  it('keeps what lasts and takes the rest away', () => {
    const { screen, reporter } = terminal();
    for (const one of smallRun) play(reporter, [one], one.mono);
    expect(screen.rows()).toEqual([
      '✓ US-054  landed 3f9c2ab · proven · 2 attempts · $0.08',
      '✗ US-055  blocked `npm test -- checkout` still red after 3 attempts',
      '',
    ]);
  });

  it('shows a line per active story and the totals, below what lasts', () => {
    const { screen, reporter } = terminal();
    play(
      reporter,
      [...smallRun.slice(0, 12), record(80_000, 'warning'), record(81_000, 'agent.turn', { turn: 3 })],
      98_000,
    );
    expect(still(screen.rows())).toEqual([
      '! run  warning 2 changed files are not in the base',
      '*  story   role          model   step                 turns     time      cost',
      '   US-054  delegate      sonnet  attempt 2                3   1m 37s     $0.08',
      '   ────────────────────  0 of 2 stories · 1m 38s · $0.08',
    ]);
  });

  it('says what the run does while no story is at work', () => {
    const { screen, reporter } = terminal();
    play(reporter, [record(0, 'run.started'), record(1_000, 'setup.started')], 4_000);
    expect(still(screen.rows())).toEqual([
      '*  setup `npm ci` · 3s',
      '   ────────────────────  0 of 2 stories · 4s · $0.00',
    ]);
  });

  it.each([
    [80, 24],
    [120, 40],
    [40, 10],
    [20, 5],
    [80, 2],
    [80, 1],
    [6, 24],
  ])('never fills more than a terminal of %i columns and %i rows, with 100 stories at once', (columns, rows) => {
    const { screen, reporter } = terminal(fakeScreen(columns, rows));
    play(reporter, started(100), 5_000);
    expect(screen.rows().length).toBeLessThanOrEqual(Math.max(1, rows - 1));
    expect(Math.max(...screen.rows().map((row) => row.length))).toBeLessThan(columns);
  });

  it('draws at most ten times a second, each time in one write, however much happens', () => {
    const { screen, reporter } = terminal();
    screen.writes();
    for (let second = 0; second < 2; second += 1) play(reporter, started(50), second * 1_000);
    expect(screen.writes()).toBeLessThanOrEqual(2);
  });

  it('sends only the lines that changed', () => {
    const { screen, reporter } = terminal();
    play(reporter, started(14), 1_000);
    const before = screen.sent().length;
    frame(reporter, 1_100);
    expect(screen.sent().length - before).toBeLessThan(300);
  });

  it.each([
    ['narrower', 40],
    ['much narrower', 30],
    ['wider', 120],
  ])('leaves no remains of old frames when the terminal gets %s', (_, columns) => {
    const { screen, reporter } = terminal(fakeScreen(80, 60));
    play(reporter, started(14), 1_000);
    screen.resize(columns);
    frame(reporter, 2_000);
    frame(reporter, 3_000);
    const { screen: fresh, reporter: other } = terminal(fakeScreen(columns, 60));
    play(other, started(14), 3_000);
    expect(still(screen.rows())).toEqual(still(fresh.rows()));
  });

  it('a terminal that loses its size is taken for one of 80 columns', () => {
    const { screen, reporter } = terminal();
    screen.forgetSize();
    play(reporter, started(2), 1_000);
    expect(screen.sent()).toContain('0 of 2 stories');
  });

  it('hides the cursor while it draws and shows it again, also when closed twice', () => {
    const { screen, reporter } = terminal();
    expect(screen.cursorShown()).toBe(false);
    reporter.close();
    reporter.close();
    expect(screen.cursorShown()).toBe(true);
    expect(screen.rows()).toEqual(['']);
  });

  it('keeps what happened since the last frame when it is closed', () => {
    const { screen, reporter } = terminal();
    reporter.record(record(0, 'warning'));
    reporter.close();
    expect(screen.rows()).toEqual(['! run  warning 2 changed files are not in the base', '']);
  });

  it('writes nothing more once the run is over', () => {
    const { screen, reporter } = terminal();
    reporter.record(record(0, 'run.finished'));
    const before = screen.sent();
    frame(reporter, 60_000);
    expect(screen.sent()).toBe(before);
  });

  it('breaks what lasts between words', () => {
    const { screen, reporter } = terminal(fakeScreen(40));
    play(reporter, [smallRun[17] as JournalRecord], 240_000);
    expect(screen.rows().slice(0, 2)).toEqual([
      '✗ US-055  blocked `npm test --',
      '   checkout` still red after 3 attempts',
    ]);
  });

  it('is plain ASCII where Unicode is missing', () => {
    const { screen, reporter } = terminal(fakeScreen(80, 24, { unicode: false }));
    play(reporter, [...smallRun.slice(0, -1), ...started(30)], 240_000);
    expect(screen.rows().join('\n')).toMatch(/^[ -~\n]*$/);
  });
});
