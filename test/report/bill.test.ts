import { describe, expect, it } from 'vitest';
import { costOf } from '../../src/models/cost.ts';
import type { Usage } from '../../src/models/model.ts';
import { billOf } from '../../src/report/bill.ts';
import { billLines, sentences } from '../../src/report/bill-text.ts';
import { width } from '../../src/report/text.ts';
import type { EventData, JournalRecord } from '../../src/run/events.ts';
import { aDollarAMillion, record } from './builders.ts';

const prices = { entry: () => aDollarAMillion };
const unknown = { entry: () => null };
const tokens = (output: number): Usage => ({ fresh: 0, write5m: 0, write1h: 0, cacheRead: 0, output });

let seq = 0;

/** A settled request of its own id. */
function settled(data: Partial<EventData<'request.settled'>> = {}): JournalRecord {
  seq += 1;
  return record(seq, 'request.settled', { request: `q${seq}`, served: null, ...data });
}

/** A story that landed with its first attempt, whose one request took so many tokens. */
function landed(story: string, role: 'orchestrator' | 'delegate', output: number, costUsd: number): JournalRecord[] {
  return [
    record(0, 'story.started', { story, role }),
    settled({ story, role, usage: tokens(output), costUsd }),
    record(0, 'landing.done', { story }),
  ];
}

describe('the sums of a bill', () => {
  const records = [
    settled({ costUsd: 0.5 }),
    settled({ costUsd: null }),
    settled({ role: 'orchestrator', model: 'opus', step: 'review', costUsd: 2 }),
    settled({ role: 'orchestrator', model: 'opus', step: 'refine', story: null, attempt: null, costUsd: 1 }),
  ];
  const bill = billOf(records, prices);

  it('are kept per role and model, the orchestrator first', () => {
    expect(bill.byModel).toMatchObject([
      { role: 'orchestrator', model: 'opus', requests: 2, costUsd: 3, unpriced: 0 },
      { role: 'delegate', model: 'sonnet', requests: 2, costUsd: 0.5, unpriced: 1 },
    ]);
  });

  it('are kept per step, in the order of a story', () => {
    expect(bill.byStep).toMatchObject([
      { step: 'refine', costUsd: 1 },
      { step: 'implement', costUsd: 0.5, unpriced: 1 },
      { step: 'review', costUsd: 2 },
    ]);
  });

  it('are kept per story and its steps, and what no story owns stands apart', () => {
    expect(bill.byStory).toMatchObject([
      { story: 'US-054', costUsd: 2.5, unpriced: 1, steps: [{ step: 'implement' }, { step: 'review' }] },
      { story: null, costUsd: 1, steps: [{ step: 'refine' }] },
    ]);
  });

  it('keep the four input classes and the output apart', () => {
    const usage = { fresh: 1, write5m: 2, write1h: 3, cacheRead: 4, output: 5 };
    expect(billOf([settled({ usage }), settled({ usage })], prices).total.usage).toEqual({
      fresh: 2,
      write5m: 4,
      write1h: 6,
      cacheRead: 8,
      output: 10,
    });
  });

  it('of every list are the total', () => {
    for (const lines of [bill.byModel, bill.byStep, bill.byStory])
      expect(lines.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)).toBe(bill.total.costUsd);
  });

  it('share of the input that was read from the cache; unknown without any input', () => {
    expect(bill.cacheHitShare).toBe(0.75);
    expect(billOf([], prices).cacheHitShare).toBeNull();
  });
});

describe('what is not known', () => {
  it.each<[string, readonly (number | null)[], number | null, number]>([
    ['no call has a price', [null, null], null, 2],
    ['one call has a price', [null, 1.2], 1.2, 1],
    ['every call has a price', [1, 2], 3, 0],
    ['nothing was asked', [], 0, 0],
  ])('a price is never counted as $0: %s', (_, costs, costUsd, unpriced) => {
    const { total } = billOf(
      costs.map((cost) => settled({ costUsd: cost })),
      prices,
    );
    expect(total).toMatchObject({ costUsd, unpriced });
  });

  it('a request without an answer stays booked at its reservation', () => {
    const records = [
      record(0, 'request.sent', { request: 'a', reservedUsd: 0.4 }),
      record(1, 'request.sent', { request: 'b', reservedUsd: 0.1 }),
      record(2, 'request.settled', { request: 'b', costUsd: 0.05 }),
    ];
    const bill = billOf(records, prices);
    expect(bill).toMatchObject({ total: { requests: 2, inDoubt: 1 }, inDoubtUsd: 0.4 });
    expect(bill.total.costUsd).toBeCloseTo(0.45);
    expect(sentences(bill)).toContain('1 call without a known outcome: booked at the most they may cost, $0.400');
  });

  it('a broken line is in doubt, a refusal is not', () => {
    const broken = settled({ usage: null, served: null, outcome: 'connection', costUsd: 0.3 });
    const refused = settled({ usage: null, served: null, outcome: 'rate-limit', costUsd: 0 });
    expect(billOf([broken, refused], prices)).toMatchObject({ total: { inDoubt: 1, flat: 0 }, inDoubtUsd: 0.3 });
  });

  it('a reservation without a price keeps the doubt unpriced', () => {
    expect(billOf([record(0, 'request.sent', { reservedUsd: null })], prices)).toMatchObject({
      total: { costUsd: null, unpriced: 1 },
      inDoubtUsd: null,
    });
  });

  it('the number of requests of an external agent is not invented', () => {
    const [line] = billOf([record(0, 'agent.reported')], prices).byModel;
    expect(line).toMatchObject({ requests: null, costUsd: null, unpriced: 1 });
  });

  it('what costs nothing extra is shown as that', () => {
    const bill = billOf([settled({ costUsd: 0 }), settled({ costUsd: 0 })], prices);
    expect(bill.total).toMatchObject({ costUsd: 0, flat: 2, unpriced: 0 });
    expect(sentences(bill)).toContain('2 calls at a flat price count as $0');
    expect(billLines(bill, 80).join('\n')).toContain('$0 (flat)');
  });
});

describe('a model that answers for another', () => {
  it.each<[string, string | null, number]>([
    ['another name', 'haiku', 1],
    ['the same name', 'sonnet', 0],
    ['the same name with its date', 'sonnet-20261001', 0],
    ['a name that begins alike', 'sonnet-mini', 0.5],
    ['nobody said', null, 0],
  ])('%s', (_, served, swaps) => {
    expect(billOf([settled({ served })], prices).swaps).toHaveLength(Math.ceil(swaps));
  });

  it('is told with how often', () => {
    const bill = billOf([settled({ served: 'haiku' }), settled({ served: 'haiku' })], prices);
    expect(sentences(bill)).toContain('haiku answered instead of sonnet: 2 calls');
  });
});

describe('the orchestrator alone', () => {
  it('pays for the tokens of the attempt that landed, without refine, review and earlier attempts', () => {
    const records = [
      record(0, 'story.started'),
      settled({ step: 'refine', attempt: null, usage: tokens(7_000_000) }),
      settled({ attempt: 1, usage: tokens(5_000_000) }),
      settled({ attempt: 2, usage: tokens(2_000_000) }),
      settled({ attempt: 2, step: 'review', usage: tokens(9_000_000) }),
      record(3, 'landing.done', { attempt: 2 }),
    ];
    expect(billOf(records, prices).alone).toMatchObject({ compared: 1, sameTokensUsd: 2, splitUsd: 0.2 });
  });

  it('is priced request by request, because a long prompt has a price of its own', () => {
    const stepped = { ...aDollarAMillion, priceAbove: { ...rates(9), promptTokens: 1_500 } };
    const usage = { ...tokens(0), fresh: 1_000 };
    const records = [record(0, 'story.started'), settled({ usage }), settled({ usage }), record(1, 'landing.done')];
    expect(billOf(records, { entry: () => stepped }).alone.sameTokensUsd).toBeCloseTo(0.002);
    expect(costOf(stepped, { ...tokens(0), fresh: 2_000 })).toBeCloseTo(0.018);
  });

  it('would have had to write the exact edits too, where they were all the work', () => {
    const records = [
      record(0, 'story.started'),
      settled({ step: 'refine', attempt: null, usage: tokens(1_000_000), costUsd: 1 }),
      record(1, 'landing.done'),
    ];
    expect(billOf(records, prices).alone).toMatchObject({ compared: 1, sameTokensUsd: 1, savedShare: 0 });
  });

  it('is also guessed from what the stories took that it built itself', () => {
    const records = [
      ...landed('A', 'orchestrator', 1_000_000, 1),
      ...landed('B', 'orchestrator', 3_000_000, 3),
      ...landed('C', 'delegate', 500_000, 0.1),
    ];
    const { alone } = billOf(records, prices);
    expect(alone).toMatchObject({ ownStories: 2, ownTokensUsd: 6, sameTokensUsd: 4.5, splitUsd: 4.1 });
    expect(alone.savedShare).toBeCloseTo(1 - 4.1 / 4.5);
    expect(sentences(billOf(records, prices)).slice(-2)).toEqual([
      '3 stories landed for $4.100; the orchestrator alone, for the same tokens: about $4.500; 9% saved',
      'if each took what 2 of its own took: about $6.000; 32% saved',
    ]);
  });

  it('is not guessed from one story', () => {
    const records = [...landed('A', 'orchestrator', 1_000_000, 1), ...landed('C', 'delegate', 500_000, 0.1)];
    expect(billOf(records, prices).alone.ownTokensUsd).toBeNull();
  });

  it.each<[string, readonly JournalRecord[], typeof prices | typeof unknown]>([
    ['the price of the orchestrator is unknown', landed('A', 'delegate', 1000, 0.1), unknown],
    [
      'an external agent did not say what it used',
      [record(0, 'story.started'), record(1, 'agent.reported', { costUsd: 1 }), record(2, 'landing.done')],
      prices,
    ],
    [
      'a call of the stories has no price',
      [...landed('A', 'delegate', 9, 1), settled({ story: 'A', costUsd: null })],
      prices,
    ],
  ])('is unknown when %s', (_, records, list) => {
    const bill = billOf(records, list);
    expect(bill.alone.savedShare).toBeNull();
    expect(sentences(bill)).toContain('the orchestrator alone: unknown, a price or a count is missing');
  });

  it('a refusal that cost nothing does not hide what is known', () => {
    const refused = settled({ story: 'A', usage: null, costUsd: 0, outcome: 'rate-limit' });
    expect(billOf([...landed('A', 'delegate', 1_000_000, 0.1), refused], prices).alone.sameTokensUsd).toBe(1);
  });

  it.each<[string, readonly JournalRecord[]]>([
    ['nothing landed', [record(0, 'story.started'), settled()]],
    ['it was built in an earlier run', [record(0, 'story.started'), record(1, 'landing.done')]],
    ['nothing was delegated', landed('A', 'orchestrator', 1000, 1)],
  ])('is not mentioned when %s', (_, records) => {
    expect(sentences(billOf(records, prices)).join('\n')).not.toContain('alone');
  });

  it('stories that did not land are on neither side', () => {
    const records = [...landed('A', 'delegate', 1_000_000, 0.4), settled({ story: 'B', costUsd: 99 })];
    expect(billOf(records, prices).alone).toMatchObject({ splitUsd: 0.4, savedShare: 0.6 });
  });
});

describe('a split that costs more', () => {
  const lost = (extra: readonly JournalRecord[], cost = 0.5) =>
    billOf([...landed('A', 'delegate', 1_000_000, cost), ...extra], prices);

  it.each<[string, readonly JournalRecord[], number, string]>([
    [
      'stories escalate',
      [record(0, 'attempt.started', { story: 'A', role: 'orchestrator' }), settled({ story: 'A', costUsd: 2 })],
      0.5,
      '1 of 1 delegated story escalated: give stories like these to the orchestrator',
    ],
    [
      'refine and review cost more than they protect',
      [settled({ story: 'A', step: 'review', costUsd: 1 })],
      0.5,
      'refine and review cost more than delegating saved: try `prd run --refine never`',
    ],
    [
      'the delegate is hardly cheaper',
      [],
      1.5,
      'delegating cost more than it saved: name a cheaper delegate, or give small stories to the orchestrator',
    ],
  ])('says so in percent, and one line of advice: %s', (_, extra, cost, line) => {
    const bill = lost(extra, cost);
    expect(bill.alone.savedShare).toBeLessThan(0);
    expect(sentences(bill).at(-1)).toBe(line);
    expect(sentences(bill).join('\n')).toMatch(/about \$1\.00\d; the split cost \d+% more/);
  });

  it('no advice where it saves', () => {
    expect(lost([]).alone).toMatchObject({ savedShare: 0.5, advice: null });
  });
});

describe('the table', () => {
  const long = 'a-provider-of-models/with-a-very-long-name-and-a-date-20261001';
  const records = [
    record(0, 'story.started'),
    settled({
      model: long,
      usage: { fresh: 1e9, write5m: 1e9, write1h: 1e9, cacheRead: 1e9, output: 1e9 },
      costUsd: null,
    }),
    settled({ role: 'orchestrator', model: 'opus', step: 'refine', costUsd: 1234.5 }),
    settled({ served: 'somebody/else', costUsd: 3 }),
    record(1, 'landing.done'),
  ];

  it.each([80, 100])('and every sentence fits %i columns', (columns) => {
    const lines = billLines(billOf(records, prices), columns);
    expect(lines.filter((line) => width(line) > columns)).toEqual([]);
    expect(lines.length).toBeGreaterThan(6);
  });

  it('has figures under each other, and the share of each step', () => {
    expect(
      billLines(billOf([settled(), settled({ step: 'review', role: 'orchestrator', model: 'opus' })], prices), 80),
    ).toEqual([
      '                          calls    in  cached  out    cost',
      '  orchestrator  opus          1  4.0k     75%  500  $0.050',
      '  delegate      sonnet        1  4.0k     75%  500  $0.050',
      '  implement                   1  4.0k     75%  500  $0.050  50%',
      '  review                      1  4.0k     75%  500  $0.050  50%',
      '  75% of the input came from the cache: 2.0k fresh, 0 written, 6.0k read',
    ]);
  });
});

function rates(each: number) {
  return { in: each, out: each, cacheRead: each, write5m: each, write1h: each };
}
