import { expect, onTestFinished } from 'vitest';
import type { AttemptJob, AttemptLimits, FinishClaim, FinishVerdict, Spec } from '../../src/agent/implementer.ts';
import type { ModelEntry } from '../../src/models/model.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { type TestWorkspace, testWorkspace } from './test-workspace.ts';

export const testModel: ModelEntry = {
  id: 'test-model',
  price: 'flat',
  contextLimit: 200_000,
  turnCap: 40,
  minCacheablePrefix: 1_024,
  endpoint: { baseUrl: 'http://127.0.0.1:9', apiKeyEnv: 'TEST_KEY', auth: 'bearer', apiVersion: null },
};

const testLimits: AttemptLimits = {
  turns: 6,
  noticeAtTurn: 4,
  promptTokens: 90_000,
  maxOutputTokens: 1_000,
  wallMs: 20_000,
};

export const testSpec: Spec = {
  storyId: 'US-1',
  title: 'Cart totals',
  shared: 'Conventions: none.',
  brief: '# Story US-1: Cart totals\n\nAdd totals.',
  shown: new Map(),
};

export const green: FinishVerdict = { green: true, again: false, feedback: 'all checks are green' };
export const red: FinishVerdict = { green: false, again: true, feedback: 'npm test: exit 1' };
export const redForGood: FinishVerdict = { green: false, again: false, feedback: 'npm test: exit 1' };

export interface TestJob extends AttemptJob {
  readonly workspace: TestWorkspace;
  readonly claims: readonly FinishClaim[];
  readonly events: readonly RunEvent[];
}

export interface JobOptions {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** What `finish` answers, in order. One too few or one too many fails the test. */
  readonly verdicts?: readonly FinishVerdict[];
  readonly limits?: Partial<AttemptLimits>;
  readonly job?: Partial<Omit<AttemptJob, 'limits' | 'workspace' | 'finish' | 'emit'>>;
}

export function attemptJob({ files = {}, verdicts = [], limits = {}, job = {} }: JobOptions = {}): TestJob {
  const claims: FinishClaim[] = [];
  const events: RunEvent[] = [];
  onTestFinished(() => expect(claims.length, 'verdicts that were asked for').toBe(verdicts.length));
  return {
    story: 'US-1',
    attempt: 1,
    role: 'delegate',
    model: testModel,
    spec: testSpec,
    signal: new AbortController().signal,
    ...job,
    limits: { ...testLimits, ...limits },
    workspace: testWorkspace(files),
    finish: async (claim) => {
      claims.push(claim);
      const verdict = verdicts[claims.length - 1];
      if (verdict === undefined) throw new Error('finish was not expected');
      return verdict;
    },
    emit: async (event) => {
      events.push(event);
    },
    claims,
    events,
  };
}

/** The calls of each turn as the events tell them. */
export function turnsOf({ events }: TestJob): readonly (readonly string[])[] {
  return events.flatMap((event) => (event.type === 'agent.turn' ? [event.data.calls] : []));
}
