import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainReporter } from '../../src/report/plain.ts';
import type { Reporter } from '../../src/report/reporter.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { fakeOut, marked, record, smallRun } from './builders.ts';

const sayProblem = ({ code }: { code: string }): string => `problem ${code}`;

function shown(records: readonly JournalRecord[], ticks: readonly number[] = [], options = {}): string {
  const out = fakeOut(options);
  play(plainReporter(out, sayProblem), records, ticks);
  return out.text();
}

/** Records and ticks in the order of the clock. */
function play(reporter: Reporter, records: readonly JournalRecord[], ticks: readonly number[]): void {
  const moments = [
    ...records.map((one) => ({ mono: one.mono, act: () => reporter.record(one) })),
    ...ticks.map((mono) => ({ mono, act: () => reporter.tick(mono) })),
  ];
  for (const { act } of moments.toSorted((a, b) => a.mono - b.mono)) act();
  reporter.close();
}

describe('plain reporter', () => {
  it('prints one line per event, and what goes on after a minute of silence', () => {
    expect(shown(smallRun).split('\n')).toEqual([
      '00:00  run     run        2 stories on main at 3f9c2ab · builtin',
      '00:08  US-054  baseline   1 proof',
      '00:09  US-054  attempt 1  delegate (sonnet)',
      '01:09  US-054  still      attempt 1 · delegate (sonnet) · 1m 00s · $0.03',
      '01:14  US-054  verify     `npm test -- cart` failed (exit 1, 4.2s)',
      '01:15  US-054  attempt 2  delegate (sonnet)',
      '02:15  US-054  still      attempt 2 · delegate (sonnet) · 1m 00s · $0.08',
      '02:44  US-054  landed     3f9c2ab · proven · 2 attempts · $0.08',
      '02:46  US-055  attempt 1  delegate (sonnet)',
      '03:46  US-055  still      attempt 1 · delegate (sonnet) · 1m 00s · $0.00',
      '04:00  US-055  blocked    `npm test -- checkout` still red after 3 attempts',
      '',
    ]);
  });

  it('a replay without ticks prints the bytes that a live run with any ticks printed', () => {
    const replayed = shown(smallRun);
    fc.assert(
      fc.property(fc.array(fc.nat(260_000), { maxLength: 60 }), (ticks) => {
        expect(shown(smallRun, ticks)).toBe(replayed);
      }),
    );
  });

  it('says at least once a minute what it waits for, also when nothing has started', () => {
    expect(shown([], [30_000, 59_999, 60_000, 200_000])).toBe(
      ['01:00', '02:00', '03:00'].map((at) => `${at}  run     still      starting · ${Number(at[1])}m 00s\n`).join(''),
    );
  });

  it('is silent once the run is over', () => {
    expect(shown([record(0, 'run.finished')], [600_000])).toBe('');
  });

  it('names the running check of the story that is silent', () => {
    const records = [record(0, 'story.started'), record(1_000, 'check.started', { where: 'candidate' })];
    expect(shown(records, [60_000])).toBe('01:00  US-054  still      verify `npm test -- cart` · 59s · $0.00\n');
  });

  it('shows text of others without the power to move the cursor', () => {
    const message = `${String.fromCharCode(27)}[2Jcleared\nsecond`;
    expect(shown([record(0, 'warning', { message })])).toBe('00:00  run     warning    cleared second\n');
  });

  it('marks what is good, bad and worth a look, and reads the same without colour', () => {
    const records = [smallRun[14], smallRun[17], record(250_000, 'warning')] as JournalRecord[];
    const painted = shown(records, [], { paint: marked });
    expect(painted).toContain('<good>landed    </good>');
    expect(painted).toContain('<bad>blocked   </bad>');
    expect(painted).toContain('<warn>warning   </warn>');
    expect(painted.replace(/<\/?\w+>/g, '')).toBe(shown(records));
  });

  it('writes ASCII where Unicode is missing', () => {
    expect(shown(smallRun, [], { unicode: false })).not.toMatch(/[^\n -~]/);
  });

  it.each<[string, JournalRecord, string]>([
    ['setup', record(0, 'setup.started'), 'run     setup      `npm ci` (package-lock.json)'],
    ['finished setup', record(0, 'setup.finished'), 'run     setup      done in 12s'],
    ['the committed PRD', record(0, 'prd.committed'), 'run     committed  the PRD on main (3f9c2ab)'],
    ['a wait', record(0, 'wait'), 'US-054  waits      for the provider'],
    ['a wait with an end', record(0, 'wait', { waitMs: 12_000 }), 'US-054  waits      for the provider, 12s'],
    ['a lost race', record(0, 'landing.lost'), 'US-054  landing    main moved to 3f9c2ab: again'],
    [
      'a checkout that could not follow',
      record(0, 'follow.done'),
      'run     checkout   left as it is: git would not move it to 3f9c2ab',
    ],
    ['an adopted landing', record(0, 'adopted'), 'US-054  adopted    landed before the last run ended'],
    ['a problem', record(0, 'problem'), 'run     problem    problem git-missing'],
    [
      'a tampered attempt',
      record(0, 'verdict', { verdict: 'tampered', reason: 'changed a test' }),
      'US-054  tampered   changed a test',
    ],
    [
      'files left out of a snapshot',
      record(0, 'snapshot.stored', { dropped: ['a.test.ts'] }),
      'US-054  left out   `a.test.ts`',
    ],
    [
      'an attempt that ran out of turns',
      record(0, 'attempt.finished', { end: 'limit', detail: '40 turns' }),
      'US-054  limit      40 turns',
    ],
    [
      'scripted models',
      record(0, 'run.started', { scripted: true, stories: [] }),
      'run     run        0 stories on main at 3f9c2ab · builtin · scripted models',
    ],
  ])('tells %s in one line', (_, one, line) => {
    expect(shown([one])).toBe(`00:00  ${line}\n`);
  });

  it.each<[string, JournalRecord]>([
    ['a green check', record(0, 'check.finished', { outcome: 'green', reason: 'met' })],
    ['a red check before the work', record(0, 'check.finished', { where: 'baseline' })],
    ['a request', record(0, 'request.sent')],
    ['a passed verdict', record(0, 'verdict', { verdict: 'passed' })],
    ['cached setup', record(0, 'setup.finished', { cached: true })],
    ['a checkout that followed', record(0, 'follow.done', { how: 'followed' })],
  ])('has no line for %s', (_, one) => {
    expect(shown([one])).toBe('');
  });
});
