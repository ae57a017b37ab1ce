import { describe, expect, it } from 'vitest';
import { ids, lintCriterion, lintStories, lintStory, lintText, repoFacts, storiesText } from './lint-text.ts';

function found(group: string, fields: object, options: object = {}): readonly string[] {
  const { findings } = lintStory(fields as Record<string, unknown>, options);
  return ids(findings).flatMap((id) => (id.startsWith(`${group}/`) ? [id.slice(group.length + 1)] : []));
}

describe('context', () => {
  it.each([
    ['Read the SDK docs before coding', ['process-step']],
    ['Open the mockup and compare the header', ['process-step']],
    ['Read `limit` from the query', []],
    ['Update the relevant modules', ['unnamed-thing']],
    ['Extend the existing service', ['unnamed-thing']],
    ['Extend the existing service `CartService`', []],
    ['Rate limits', ['fragment']],
    ['Login works', []],
    ['Shows totals', []],
    ['Columns:', ['fragment']],
    ['Rate limit: 5 calls a minute', []],
    ['TODO: describe the layout', ['placeholder']],
    ['lorem ipsum dolor', ['placeholder']],
    ['[insert criterion here]', ['placeholder']],
    ['Criterion 1', ['placeholder']],
    ["Shows 'TODO' as column title", []],
    ['Lists every todo of the day', []],
  ])('%s: %j', (criterion, expected) => {
    expect(found('context', { description: 'Part of `show()`', acceptanceCriteria: [criterion] })).toEqual(expected);
  });

  it('a reference to another story adds the dependency, unless the two would wait for each other', () => {
    const stories = (dependsOn: readonly string[]) =>
      lintStories([
        { id: 'US-001', dependsOn },
        { id: 'US-002', title: 'Second', acceptanceCriteria: ['Uses the route from US-001'] },
      ]).findings.find(({ rule }) => rule === 'context/story-ref');
    expect(stories([])?.edits).toEqual([{ kind: 'set', path: ['userStories', 1, 'dependsOn'], value: ['US-001'] }]);
    expect(stories(['US-002'])?.fix).toBeNull();
  });

  it('a number that is no story of this file is no reference', () => {
    expect(found('context', { description: '`x()`', acceptanceCriteria: ['Shows WCAG-2 and US-099'] })).toEqual([]);
  });

  it.each([
    ['Edit src/crat.ts', ['missing-file']],
    ['Edit src/cart.ts', []],
    ['Edit cart.ts', []],
    ['Create src/rate.ts', []],
  ])('with a repository, %s: %j', (criterion, expected) => {
    const repo = repoFacts({ paths: new Set(['src/cart.ts']) });
    expect(found('context', { acceptanceCriteria: [criterion] }, { repo })).toEqual(expected);
  });

  it('a file that an earlier story or the same one makes is there', () => {
    const repo = repoFacts({ paths: new Set(['src/cart.ts']) });
    const { findings } = lintStories(
      [
        { acceptanceCriteria: ['Edit src/tax.ts', 'Create src/tax.ts', 'Create src/rate.ts'] },
        { title: 'Second', acceptanceCriteria: ['Edit src/rate.ts'] },
      ],
      { repo },
    );
    expect(ids(findings)).not.toContain('context/missing-file');
  });
});

describe('atomic', () => {
  it.each([
    ['Alerts are listed by date; a weekly scan runs on Monday', ['compound-criterion']],
    ['Shows icon, title, date and author', []],
    ['The list is short. The map is wide. The menu is dark', ['compound-criterion']],
    ['- [ ] Shows the total\n- [ ] Shows the currency', ['checklist-in-string']],
    ['A\nB', []],
    ['x'.repeat(4_001), ['compound-criterion']],
  ])('%j: %j', (criterion, expected) => {
    expect(found('atomic', { acceptanceCriteria: [criterion] })).toEqual(expected);
  });

  it.each([
    ['Add login and rewrite billing', ['several-features']],
    ['Add search and filter', []],
    ['Cart and checkout', []],
  ])('the title %s: %j', (title, expected) => {
    expect(found('atomic', { title, acceptanceCriteria: ['Shows the total'] })).toEqual(expected);
  });

  it('a long story is too big by its words', () => {
    const criteria = Array.from({ length: 5 }, (_, n) => `Row ${n} ${'shows one more number '.repeat(12)}`);
    expect(found('atomic', { acceptanceCriteria: criteria })).toEqual(['story-too-big']);
  });
});

describe('delegate', () => {
  const cart = (title: string, more: object = {}) => ({
    title,
    acceptanceCriteria: ['`total` in src/cart.ts rounds'],
    ...more,
  });

  it.each([
    ['two open stories name one file', [cart('A'), cart('B')], ['US-001', 'US-002']],
    ['one waits for the other', [cart('A'), cart('B', { dependsOn: ['US-001'] })], []],
    ['one waits through a third', [cart('A'), { dependsOn: ['US-001'] }, cart('C', { dependsOn: ['US-002'] })], []],
    ['one is done', [cart('A', { passes: true }), cart('B')], []],
    [
      'the file is prose',
      [{ acceptanceCriteria: ['README.md says `a`'] }, { title: 'B', acceptanceCriteria: ['README.md says `b`'] }],
      [],
    ],
    ['the scope names it', [{ files: ['src/cart.ts'] }, cart('B')], ['US-001', 'US-002']],
    ['a root file is touched', [{ acceptanceCriteria: ['Add a column to prisma/schema.prisma'] }], ['US-001']],
    ['a global store is meant', [{ acceptanceCriteria: ['The global store keeps `total`'] }], ['US-001']],
  ])('shared state: %s', (_, stories, expected) => {
    const { findings } = lintStories(stories);
    expect(findings.filter(({ rule }) => rule === 'delegate/shared-state').map(({ story }) => story)).toEqual(expected);
  });

  it.each([
    ['Restructure the cart module', true],
    ['Set up the test harness', true],
    ['Refactor across all modules', true],
    ['Design the data model', true],
    ['Design tokens page', false],
    ['Refactor `total()`', false],
    ['Build the success screen', false],
  ])('architectural: %s is %s', (title, expected) => {
    expect(found('delegate', { title, acceptanceCriteria: ['`x()` is 1'] }).includes('architectural')).toBe(expected);
  });

  it('the first of a kind is the orchestrator’s, until one is done or in the tree', () => {
    const stories = [{ title: 'Cart screen' }, { title: 'Orders screen' }, { title: 'Help screen' }];
    const first = (more: readonly object[], repo: object | null) =>
      lintStories([...stories, ...more.map((one) => ({ ...one }))], { repo: repo === null ? null : repoFacts(repo) })
        .findings.filter(({ rule }) => rule === 'delegate/first-of-kind')
        .map(({ story, message, confidence }) => [story, message, confidence]);
    expect(first([], null)).toEqual([['US-001', 'first `screen` of 3', 'medium']]);
    expect(first([], { paths: new Set(['src/a.ts']) })).toEqual([['US-001', 'first `screen` of 3', 'high']]);
    expect(first([], { paths: new Set(['src/HomeScreen.tsx']) })).toEqual([]);
    expect(first([{ title: 'Home screen', passes: true }], null)).toEqual([]);
  });

  it('stories without a model are counted once per file', () => {
    const { findings } = lintStories([
      { implementModel: undefined },
      { title: 'B', implementModel: undefined },
      { title: 'C' },
    ]);
    expect(
      findings.filter(({ rule }) => rule === 'delegate/no-model').map(({ message, story }) => [message, story]),
    ).toEqual([['2 open stories have no `implementModel` and go to the orchestrator', null]]);
  });

  it('nobody knows a model that nobody listed', () => {
    const fields = { implementModel: 'sonet', acceptanceCriteria: ['`x()` is 1'] };
    expect(found('delegate', fields)).toEqual(['unknown-model']);
    expect(found('delegate', fields, { models: null })).toEqual([]);
  });
});

describe('file', () => {
  function file(stories: readonly object[], top: object = {}, options: object = {}) {
    const { findings } = lintText(
      storiesText(
        stories.map((one) => ({ ...one })),
        top,
      ),
      options,
    );
    return findings
      .filter(({ rule }) => rule.startsWith('file/'))
      .map(({ rule, story, message }) => [rule.slice(5), story, message]);
  }

  it('names both ends of a bad dependency', () => {
    expect(file([{ id: 'US-001' }, { id: 'US-002', dependsOn: ['US-011'] }])).toEqual([
      ['unknown-dependency', 'US-002', '`US-002` depends on unknown `US-011`'],
    ]);
  });

  it('prints a circle once', () => {
    const circle = [
      { id: 'A', dependsOn: ['B'] },
      { id: 'B', dependsOn: ['C'] },
      { id: 'C', dependsOn: ['A'] },
      { id: 'D', dependsOn: ['A'] },
    ];
    expect(file(circle)).toEqual([['dependency-cycle', 'A', 'depends on itself: `A` → `B` → `C` → `A`']]);
    expect(file([{ id: 'A', dependsOn: ['A'] }])).toEqual([['dependency-cycle', 'A', 'depends on itself: `A` → `A`']]);
  });

  it('survives a chain of ten thousand dependencies', () => {
    const chain = Array.from({ length: 10_000 }, (_, n) => ({
      id: `S-${n}`,
      title: `T ${n}`,
      dependsOn: n === 9_999 ? [] : [`S-${n + 1}`],
    }));
    expect(file(chain)).toEqual([]);
  });

  it.each([
    ['\u202e', '`U+202E`'],
    ['\u200b', '`U+200B`'],
    ['\u0007', '`U+0007`'],
    ['<!-- obey -->', 'HTML comment'],
  ])('finds %j outside of code', (hidden, name) => {
    expect(file([{ acceptanceCriteria: [`Shows ${hidden} the total`] }])).toEqual([
      ['hidden-characters', 'US-001', `hidden ${name} in criterion 1`],
    ]);
    expect(file([{ notes: `Mind ${hidden} this` }])).toHaveLength(1);
  });

  it.each(['Café 🎉', '👨‍👩‍👧 share a cart', 'a `<!-- x -->` span', 'نمی‌خواهم'])('leaves %s alone', (text) => {
    expect(file([{ acceptanceCriteria: [text] }]).filter(([rule]) => rule === 'hidden-characters')).toEqual([]);
  });

  it('asks for evidence only where evidence is kept', () => {
    const stories = [{ passes: true }];
    expect(file(stories, {}, { repo: repoFacts() })).toEqual([]);
    expect(file(stories, {}, { repo: repoFacts({ evidence: new Set() }) })).toEqual([
      ['passes-without-evidence', 'US-001', '`US-001` passes without evidence'],
    ]);
  });

  it('says once that a language has no lexicon', () => {
    const criteria = ['Het menu wordt niet getoond', 'De knop zijn niet zichtbaar'];
    expect(file([{ acceptanceCriteria: criteria }, { title: 'B', acceptanceCriteria: criteria }])).toEqual([
      ['unsupported-language', null, 'criteria look in a language without a word list: judgment rules are skipped'],
    ]);
  });
});

it('a criterion of a finished story makes no finding', () => {
  expect(lintCriterion('Works well', { all: false }).length).toBeGreaterThan(0);
  expect(lintStory({ passes: true, acceptanceCriteria: ['Works well'] }).findings).toEqual([]);
});
