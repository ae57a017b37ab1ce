import { describe, expect, it } from 'vitest';
import { lintStories, lintText, storiesText } from './lint-text.ts';

const good = ["`CartView` shows 'Sold out' when the stock is 0", 'npm test passes'];

function ready(fields: object, others: readonly object[] = []) {
  const report = lintStories([{ acceptanceCriteria: good, ...fields }, ...others.map((one) => ({ ...one }))]);
  const [story] = report.stories;
  return [story?.readiness, ...(story?.reasons.map(({ rule }) => rule) ?? [])];
}

describe('readiness', () => {
  it.each([
    ['a story with a place, facts and a proof', {}, ['delegate']],
    [
      'a vague criterion',
      { acceptanceCriteria: ['`CartView` works properly', ...good] },
      ['refine first', 'judgment/vague-adverb'],
    ],
    ['no proof', { acceptanceCriteria: good.slice(0, 1) }, ['refine first', 'verify/missing']],
    ['no criteria', { acceptanceCriteria: [] }, ['refine first', 'atomic/no-criteria']],
    ['an architectural title', { title: 'Migrate the cart to events' }, ['keep', 'delegate/architectural']],
    ['a decision', { acceptanceCriteria: ['Choose a state library', ...good] }, ['keep', 'judgment/open-decision']],
    ['the name of the orchestrator', { implementModel: 'orchestrator' }, ['delegate']],
    ['nobody', { implementModel: undefined }, ['delegate']],
  ])('of a story with %s', (_, fields, expected) => {
    expect(ready(fields)).toEqual(expected);
  });

  it('is judged as for a delegate, whoever holds the story', () => {
    const vague = { acceptanceCriteria: ['`CartView` works properly', ...good] };
    expect(ready({ ...vague, implementModel: 'orchestrator' })).toEqual(ready(vague));
  });

  it('keeps what shares a file with another open story', () => {
    const file = { acceptanceCriteria: ['`total` in src/cart.ts counts discounts', 'npm test passes'] };
    expect(ready(file, [{ ...file, title: 'Other' }])).toEqual(['keep', 'delegate/shared-state']);
    expect(ready(file, [{ ...file, title: 'Other', passes: true }])).toEqual(['delegate']);
  });

  it('refines stories with more than eight criteria', () => {
    const criteria = Array.from({ length: 8 }, (_, n) => `\`row(${n})\` returns ${n}`);
    expect(ready({ acceptanceCriteria: [...criteria, 'npm test passes'] })).toEqual([
      'refine first',
      'atomic/story-too-big',
    ]);
    expect(ready({ acceptanceCriteria: [...criteria.slice(1), 'npm test passes'] })).toEqual(['delegate']);
  });

  it('does not wait for a named check when something else runs', () => {
    const story = (criteria: readonly string[]) =>
      lintText(storiesText([{ acceptanceCriteria: criteria }])).stories[0]?.readiness;
    expect(story(["`CartView` shows 'Sold out'", 'Typecheck passes'])).toBe('refine first');
    expect(story(["`CartView` shows 'Sold out'", 'Typecheck passes', 'npm test passes'])).toBe('delegate');
  });

  it('names three reasons at most, the strongest first', () => {
    const [verdict, ...reasons] = ready({
      acceptanceCriteria: [
        'Make it larger',
        'Works properly',
        'Add tests if needed',
        'Choose colours as needed',
        'npm test passes',
      ],
    });
    expect(verdict).toBe('refine first');
    expect(reasons).toHaveLength(3);
    expect(reasons[0]).toBe('judgment/vague-adverb');
  });
});
