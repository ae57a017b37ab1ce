import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { runSummary } from '../../src/report/summary.ts';
import { summaryDocument } from '../../src/report/summary-json.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { aDollarAMillion, record, smallRun } from './builders.ts';

const prices = { entry: () => aDollarAMillion };
const markdown = (records: readonly JournalRecord[]): readonly string[] =>
  renderMarkdown(runSummary(records, prices)).split('\n');

describe('a run as Markdown', () => {
  it('has a table of stories, of models and of steps, and what is worth a sentence', () => {
    expect(markdown(smallRun)).toEqual([
      '### prd run r-1: 1 of 2 stories passes',
      '',
      'PRD.json on main from 3f9c2ab · 4m 10s · $0.08',
      '',
      '| Story | Outcome | How | Attempts | implement | cost | Commit |',
      '| --- | --- | --- | ---: | ---: | ---: | --- |',
      '| US-054 | passes | proven | 2 | $0.080 | $0.080 | 3f9c2ab |',
      '| US-055 | blocked | `npm test -- checkout` still red after 3 attempts | 3 |  |  |  |',
      '',
      '| Role | Model | Calls | Fresh | Written 5m | Written 1h | Read | Out | Cost |',
      '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
      '| delegate | sonnet | 2 | 2000 | 0 | 0 | 6000 | 1000 | $0.080 |',
      '',
      '| Step | Calls | Fresh | Written 5m | Written 1h | Read | Out | Cost | Share |',
      '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
      '| implement | 2 | 2000 | 0 | 0 | 6000 | 1000 | $0.080 | 100% |',
      '',
      '- 75% of the input came from the cache: 2.0k fresh, 0 written, 6.0k read',
      '- 1 story landed for $0.080; the orchestrator alone, for the same tokens: about $0.004; the split cost 1678% more',
      '- delegating cost more than it saved: name a cheaper delegate, or give small stories to the orchestrator',
      '',
    ]);
  });

  it('says that models are scripted, and how to merge', () => {
    const lines = markdown([
      record(0, 'run.started', { scripted: true }),
      record(1, 'run.finished', { mergeBranch: 'prd/r-1' }),
    ]);
    expect(lines).toContain('models: scripted; nothing was spent, these are list prices for simulated tokens');
    expect(lines).toContain('To merge: `git merge prd/r-1`');
  });

  it('names what was left over, and the command that goes on with it', () => {
    const waiting = [
      { stories: ['US-007', 'US-008'], for: ['US-003'], why: 'US-003 is blocked', next: 'prd show US-003' },
    ];
    const lines = markdown([record(0, 'run.started', {}), record(1, 'run.finished', { waiting })]);
    expect(lines).toContain('- US-007, US-008 wait: US-003 is blocked; go on with `prd show US-003`');
  });

  it('a run that was killed before it said anything is a heading and how to go on', () => {
    expect(markdown([])).toEqual([
      '### prd run: 0 of 0 stories pass',
      '',
      '0.0s · $0.00 · ended without a word: run again to go on',
      '',
    ]);
  });

  it.each([
    ['<img src=x onerror=alert(1)>', String.raw`\<img src=x onerror=alert(1)\>`],
    ['a | b', String.raw`a \| b`],
    ['[click](http://evil)', String.raw`\[click\](http://evil)`],
    ['@everyone', '&#64;everyone'],
    ['two\nlines', 'two lines'],
  ])('text of a model stays text: %j', (reason, shown) => {
    const row = markdown([record(0, 'story.finished', { outcome: 'blocked', reason })]).find((line) =>
      line.startsWith('| US-054'),
    );
    expect(row).toBe(`| US-054 | blocked | ${shown} | 2 |  | 3f9c2ab |`);
  });
});

describe('a run as JSON', () => {
  it('keeps what is unknown null, and money in numbers', () => {
    const records = [
      record(0, 'run.started'),
      record(1, 'story.started'),
      record(2, 'request.settled', { costUsd: null }),
      record(3, 'request.settled', { request: 'r2', story: null, attempt: null, step: 'refine', costUsd: 0.1 }),
      record(4, 'landing.done'),
      record(5, 'story.finished'),
    ];
    expect(summaryDocument(runSummary(records, prices))).toMatchObject({
      version: 1,
      run: 'r-1',
      startedAt: '2026-01-01T00:00:00.000Z',
      reason: null,
      exitCode: null,
      stories: [
        { story: 'US-054', outcome: 'passes', bill: { costUsd: null, unpriced: 1, steps: [{ step: 'implement' }] } },
      ],
      shared: { costUsd: 0.1, steps: [{ step: 'refine' }] },
      bill: { total: { costUsd: 0.1, unpriced: 1 }, alone: { splitUsd: null, savedShare: null } },
    });
  });

  it('a story nobody asked a model for has no bill', () => {
    const document = summaryDocument(runSummary([record(0, 'story.finished')], prices));
    expect(document).toMatchObject({ stories: [{ bill: null }], shared: null });
  });
});
