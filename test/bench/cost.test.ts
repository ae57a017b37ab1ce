import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EventData, EventType } from '../../src/run/events.ts';
import { costTable } from './cost-table.ts';
import { type Played, play, readPiece } from './play.ts';
import { yardstick } from './yardstick.ts';

const delegated = ['US-054', 'US-055', 'US-056', 'US-057', 'US-058', 'US-059', 'US-060'];
let cart: Played;

beforeAll(async () => {
  cart = await play(await readPiece('examples/cart'), { models: {} });
}, 180_000);

const at = (type: EventType, matches: (data: never) => boolean): number =>
  cart.records.findIndex((record) => record.type === type && matches(record.data as never));
const all = <T extends EventType>(type: T): readonly EventData<T>[] =>
  cart.records.filter((record) => record.type === type).map((record) => record.data as EventData<T>);

describe('examples/cart', () => {
  it('lands every story', () => {
    expect({ exit: cart.exit, passes: cart.passes }).toEqual({ exit: 0, passes: 10 });
  });

  it('each delegated story is refined or judged ready before its delegate starts, after the last architectural one landed', () => {
    const architecture = Math.max(
      ...['US-051', 'US-052', 'US-053'].map((id) => at('landing.done', ({ story }: { story: string }) => story === id)),
    );
    for (const id of delegated) {
      const decided = at('spec.decided', ({ story }: { story: string }) => story === id);
      const started = at('attempt.started', ({ story }: { story: string }) => story === id);
      expect([id, decided > architecture, started > decided]).toEqual([id, true, true]);
    }
    expect(
      all('spec.decided')
        .filter(({ refined }) => refined)
        .map(({ story }) => story),
    ).toEqual(['US-054']);
  });

  it('one review comes back with findings, and the next attempt fixes them', () => {
    const reviews = all('review.finished').filter(({ story }) => story === 'US-057');
    expect(reviews).toMatchObject([
      { attempt: 1, verdict: 'revise', remarks: [{ path: 'src/views/product-list.js' }] },
      { attempt: 2, verdict: 'approved', remarks: [] },
    ]);
    expect(all('landing.done').find(({ story }) => story === 'US-057')).toMatchObject({
      attempt: 2,
      strength: 'reviewed',
    });
  });

  it('one note is learned, and stands in the prompts of later stories', () => {
    const [lesson] = all('lesson.learned');
    expect(lesson).toMatchObject({ story: 'US-057', text: expect.stringContaining('escapeHtml') });
    const later = all('spec.written').filter(({ story }) => story > 'US-057');
    expect(later.length).toBeGreaterThan(0);
    for (const { notes } of later) expect(notes).toHaveLength(1);
    expect(all('coaching.committed')).toMatchObject([{ lessons: 1 }]);
  });

  it('books every cent on a story and a step', () => {
    const sum = cart.bill.byStory.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0);
    expect(sum).toBeCloseTo(cart.bill.total.costUsd ?? 0, 9);
    expect(cart.bill.byStep.map(({ step }) => step)).toEqual(['refine', 'implement', 'review', 'diagnose']);
  });
});

const readme = readFileSync('README.md', 'utf8');
const shown = /<!-- cost of examples\/cart -->\n([\s\S]*?)\n<!-- end -->/.exec(readme)?.[1] ?? null;

/** Durations stand in what models read, so a token or two may differ from run to run. */
const figuresOf = (line: string): readonly number[] =>
  [...line.matchAll(/([\d.]+)(k?)/g)].map(([, digits, k]) => Number(digits) * (k === 'k' ? 1000 : 1));
const wordsOf = (line: string): string => line.replace(/[\d.]+k?/g, '#');

describe.runIf(shown !== null)('README.md', () => {
  it('its table of costs is that of the example; `npm run bench:cost -- --table cart` prints it', () => {
    const [now, before] = [costTable(cart), shown ?? ''].map((table) => table.trim().split('\n'));
    expect(before?.map(wordsOf)).toEqual(now?.map(wordsOf));
    for (const [index, line] of (now ?? []).entries()) {
      const old = figuresOf(before?.[index] ?? '');
      for (const [place, value] of figuresOf(line).entries()) {
        const difference = Math.abs(value - (old[place] ?? 0));
        expect([line, difference <= Math.max(0.0021, value * 0.05)]).toEqual([line, true]);
      }
    }
  });
});

describe('ten small stories', () => {
  it('cost at most thirteen cents at 5/25 and 1/5 with verification, all of it booked', {
    timeout: 180_000,
  }, async () => {
    const { exit, bill } = await play(yardstick(), { minCacheablePrefix: 1_024 });
    expect(exit).toBe(0);
    expect(bill.total.costUsd).toBeLessThanOrEqual(0.13);
    expect(bill.total).toMatchObject({ unpriced: 0, inDoubt: 0 });
  });
});
