import { describe, expect, it } from 'vitest';
import { type PlanOptions, planRun } from '../../src/plan/plan-run.ts';
import { parsePrd } from '../../src/prd/parse.ts';
import { testRoster } from '../helpers/stories.ts';

const proven = ['Verify: npm test'];
const story = (id: string, fields: Record<string, unknown> = {}) => ({
  id,
  title: `Story ${id}`,
  acceptanceCriteria: proven,
  passes: false,
  ...fields,
});
const options: PlanOptions = {
  selected: null,
  blocked: new Map(),
  upgrade: null,
  nearest: (_, known) => known[0] ?? null,
};

function plan(userStories: readonly unknown[], changes: Partial<PlanOptions> = {}) {
  const parsed = parsePrd(JSON.stringify({ userStories }, null, 2), 'PRD.json');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  const planned = planRun(parsed.document, parsed.document.prd, testRoster, { ...options, ...changes });
  return {
    problems: planned.problems,
    stories: planned.plan.stories.map(({ story: { id }, role, wave, state }) => `${wave} ${id} ${role} ${state.kind}`),
  };
}

describe('planRun', () => {
  it('lists what runs in running order, then the rest in document order', () => {
    const prose = { acceptanceCriteria: ['It looks nice'] };
    const stories = [
      story('D', prose),
      story('A', { passes: true }),
      story('C'),
      story('B', { implementModel: 'delegate' }),
    ];
    const lines = [
      '1 C orchestrator ready',
      '2 B delegate ready',
      '0 D orchestrator unprovable',
      '0 A orchestrator passes',
    ];
    expect(plan(stories)).toEqual({ problems: [], stories: lines });
  });

  it('a story without any verify command is never ready', () => {
    expect(plan([story('A', { acceptanceCriteria: ['Shows a badge', 'Typecheck passes'] })]).stories).toEqual([
      '0 A orchestrator unprovable',
    ]);
  });

  it('what waits for a story that cannot run waits, and so does what waits for that', () => {
    const stories = [
      story('A', { acceptanceCriteria: [] }),
      story('B', { dependsOn: ['A'] }),
      story('C', { dependsOn: ['B'] }),
    ];
    expect(plan(stories).stories).toEqual([
      '0 A orchestrator unprovable',
      '0 B orchestrator waits',
      '0 C orchestrator waits',
    ]);
  });

  it('only the stories that were named run', () => {
    expect(plan([story('A'), story('B')], { selected: ['B'] }).stories).toEqual([
      '1 B orchestrator ready',
      '0 A orchestrator not-selected',
    ]);
  });

  it('a deferred story runs when it is named, and only then', () => {
    const deferred = [{ ...story('A'), passes: undefined, status: 'deferred' }];
    expect(plan(deferred).stories).toEqual(['0 A orchestrator on-hold']);
    expect(plan(deferred, { selected: ['A'] }).stories).toEqual(['1 A orchestrator ready']);
  });

  it('a story that was blocked and has not changed runs when it is named, and only then', () => {
    const blocked = new Map([['A', '`npm test` failed']]);
    expect(plan([story('A')], { blocked }).stories).toEqual(['0 A orchestrator blocked']);
    expect(plan([story('A')], { blocked, selected: ['A'] }).stories).toEqual(['1 A orchestrator ready']);
  });
});

describe('problems that stop a run before it spends money', () => {
  it.each([
    ['an unknown id', [story('A')], { selected: ['X'] }, { code: 'unknown-story', story: 'X', near: 'A', known: 1 }],
    [
      'an unknown dependency',
      [story('A', { dependsOn: ['X'] })],
      {},
      { code: 'unknown-dependency', story: 'A', missing: 'X', near: 'A' },
    ],
    ['a dependency on itself', [story('A', { dependsOn: ['A'] })], {}, { code: 'dependency-cycle', stories: ['A'] }],
    [
      'a circle',
      [story('A', { dependsOn: ['B'] }), story('B', { dependsOn: ['A'] })],
      {},
      { code: 'dependency-cycle', stories: ['A', 'B'] },
    ],
    [
      'an unknown model',
      [story('A', { implementModel: 'sonet' })],
      {},
      { code: 'unknown-model', story: 'A', model: 'sonet' },
    ],
    ['an id twice', [story('A'), story('A')], {}, { code: 'duplicate-story-id', story: 'A' }],
    ['no id', [{ ...story('A'), id: undefined }], {}, { code: 'missing-story-id', title: 'Story A' }],
  ] as const)('%s', (_, stories, changes, problem) => {
    expect(plan(stories, changes as Partial<PlanOptions>).problems).toMatchObject([problem]);
  });

  it('a finished story may name models and stories that are gone', () => {
    expect(plan([story('A', { passes: true, implementModel: 'gone', dependsOn: ['X'] })]).problems).toEqual([]);
  });

  it('an unknown model says where it stands', () => {
    expect(plan([story('A', { implementModel: 'sonet' })]).problems[0]).toMatchObject({
      at: { file: 'PRD.json', line: 10 },
    });
  });
});
