import { describe, expect, it } from 'vitest';
import { lint } from '../../src/lint/lint.ts';
import { parsePrd } from '../../src/prd/parse.ts';
import { lintText, storiesText } from './lint-text.ts';

const units = [
  'a',
  ' ',
  '`',
  '(',
  '[',
  '"',
  "'",
  '“',
  '-',
  ' — ',
  'and ',
  'e\u0301',
  '- [ ] ',
  '\n',
  '; ',
  ': ',
  ', ',
  'clear ',
  'manually ',
  'if needed ',
  'when, ',
  'no ',
  'all the ',
  '1 ',
  'US-1 ',
  'src/a.ts ',
  '`a` ',
  '<!--',
  '正确',
  'Verify: ',
];

/** User CPU time of linting a text, in ms: other processes must not make this test fail. */
function cpuMs(text: string): number {
  const before = process.cpuUsage();
  const parsed = parsePrd(text, 'PRD.json');
  if (parsed.kind === 'read')
    lint(parsed.document, { roleOf: () => 'delegate', config: {}, repo: null, all: true, pedantic: true });
  return process.cpuUsage(before).user / 1000;
}

function story(criterion: string): string {
  return storiesText([{ acceptanceCriteria: [criterion] }]);
}

/** Ten criteria to a story, each as long as is judged. */
function manyStories(unit: string, length: number): string {
  const criterion = unit.repeat(Math.ceil(3_900 / unit.length));
  const stories = Array.from({ length: Math.ceil(length / 39_000) }, (_, n) => ({
    id: `S-${n}`,
    acceptanceCriteria: Array.from({ length: 10 }, () => criterion),
  }));
  return storiesText(stories);
}

describe('a megabyte of', () => {
  it.each(units.map((unit) => [JSON.stringify(unit), unit] as const))('%s is judged in linear time', (_, unit) => {
    const whole = unit.repeat(1_000_000 / unit.length);
    const half = whole.slice(0, 500_000);
    for (const text of [
      story,
      (one: string) => storiesText([{ title: one, acceptanceCriteria: ['x'] }]),
      (one: string) => one,
    ]) {
      expect(cpuMs(text(whole))).toBeLessThan(1_000 + 2.5 * cpuMs(text(half)));
    }
    const [first, second] = [manyStories(unit, 250_000), manyStories(unit, 500_000)].map(cpuMs);
    expect(second).toBeLessThan(500 + 2.5 * (first ?? 0));
  });
});

describe('a criterion longer than is judged', () => {
  it('is said to be too long, never passed over', () => {
    const long = `${'shows a row of the list. '.repeat(400)}`;
    const found = lintText(story(long)).findings.map(({ rule, message }) => [rule, message]);
    expect(found).toContainEqual(['atomic/compound-criterion', 'this is far too long for one criterion']);
  });
});

describe('ten thousand stories', () => {
  const sentences = [
    "Shows 'Sold out' when the stock is 0",
    'The total is 22px bold, above the subtotal',
    '`GET /cart` returns `id`, `total` and `currency`',
    'Uploads are retried three times, then the row turns red',
    'Errors are handled appropriately',
    'npm test -- cart passes',
  ];
  const stories = Array.from({ length: 10_000 }, (_, n) => ({
    id: `US-${n}`,
    title: `Row number ${n} of the cart`,
    acceptanceCriteria: sentences.map((sentence) => `${sentence} (row ${n})`),
  }));

  it('are judged in a few seconds of CPU time even on a busy machine', () => {
    const parsed = parsePrd(storiesText(stories), 'PRD.json');
    if (parsed.kind === 'refused') throw new Error('refused');
    const { document } = parsed;
    const judge = (): number => {
      const before = process.cpuUsage();
      const { findings } = lint(document, { roleOf: () => 'delegate', config: {}, repo: null });
      expect(findings.length).toBeGreaterThanOrEqual(10_000);
      return process.cpuUsage(before).user / 1000;
    };
    judge();
    // The aim is one second on an idle core; a test on a shared one must leave room.
    expect(judge()).toBeLessThan(4_000);
  });
});
