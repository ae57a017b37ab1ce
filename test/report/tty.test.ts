import { afterEach, describe, expect, it } from 'vitest';
import type { Reporter } from '../../src/report/reporter.ts';
import { ttyReporter } from '../../src/report/tty.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { type FakeOut, fakeTerminal, record, smallRun } from './builders.ts';

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[?0-9;]*[A-Za-z]`, 'g');
const open: Reporter[] = [];

function terminal(columns = 80): { out: FakeOut; reporter: Reporter } {
  const out = fakeTerminal(columns);
  const reporter = ttyReporter(out, ({ code }) => `problem ${code}`);
  open.push(reporter);
  return { out, reporter };
}

/** The lines that scrolled by: what was written for good, without the area that is redrawn. */
function lasting(out: FakeOut): readonly string[] {
  const lines = out
    .text()
    .replace(escapes, '')
    .split('\n')
    .map((line) => line.replace(/^.*>/, ''));
  return lines.filter((line) => /^[✓✗!·+x-] \S+ {2}/.test(line));
}

afterEach(() => {
  for (const reporter of open.splice(0)) reporter.close();
});

describe('terminal reporter', () => {
  it('keeps finished stories and lets the rest pass', () => {
    const { out, reporter } = terminal();
    for (const one of smallRun) reporter.record(one);
    expect(lasting(out)).toEqual([
      '✓ US-054  landed 3f9c2ab · proven · 2 attempts · $0.08',
      '✗ US-055  blocked `npm test -- checkout` still red after 3 attempts',
    ]);
  });

  it('shows a line per active story and the totals', () => {
    const { out, reporter } = terminal();
    play(reporter, [record(0, 'run.started'), record(0, 'attempt.started')], 48_000);
    play(reporter, [record(50_000, 'story.started'), record(50_000, 'attempt.started')], 98_000);
    expect(redrawn(out, reporter)).toContain(
      'US-054  attempt 1 · delegate (sonnet) · 48s · $0.00\n  0 of 2 stories · 1m 38s · $0.00',
    );
  });

  it('cuts a line to the width of the terminal', () => {
    const { out, reporter } = terminal(40);
    play(reporter, [record(0, 'story.started'), record(0, 'check.started', { run: 'npm test '.repeat(20) })], 1_000);
    expect(redrawn(out, reporter)).toContain('US-054  verify `npm test npm test np…\n');
  });

  it('hides the cursor while it draws and shows it again, also when closed twice', () => {
    const { out, reporter } = terminal();
    reporter.close();
    reporter.close();
    const [hide, show] = ['[?25l', '[?25h'].map((code) => out.text().lastIndexOf(code));
    expect(hide).toBeGreaterThanOrEqual(0);
    expect(show).toBeGreaterThan(hide ?? 0);
  });

  it('writes nothing more once the run is over', () => {
    const { out, reporter } = terminal();
    reporter.record(record(0, 'run.finished'));
    const before = out.text();
    reporter.tick(60_000);
    expect(out.text()).toBe(before);
  });
});

function play(reporter: Reporter, records: readonly JournalRecord[], tick: number): void {
  for (const one of records) reporter.record(one);
  reporter.tick(tick);
}

/** A lasting line makes the live area appear again under it, as it is now. */
function redrawn(out: FakeOut, reporter: Reporter): string {
  reporter.record(record(98_000, 'warning', { message: 'redraw' }));
  return out.text().replace(escapes, '');
}
