import { describe, expect, it } from 'vitest';
import { importPlan } from '../../../src/prd/import/import.ts';
import type { ImportFormat } from '../../../src/prd/import/imported.ts';
import { prdSchema } from '../../../src/prd/schema.ts';

const request = { from: null, includeDone: false, tag: null, spec: null, schema: './s.json' };

/** The PRD that comes out of a plan, as a value that answers to the schema. */
function imported(text: string, more: Partial<Parameters<typeof importPlan>[2]> = {}, file = 'plan') {
  const result = importPlan(text, file, { ...request, ...more });
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
  const value = JSON.parse(result.text);
  expect(prdSchema.safeParse(value)).toMatchObject({ success: true });
  return { ...result, value, stories: value.userStories };
}

const json = (value: unknown, more = {}) => imported(JSON.stringify(value), more);
const refused = (text: string, more: Partial<Parameters<typeof importPlan>[2]> = {}, file = 'plan') => {
  const result = importPlan(text, file, { ...request, ...more });
  return result.kind === 'refused' ? result.problems[0] : null;
};

describe('a Markdown PRD', () => {
  const markdown = `# PRD: Shop cart

A cart for the shop.

## Goals
- sell more

## User Stories

### US-001: Cart view
**Description:** As a buyer I want to see my cart.

**Acceptance Criteria:**
- [ ] **[UI stories only]** shows \`total\`
- [x] Tests pass
  and stay green
<!-- - [ ] a comment -->

**Priority:** High
**Model:** \`sonnet\`

### US-002: Checkout
**Depends on:** US-001
#### Acceptance Criteria
1. pays once

\`\`\`md
### US-009: An example in a code block
\`\`\`

### US-003: Old
**Status:** done

## Functional Requirements
- FR-1: The cart must be fast
`;

  it('gives a story for each heading that names one', () => {
    expect(imported(markdown).value).toEqual({
      $schema: './s.json',
      project: 'Shop cart',
      description: 'A cart for the shop.',
      notes: 'Goals:\n- sell more\nFunctional Requirements:\n- FR-1: The cart must be fast',
      userStories: [
        {
          id: 'US-001',
          title: 'Cart view',
          description: 'As a buyer I want to see my cart.',
          implementModel: 'sonnet',
          acceptanceCriteria: ['shows `total`', 'Tests pass and stay green'],
          priority: 1,
          passes: false,
        },
        { id: 'US-002', title: 'Checkout', acceptanceCriteria: ['pays once'], dependsOn: ['US-001'], passes: false },
      ],
    });
  });

  it('leaves out what is done there, and never believes it', () => {
    expect(imported(markdown).leftOut).toBe(1);
    const all = imported(markdown, { includeDone: true });
    expect([all.leftOut, all.stories.at(-1)]).toMatchObject([0, { id: 'US-003', passes: false }]);
  });

  it.each([
    ['### US-001: A', 'US-001', 'A'],
    ['## [AUTH-UI-3] B', 'AUTH-UI-3', 'B'],
    ['#### Story 1: C', 'US-001', 'C'],
    ['### User Story 2 - D', 'US-002', 'D'],
    ['### **US-4** – E', 'US-4', 'E'],
  ])('knows the heading %j', (heading, id, title) => {
    expect(imported(`# P\n${heading}\n- [ ] x is 1\n`).stories).toMatchObject([
      { id, title, acceptanceCriteria: ['x is 1'] },
    ]);
  });

  it('without story headings: the top items of a checklist are stories, those below say when they are done', () => {
    const text = '# P\n- [ ] Cart\n  - shows total\n  - [ ] is fast\n- [x] Old\n- [ ] Checkout\n';
    const { stories, leftOut } = imported(text);
    expect(leftOut).toBe(1);
    expect(stories).toMatchObject([
      { id: 'US-001', title: 'Cart', acceptanceCriteria: ['shows total', 'is fast'] },
      { id: 'US-003', title: 'Checkout', acceptanceCriteria: [] },
    ]);
  });

  it('takes its name from the front matter, and ids are unique', () => {
    const text = '---\ntitle: "Shop"\n---\n# x\n### US-1: A\n### US-1: B\n';
    expect(imported(text).value).toMatchObject({ project: 'Shop', userStories: [{ id: 'US-1' }, { id: 'US-1-2' }] });
  });

  it('without a single story is refused', () => {
    expect(refused('# P\n\ntext\n')).toMatchObject({ code: 'no-stories' });
  });
});

describe('feature_list.json', () => {
  it('takes the steps that observe as criteria', () => {
    const plan = [
      {
        category: 'ui',
        description: 'The cart shows a total. It is fast.',
        steps: ['Open the cart', 'Verify the total is 3', 'The badge should be red'],
        passes: false,
      },
      { description: 'Old', steps: ['x'], passes: true },
      { description: 'Plain', steps: ['Click'], passes: false },
    ];
    const { stories, format, leftOut } = json(plan);
    expect([format, leftOut]).toEqual(['feature-list', 1]);
    expect(stories).toMatchObject([
      {
        id: 'F-001',
        title: 'The cart shows a total',
        acceptanceCriteria: ['Verify the total is 3 (after: Open the cart)', 'The badge should be red'],
        notes: 'Category: ui',
      },
      { id: 'F-003', acceptanceCriteria: ['Plain'] },
    ]);
  });

  it('names the entry that is no feature, and where it stands', () => {
    expect(refused('[\n  { "steps": [], "passes": false },\n  3\n]')).toEqual({
      code: 'wrong-type',
      at: { file: 'plan', line: 3, column: 3 },
      what: 'entry 2',
      expected: 'an object',
      found: 'number',
    });
  });
});

describe('tasks.json of Task Master', () => {
  const task = {
    id: 1,
    title: 'A',
    description: 'd',
    details: 'e',
    testStrategy: 'x is 1',
    status: 'pending',
    priority: 'high',
  };
  const parts = [
    { id: 1, title: 'P1', status: 'pending' },
    { id: 2, title: 'P2', status: 'pending', dependencies: [1] },
  ];

  it('gives a story for each task, and for each part of one that has parts', () => {
    const tasks = [
      task,
      { ...task, id: 3, title: 'C', dependencies: [1], subtasks: parts },
      { ...task, id: 4, dependencies: [3], relevantFiles: [{ path: 'a.ts' }] },
      { ...task, id: 5, status: 'cancelled' },
      { ...task, id: 6, status: 'done' },
    ];
    const { stories, leftOut } = json({ master: { tasks } });
    expect(leftOut).toBe(2);
    expect(stories).toMatchObject([
      { id: '1', title: 'A', description: 'd\n\ne', acceptanceCriteria: ['x is 1'], priority: 1 },
      { id: '3.1', title: 'P1', dependsOn: ['1'], priority: 1, notes: 'Part of 3: C' },
      { id: '3.2', title: 'P2', dependsOn: ['3.1'] },
      { id: '4', dependsOn: ['3.2'], files: ['a.ts'] },
    ]);
  });

  it.each<[string, object, string | null, string]>([
    ['the only list', { cart: { tasks: [task] } }, null, 'A'],
    ['the list that is named', { master: { tasks: [] }, cart: { tasks: [{ ...task, title: 'B' }] } }, 'cart', 'B'],
    ['a file without lists', { tasks: [task], metadata: {} }, null, 'A'],
  ])('reads %s', (_, plan, tag, title) => expect(json(plan, { tag }).stories).toMatchObject([{ title }]));

  it.each([[null], ['nope']])('says which lists there are when %j names none', (tag) => {
    const plan = JSON.stringify({ a: { tasks: [task] }, b: { tasks: [] } });
    expect(refused(plan, { tag })).toMatchObject({ code: 'usage', hint: 'add `--tag a`; it has a, b' });
  });
});

describe('tasks.md of Spec Kit', () => {
  const tasks = `# Tasks: Cart

## Phase 1: Setup
- [ ] T001 Create src/index.ts
- [x] T002 [P] Configure eslint

## Phase 3: User Story 1 - See it (Priority: P1)
**Goal**: see it
**Independent Test**: open /cart and see 3

- [ ] T003 [P] [US1] Create Cart in src/cart.ts
- [ ] T004 [US1] Show it in src/view.ts (depends on T003)
- [ ] TXXX [P] a sample
`;
  const spec = `# Spec
### User Story 1 - See it (Priority: P1)
**Acceptance Scenarios**:
1. **Given** a cart, **When** it is opened, **Then** it shows 3
### User Story 2 - Other
1. **Given** x, **Then** y
`;

  it('gives a story for each task, in the order that its marks ask for', () => {
    const { stories, format, leftOut } = imported(tasks, { spec });
    expect([format, leftOut]).toEqual(['spec-kit', 1]);
    expect(stories).toEqual([
      {
        id: 'T001',
        title: 'Create src/index.ts',
        description: 'Create src/index.ts',
        acceptanceCriteria: ['Create src/index.ts'],
        phase: 1,
        files: ['src/index.ts'],
        passes: false,
      },
      expect.objectContaining({ id: 'T003', phase: 3, files: ['src/cart.ts'], notes: 'US1' }),
      expect.objectContaining({
        id: 'T004',
        dependsOn: ['T003'],
        acceptanceCriteria: [
          'Show it in src/view.ts (depends on T003)',
          'open /cart and see 3',
          'Given a cart, When it is opened, Then it shows 3',
        ],
      }),
    ]);
  });

  it('lets every story wait for what comes before all of them', () => {
    const { stories } = imported(tasks.replaceAll('[x]', '[ ]'));
    expect(stories.map((story: { dependsOn?: string[] }) => story.dependsOn)).toEqual([
      undefined,
      undefined,
      ['T002'],
      ['T003', 'T002'],
    ]);
  });
});

describe('GitHub issues', () => {
  const issue = {
    number: 12,
    title: 'Cart',
    body: 'Why.\n\n## Acceptance criteria\n- [ ] total is 3\n- [ ] #11\n\n## Other\n- [ ] no\n\nBlocked by #10, #9',
    labels: [{ name: 'priority: high' }, { name: 'model:haiku' }],
    milestone: { title: 'M1' },
    state: 'OPEN',
  };

  it('gives a story for each open issue', () => {
    const others = [9, 10, 11].map((number) => ({ number, title: 'x', state: 'open', body: null }));
    const { stories } = json([...others, issue]);
    expect(stories.at(-1)).toEqual({
      id: 'GH-12',
      title: 'Cart',
      description: 'Why.\nBlocked by #10, #9',
      implementModel: 'haiku',
      acceptanceCriteria: ['total is 3'],
      priority: 1,
      dependsOn: ['GH-10', 'GH-9', 'GH-11'],
      phase: 'M1',
      passes: false,
    });
  });

  it('leaves out what is closed, for either reason, and pull requests', () => {
    const closed = { ...issue, state: 'closed' };
    const plan = [
      { ...closed, number: 1, state_reason: 'completed' },
      { ...closed, number: 2, stateReason: 'NOT_PLANNED' },
      { ...issue, number: 3, pull_request: {} },
      { ...issue, number: 4 },
    ];
    expect(json(plan)).toMatchObject({ leftOut: 2, lost: ['1 pull requests'], stories: [{ id: 'GH-4' }] });
    expect(json(plan, { includeDone: true }).stories).toMatchObject([{ id: 'GH-1', passes: false }, { id: 'GH-4' }]);
  });

  it('takes every box where no heading asks for criteria', () => {
    expect(json([{ ...issue, body: 'text\n- no box\n- [ ] box' }]).stories).toMatchObject([
      { acceptanceCriteria: ['box'] },
    ]);
  });
});

describe('what a plan is', () => {
  it.each<[string, string, RegExp, string?]>([
    ['YAML', 'stories:\n  - a: 1\n', /looks like YAML/, 'plan.yaml'],
    ['JSONL', '{"id":1}\n{"id":2}\n', /JSONL/],
    ['a PRD', '{ "userStories": [] }', /like none of them/],
    ['prose', 'hello', /neither headings nor lists/],
  ])('is not guessed for %s', (_, text, what, file = 'plan') => {
    expect(refused(text, {}, file)).toMatchObject({ code: 'usage', what: expect.stringMatching(what) });
  });

  it('is refused with the place where its JSON breaks', () => {
    expect(refused('[\n  { "steps": [], }\n  { }\n]')).toMatchObject({ code: 'invalid-json', at: { line: 3 } });
    expect(refused('')).toMatchObject({ code: 'file-empty' });
  });

  it.each<[ImportFormat, string]>([
    ['feature-list', '{}'],
    ['task-master', '[]'],
    ['github-issues', '"x"'],
    ['spec-kit', '# nothing'],
    ['markdown', ''],
  ])('may be said, and then holds no story as %s', (from, text) => {
    expect(refused(text, { from })?.code).toMatch(/no-stories|file-empty/);
  });
});
