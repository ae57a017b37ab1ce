import { describe, expect, it } from 'vitest';
import { routeStory } from '../../src/plan/route.ts';
import { aStory, testRoster } from '../helpers/stories.ts';

const route = (implementModel: string | null, upgrade: ((id: string) => string | null) | null = null) => {
  const routed = routeStory(aStory('US-1', { implementModel }), testRoster, upgrade && ((story) => upgrade(story.id)));
  return routed && { role: routed.role, model: routed.model, modelId: routed.modelId, reason: routed.reason };
};

describe('routeStory', () => {
  it.each([
    ['orchestrator', 'orchestrator', 'opus', 'big-1'],
    ['delegate', 'delegate', 'sonnet', 'mid-1'],
    ['opus', 'orchestrator', 'opus', 'big-1'],
    ['big-1', 'orchestrator', 'big-1', 'big-1'],
    ['sonnet', 'delegate', 'sonnet', 'mid-1'],
    ['haiku', 'delegate', 'haiku', 'small-1'],
    [' haiku ', 'delegate', 'haiku', 'small-1'],
  ])('%j goes to the %s as %s', (value, role, model, modelId) => {
    expect(route(value)).toEqual({ role, model, modelId, reason: { kind: 'explicit', value: value.trim() } });
  });

  it.each([null, '', '  '])('a missing model (%j) means the orchestrator: start conservative', (value) => {
    expect(route(value)).toEqual({
      role: 'orchestrator',
      model: 'opus',
      modelId: 'big-1',
      reason: { kind: 'default' },
    });
  });

  it('nobody guesses an unknown name', () => {
    expect(route('sonet')).toBeNull();
  });

  it('an upgrade moves a delegated story up and keeps its reason', () => {
    expect(route('haiku', () => 'touches shared state')).toEqual({
      role: 'orchestrator',
      model: 'opus',
      modelId: 'big-1',
      reason: { kind: 'upgraded', because: 'touches shared state' },
    });
  });

  it('an upgrade that finds nothing leaves an explicit route alone', () => {
    expect(route('haiku', () => null)?.role).toBe('delegate');
  });

  it('an upgrade never asks about a story that the orchestrator has anyway', () => {
    expect(route('opus', () => 'shared state')?.reason).toEqual({ kind: 'explicit', value: 'opus' });
  });
});
