import { describe, expect, it } from 'vitest';
import { type RefineFacts, refineWanted, whoBuilds } from '../../src/spec/dispatch.ts';
import { assumedCounts, type SplitFigures } from '../../src/spec/economics.ts';
import type { RefinedOrNot } from '../../src/spec/refine.ts';
import { refinement } from '../../src/spec/refinement.ts';
import { aStory } from '../helpers/stories.ts';
import { wireRefinement } from './wire-refinement.ts';

const winning: SplitFigures = {
  ...assumedCounts,
  orchestratorUsd: 1,
  delegateUsd: 0.1,
  refineUsd: 0.05,
  reviewUsd: 0.05,
};
const losing: SplitFigures = { ...winning, delegateUsd: 0.7 };

describe('is a story refined?', () => {
  const vague: RefineFacts = { mode: 'auto', role: 'delegate', readiness: 'refine first', figures: winning };

  it.each<[Partial<RefineFacts>, string]>([
    [{}, 'refine: it is not ready as it is written'],
    [{ readiness: 'keep' }, 'refine: it needs judgment'],
    [{ figures: null }, 'refine: it is not ready as it is written'],
    [{ readiness: 'delegate' }, 'as written: it is ready as it is written'],
    [{ figures: losing }, 'as written: a refine costs more than delegating saves'],
    [{ mode: 'always', readiness: 'delegate', figures: losing }, 'refine: every delegated story is refined'],
    [{ mode: 'never' }, 'as written: refining is switched off'],
    [{ mode: 'always', role: 'orchestrator' }, 'as written: the orchestrator builds it'],
  ])('%j: %s', (fields, decision) => {
    const { choice, because } = refineWanted({ ...vague, ...fields });
    expect(`${choice}: ${because}`).toBe(decision);
  });
});

describe('who builds a refined story?', () => {
  const story = aStory('US-1');
  const made = refinement.parse(wireRefinement('US-1', { route: 'orchestrator' }));
  const refined: RefinedOrNot = { kind: 'refined', story, refinement: made, dropped: [], open: [] };
  const not: RefinedOrNot = { kind: 'unrefined', story, reason: 'no answer' };

  it.each([
    ['refined and ready, whatever route it recommends', refined, 'refine first', 'delegate: refined'],
    [
      'still open',
      { ...refined, open: ['vague'] },
      'refine first',
      'orchestrator: still not ready after refining: vague',
    ],
    ['no answer, and ready anyway', not, 'delegate', 'delegate: not refined (no answer), and ready as it is written'],
    ['no answer, and not ready', not, 'keep', 'orchestrator: not refined (no answer), and not ready as it is written'],
  ] as const)('%s', (_, result, readiness, decision) => {
    const { choice, because } = whoBuilds(result, readiness);
    expect(`${choice}: ${because}`).toBe(decision);
  });
});
