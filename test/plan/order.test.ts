import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCycle, orderStories } from '../../src/plan/order.ts';
import type { Role, Routed } from '../../src/plan/plan.ts';
import type { Story } from '../../src/prd/prd.ts';
import { aStory, planned } from '../helpers/stories.ts';

type Row = [id: string, role: Role, fields?: Partial<Story>];

const routed = (rows: readonly Row[]): Routed[] =>
  rows.map(([id, role, fields], index) => planned(aStory(id, { index, ...fields }), role));
const order = (rows: readonly Row[]): string[] =>
  orderStories(routed(rows)).map(({ story, phase }) => `${story.id}@${phase}`);

describe('orderStories', () => {
  it('the orchestrator goes first within a phase', () => {
    expect(
      order([
        ['a', 'orchestrator', { priority: 1 }],
        ['b', 'orchestrator', { priority: 2 }],
        ['c', 'delegate', { priority: 3 }],
      ]),
    ).toEqual(['a@1', 'b@1', 'c@1']);
  });

  it('a phase ends where an architectural story follows a delegated one', () => {
    expect(
      order([
        ['a', 'orchestrator'],
        ['b', 'delegate'],
        ['c', 'orchestrator'],
        ['d', 'delegate'],
      ]),
    ).toEqual(['a@1', 'b@1', 'c@2', 'd@2']);
  });

  it('a document that declares dependencies has one phase, and the orchestrator comes first in it', () => {
    expect(
      order([
        ['a', 'orchestrator'],
        ['b', 'delegate'],
        ['c', 'orchestrator', { dependsOn: ['a'] }],
      ]),
    ).toEqual(['a@1', 'c@1', 'b@1']);
  });

  it('a dependency overrides role and priority', () => {
    expect(
      order([
        ['a', 'orchestrator', { priority: 1, dependsOn: ['b'] }],
        ['b', 'delegate', { priority: 9 }],
      ]),
    ).toEqual(['b@1', 'a@1']);
  });

  it('priorities order equals by place in the document, and none comes last', () => {
    const rows: Row[] = [
      ['a', 'delegate'],
      ['b', 'delegate', { priority: 2 }],
      ['c', 'delegate', { priority: -1 }],
      ['d', 'delegate', { priority: 2 }],
    ];
    expect(order(rows)).toEqual(['c@1', 'b@1', 'd@1', 'a@1']);
  });

  it('integer phases run by value, named phases by first appearance, none comes last', () => {
    expect(
      order([
        ['a', 'delegate', { phase: 2 }],
        ['b', 'delegate', { phase: 1 }],
        ['c', 'delegate'],
      ]),
    ).toEqual(['b@1', 'a@2', 'c@3']);
    expect(
      order([
        ['a', 'delegate', { phase: 'polish' }],
        ['b', 'delegate', { phase: 'core' }],
      ]),
    ).toEqual(['a@1', 'b@2']);
  });

  it('every story comes after all it depends on, whatever the roles, phases and priorities', () => {
    const story = fc.record({
      delegate: fc.boolean(),
      priority: fc.integer({ min: 0, max: 3 }),
      needs: fc.array(fc.nat(20), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(story, { maxLength: 20 }), (stories) => {
        const rows = stories.map(({ delegate, priority, needs }, index): Row => {
          const dependsOn = needs.filter((need) => need < index).map(String);
          return [String(index), delegate ? 'delegate' : 'orchestrator', { priority, dependsOn }];
        });
        const ordered = orderStories(routed(rows)).map((one) => one.story);
        const place = new Map(ordered.map(({ id }, index) => [id, index]));
        expect(ordered).toHaveLength(rows.length);
        for (const { id, dependsOn } of ordered) {
          for (const need of dependsOn) expect(place.get(need)).toBeLessThan(place.get(id) ?? -1);
        }
      }),
    );
  });

  it('orders 10,000 stories of one chain without running out of stack', () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, index): Row => [String(index), 'delegate', { dependsOn: index === 0 ? [] : [String(index - 1)] }],
    );
    expect(orderStories(routed(rows))).toHaveLength(10_000);
    expect(findCycle(routed(rows).map((one) => one.story))).toBeNull();
  });
});

describe('findCycle', () => {
  it.each([
    ['a story that depends on itself', { a: ['a'] }, ['a']],
    ['a circle of three', { a: ['b'], b: ['c'], c: ['a'] }, ['a', 'b', 'c']],
    ['a circle behind a tail', { t: ['a'], a: ['b'], b: ['a'] }, ['a', 'b']],
    ['a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, null],
    ['an unknown id', { a: ['nowhere'] }, null],
  ])('%s', (_, graph: Record<string, string[]>, cycle) => {
    const stories = Object.entries(graph).map(([id, dependsOn]) => aStory(id, { dependsOn }));
    expect(findCycle(stories)).toEqual(cycle);
  });
});
