import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/plan/limits.ts';
import type { Role } from '../../src/plan/plan.ts';
import { nextStep } from '../../src/run/ladder.ts';
import type { PastAttempt } from '../../src/run/state.ts';

const past = (role: Role, fields: Partial<PastAttempt> = {}): PastAttempt => ({
  attempt: 1,
  role,
  model: 'any',
  base: 'base',
  workspace: '/tmp/w',
  end: 'finished',
  detail: '',
  snapshot: 'snap',
  verdict: 'failed',
  reason: '`npm test` failed',
  ...fields,
});
const step = (role: Role, attempts: readonly PastAttempt[]) => nextStep(role, attempts, defaultLimits);

describe('nextStep', () => {
  it('a delegated story climbs from its delegate to the orchestrator to blocked', () => {
    const attempts: PastAttempt[] = [];
    const climbed = [];
    for (let rung = 0; rung < 4; rung += 1) {
      const next = step('delegate', attempts);
      climbed.push(next.kind === 'attempt' ? next.role : next.kind);
      if (next.kind === 'attempt') attempts.push(past(next.role, { reason: `failure ${rung}` }));
    }
    expect(climbed).toEqual(['delegate', 'delegate', 'orchestrator', 'blocked']);
  });

  it("the orchestrator's own story is tried twice and then blocked, with the last reason", () => {
    expect(step('orchestrator', [])).toEqual({
      kind: 'attempt',
      role: 'orchestrator',
      why: 'first attempt',
      from: 'base',
    });
    expect(step('orchestrator', [past('orchestrator')])).toMatchObject({ role: 'orchestrator' });
    expect(step('orchestrator', [past('orchestrator'), past('orchestrator')])).toEqual({
      kind: 'blocked',
      reason: '`npm test` failed after 2 attempts',
    });
  });

  it.each(['needs-orchestrator', 'blocked'])('a delegate that ends with %s hands over at once', (end) => {
    const asked = past('delegate', { end, detail: 'which store?', verdict: null, snapshot: null });
    expect(step('delegate', [asked])).toMatchObject({ role: 'orchestrator', why: 'the delegate says: which store?' });
  });

  it('an orchestrator that says blocked is believed, with its reason', () => {
    const said = past('orchestrator', { end: 'blocked', detail: 'criteria 1 and 2 contradict', verdict: 'blocked' });
    expect(step('orchestrator', [said])).toEqual({ kind: 'blocked', reason: 'criteria 1 and 2 contradict' });
  });

  it.each(['aborted', 'provider', null])('an attempt that ended as %j does not count', (end) => {
    expect(step('delegate', [past('delegate', { end, verdict: null })])).toMatchObject({
      kind: 'attempt',
      role: 'delegate',
    });
  });

  it('a green attempt that was never judged is verified, not built again', () => {
    const green = past('delegate', { verdict: null });
    expect(step('delegate', [green])).toEqual({ kind: 'verify', past: green });
  });

  it('a new failure goes on from the snapshot, the same failure twice starts from the base', () => {
    expect(step('delegate', [past('delegate')])).toMatchObject({ from: 'snapshot' });
    expect(step('delegate', [past('delegate'), past('delegate')])).toMatchObject({
      role: 'orchestrator',
      from: 'base',
    });
    expect(step('delegate', [past('delegate', { reason: 'other' }), past('delegate')])).toMatchObject({
      from: 'snapshot',
    });
  });

  it.each(['conflict', 'tampered'] as const)('after %s the work starts from the base', (verdict) => {
    expect(step('delegate', [past('delegate', { verdict })])).toMatchObject({ from: 'base' });
  });
});
