import { describe, expect, it } from 'vitest';
import type { Usage } from '../../src/models/model.ts';
import { billOf } from '../../src/report/bill.ts';
import { jsonReporter } from '../../src/report/json.ts';
import { runSummary } from '../../src/report/summary.ts';
import { renderSummary } from '../../src/report/summary-text.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { fakeOut, record, smallRun } from './builders.ts';

/** $1 a million for every token: easy to check by hand. */
const flatPrice = ({ fresh, write5m, write1h, cacheRead, output }: Usage): number =>
  (fresh + write5m + write1h + cacheRead + output) / 1_000_000;

function text(records: readonly JournalRecord[], options = {}): readonly string[] {
  return renderSummary(runSummary(records, flatPrice), fakeOut(options)).split('\n');
}

describe('closing text', () => {
  it('tells each story, the bill, and last what needs you', () => {
    expect(text(smallRun)).toEqual([
      'US-054  passes   proven, 2 attempts, $0.08, 3f9c2ab',
      'US-055  blocked  `npm test -- checkout` still red after 3 attempts',
      '  delegate  sonnet  2 requests  8.0k in (75% cached)  1.0k out  $0.08',
      '  the orchestrator alone: about <$0.01 (estimate)',
      '1 of 2 stories passes · 4m 10s · $0.08 · needs you: US-055',
      '',
    ]);
  });

  it('prints the line to merge where the checkout could not follow', () => {
    expect(text([record(0, 'run.finished', { mergeBranch: 'prd/r-1' })])).toContain(
      'your checkout could not follow; when it suits you: git merge prd/r-1',
    );
  });

  it('says that scripted models cost nothing before it shows list prices', () => {
    const [, ...rest] = smallRun;
    expect(text([record(0, 'run.started', { scripted: true }), ...rest])[2]).toBe(
      'models: scripted; nothing was spent, these are list prices for simulated tokens',
    );
  });

  it('a killed run is told as far as the journal goes', () => {
    expect(text(smallRun.slice(0, 15))).toEqual([
      'US-054  passes  proven, 2 attempts, $0.08, 3f9c2ab',
      '  delegate  sonnet  2 requests  8.0k in (75% cached)  1.0k out  $0.08',
      '  the orchestrator alone: about <$0.01 (estimate)',
      '1 of 2 stories passes · 2m 44s · $0.08 · ended without a word: run again to go on',
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

  it('says when the split does not pay, after five delegated stories', () => {
    const stories = ['1', '2', '3', '4', '5'];
    const records = stories.flatMap((story) => [
      record(0, 'story.started', { story }),
      record(1, 'attempt.started', { story, role: story === '5' ? 'orchestrator' : 'delegate' }),
      record(2, 'request.settled', { request: story, story, costUsd: 1 }),
      record(3, 'landing.done', { story }),
    ]);
    expect(text(records)).toContain('  1 of 5 delegated stories escalated; the orchestrator alone costs less');
    expect(text(records.slice(0, 16)).join('\n')).not.toContain('escalated');
  });
});

describe('bill', () => {
  it('adds up per role and model, and never counts an unknown price as nothing', () => {
    const bill = billOf([
      record(0, 'request.settled', { costUsd: 0.5 }),
      record(1, 'request.settled', { costUsd: null, request: 'r2' }),
      record(2, 'request.settled', { role: 'orchestrator', model: 'opus', costUsd: 2, request: 'r3' }),
    ]);
    expect(bill).toMatchObject({
      costUsd: 2.5,
      unpriced: 1,
      cacheHitShare: 0.75,
      lines: [
        { role: 'delegate', model: 'sonnet', requests: 2, costUsd: 0.5, unpriced: 1 },
        { role: 'orchestrator', model: 'opus', requests: 1, costUsd: 2, unpriced: 0 },
      ],
    });
  });

  it('keeps a request without an answer booked at its reservation', () => {
    const records = [record(0, 'request.sent'), record(1, 'request.sent', { request: 'r2', reservedUsd: 0.4 })];
    expect(billOf([...records, record(2, 'request.settled')]).unknownOutcome).toEqual({
      requests: 1,
      reservedUsd: 0.4,
    });
    expect(billOf([record(0, 'request.sent', { reservedUsd: null })]).unknownOutcome.reservedUsd).toBeNull();
  });

  it('prices only the attempt that landed for the estimate, without review and refine', () => {
    const records = [
      record(0, 'request.settled', { attempt: 1 }),
      record(1, 'request.settled', { attempt: 2, request: 'r2' }),
      record(2, 'request.settled', { attempt: 2, request: 'r3', step: 'review' }),
      record(3, 'landing.done', { attempt: 2 }),
    ];
    expect(billOf(records, flatPrice).orchestratorAloneUsd).toBeCloseTo(0.0045);
  });

  it.each([
    ['nothing landed', [record(0, 'request.settled')]],
    ['an external agent did not say what it used', [record(0, 'agent.reported'), record(1, 'landing.done')]],
  ])('has no estimate when %s', (_, records) => {
    expect(billOf(records, flatPrice).orchestratorAloneUsd).toBeNull();
  });

  it('has no estimate when the price of the orchestrator is unknown', () => {
    const records = [record(0, 'request.settled'), record(1, 'landing.done')];
    expect(billOf(records, () => null).orchestratorAloneUsd).toBeNull();
  });

  it('does not invent a number of requests for an external agent', () => {
    const [line] = billOf([record(0, 'agent.reported')]).lines;
    expect(line).toMatchObject({ requests: null, unpriced: 1 });
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
