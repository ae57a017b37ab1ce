import { describe, expect, it } from 'vitest';
import { parsePrd } from '../../src/prd/parse.ts';
import { prdText } from '../helpers/documents.ts';

const criteria = [
  'Empty state: bag icon and a "Start exploring" button',
  'Returns 400 with the error "invalid email" when the address has no @',
  'Typecheck passes',
  '`npm test -- cart` passes',
  'Verify in browser using dev-browser skill',
  'Run: python3 -m pytest tests -q — 0 failures',
];

const documentOf = (count: number) =>
  prdText(
    Array.from({ length: count }, (_, at) => ({
      id: `US-${at}`,
      title: `Story ${at}`,
      description: 'As a shopper I want to see the total so that nothing surprises me.',
      acceptanceCriteria: criteria,
      priority: at,
      dependsOn: at === 0 ? [] : [`US-${at - 1}`],
      passes: false,
      notes: '',
    })),
  );

/** Processor time in milliseconds, the best of two: other work on the machine counts as little as possible. */
function cost(work: () => unknown): number {
  const runs = [0, 1].map(() => {
    const started = process.cpuUsage();
    work();
    return process.cpuUsage(started).user / 1_000;
  });
  return Math.min(...runs);
}

describe('speed', () => {
  it('10,000 stories with 60,000 criteria are read at once, and half as many in half the time', () => {
    const [half, whole] = [documentOf(5_000), documentOf(10_000)];
    const once = cost(() => parsePrd(half, 'PRD.json'));
    const twice = cost(() => parsePrd(whole, 'PRD.json'));
    // Some 450 ms on a free core; the rest is room for a busy machine and an instrumented test.
    expect(twice).toBeLessThan(2_500);
    expect(twice).toBeLessThan(once * 3.5 + 200);
  });

  it('one long line, one long text and deep lists of positions cost no more than their length', () => {
    const megabyte = 1_000_000;
    const texts = [
      `{"userStories":[{"id":"A","title":"${'x'.repeat(megabyte)}"}]}`,
      `{"userStories":[${'null,'.repeat(megabyte / 5)}null]}`,
      `{"userStories":[{"id":"A","acceptanceCriteria":["${'`'.repeat(megabyte)}"]}]}`,
      `{"userStories":[{"id":"A","acceptanceCriteria":"${'- [ ] '.repeat(megabyte / 6)}"}]}`,
      `{"userStories":[{"id":"A","description":"${' '.repeat(megabyte)}"}]}`,
      `{${Array.from({ length: 50_000 }, (_, at) => `"key-${at}":[]`).join(',')}}`,
      '\n'.repeat(megabyte),
      '{"a":1'.repeat(megabyte / 6),
      '"'.repeat(megabyte),
      '/*'.repeat(megabyte / 2),
    ];
    for (const text of texts)
      expect(
        cost(() => parsePrd(text, 'PRD.json')),
        text.slice(0, 40),
      ).toBeLessThan(1_000);
  });
});
