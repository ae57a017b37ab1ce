import { describe, expect, it } from 'vitest';
import { jsonReporter } from '../../src/report/json.ts';
import { runSummary } from '../../src/report/summary.ts';
import { renderSummary } from '../../src/report/summary-text.ts';
import { width } from '../../src/report/text.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { aDollarAMillion, fakeOut, record, smallRun } from './builders.ts';

function text(records: readonly JournalRecord[], options = {}): readonly string[] {
  return renderSummary(runSummary(records, { entry: () => aDollarAMillion }), fakeOut(options)).split('\n');
}

describe('closing text', () => {
  it('tells each story, the bill, and last what needs you', () => {
    expect(text(smallRun)).toEqual([
      'US-054  passes   proven, 2 attempts, $0.080, 3f9c2ab',
      'US-055  blocked  `npm test -- checkout` still red after 3 attempts',
      '                       calls    in  cached   out    cost',
      '  delegate   sonnet        2  8.0k     75%  1.0k  $0.080',
      '  implement                2  8.0k     75%  1.0k  $0.080  100%',
      '  75% of the input came from the cache: 2.0k fresh, 0 written, 6.0k read',
      '  1 story landed for $0.080; the orchestrator alone, for the same tokens:',
      '    about $0.004; the split cost 1678% more',
      '  delegating cost more than it saved: name a cheaper delegate, or give small',
      '    stories to the orchestrator',
      '1 of 2 stories passes · 4m 10s · $0.08 · needs you: US-055',
      '',
    ]);
  });

  it('prints the line to merge where the checkout could not follow', () => {
    expect(text([record(0, 'run.finished', { mergeBranch: 'prd/r-1' })]).slice(0, 2)).toEqual([
      'your checkout could not follow; when it suits you:',
      '  git merge prd/r-1',
    ]);
  });

  it('names what was not tried, what it waits for, and the command that goes on', () => {
    const many = Array.from({ length: 8 }, (_, at) => `US-${at + 1}`);
    const waiting = [
      { stories: ['US-9'], for: ['US-8'], why: 'US-8 is blocked', next: 'prd show US-8' },
      { stories: ['US-7'], for: [], why: 'US-7 is blocked since an earlier run', next: 'prd show US-7' },
      { stories: many, for: [], why: 'the run ended before their turn', next: 'prd run' },
    ];
    expect(text([record(0, 'run.finished', { waiting })]).slice(0, 7)).toEqual([
      'US-9 waits: US-8 is blocked',
      '  prd show US-8',
      'US-7 is blocked since an earlier run',
      '  prd show US-7',
      'US-1, US-2, US-3, US-4, US-5, US-6 and 2 more wait: the run ended before their',
      'turn',
      '  prd run',
    ]);
  });

  it('says that scripted models cost nothing before it shows list prices', () => {
    const [, ...rest] = smallRun;
    expect(text([record(0, 'run.started', { scripted: true }), ...rest])[2]).toBe(
      'models: scripted; nothing was spent, these are list prices for simulated tokens',
    );
  });

  it('a killed run is told as far as the journal goes', () => {
    expect(text(smallRun.slice(0, 15))).toEqual([
      'US-054  passes  proven, 2 attempts, $0.080, 3f9c2ab',
      '                       calls    in  cached   out    cost',
      '  delegate   sonnet        2  8.0k     75%  1.0k  $0.080',
      '  implement                2  8.0k     75%  1.0k  $0.080  100%',
      '  75% of the input came from the cache: 2.0k fresh, 0 written, 6.0k read',
      '  1 story landed for $0.080; the orchestrator alone, for the same tokens:',
      '    about $0.004; the split cost 1678% more',
      '  delegating cost more than it saved: name a cheaper delegate, or give small',
      '    stories to the orchestrator',
      '1 of 2 stories passes · 2m 44s · $0.08 · ended without a word: run again to go',
      'on',
      '',
    ]);
  });

  it.each([
    ['limit', 'stopped at a limit: run again to go on'],
    ['interrupted', 'interrupted: run again to go on'],
    ['problem', 'stopped by a problem'],
    ['nothing-to-do', 'nothing to do'],
  ] as const)('a run that ended with %s says so', (reason, words) => {
    const last = text([record(0, 'run.finished', { reason, needsYou: [] })]).at(-2);
    expect(last).toBe(`1 of 2 stories passes · 4m 10s · $0.00 · ${words}`);
  });

  it('a long reason goes on under itself, and nothing is wider than the terminal', () => {
    const reason =
      'the check `npm test -- checkout` was still red after three attempts, each with another error; see its log';
    const needsYou = Array.from({ length: 12 }, (_, index) => `US-${100 + index}`);
    const lines = text([
      record(0, 'story.finished', { outcome: 'blocked', reason }),
      record(0, 'story.finished', { story: `US-${'9'.repeat(50)}`, outcome: 'blocked', reason }),
      record(1, 'run.finished', { needsYou, mergeBranch: 'prd/20260101-000000-abcdef' }),
    ]);
    expect(lines.slice(0, 3)).toEqual([
      'US-054                                                 blocked',
      '    the check `npm test -- checkout` was still red after three attempts, each',
      '    with another error; see its log',
    ]);
    expect(lines.filter((line) => width(line) > 80)).toEqual([]);
  });
});

it('the JSON reporter writes the records as they are, one per line', () => {
  const out = fakeOut();
  const reporter = jsonReporter(out);
  for (const one of smallRun) reporter.record(one);
  reporter.tick(1);
  reporter.close();
  expect(
    out
      .text()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(smallRun);
});
