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
  review: null,
  diagnosis: null,
  overtaken: null,
  ...fields,
});
const step = (role: Role, attempts: readonly PastAttempt[]) => nextStep(role, attempts, defaultLimits, false);
const advised = (attempts: readonly PastAttempt[]) => nextStep('delegate', attempts, defaultLimits, true);
const diagnosis = (next: 'retry' | 'take-over') => ({
  diagnosis: { story: 'US-1', attempt: 1, next, reason: 'it needs a decision', hint: null },
});
const review = (verdict: 'revise' | 'escalate') => ({
  review: {
    story: 'US-1',
    attempt: 1,
    candidate: 'c',
    verdict,
    reason: 'criterion 1 is not met',
    said: verdict,
    criteria: [],
    remarks: [],
    unread: [],
  },
});

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

  it('an attempt that passed and did not land is verified again, not built again', () => {
    const passed = past('delegate', { verdict: 'passed', reason: 'proven' });
    expect(step('delegate', [passed])).toEqual({ kind: 'verify', past: passed });
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

  it('after tampering the work starts from the base', () => {
    expect(step('delegate', [past('delegate', { verdict: 'tampered' })])).toMatchObject({ from: 'base' });
  });

  describe('an attempt that was overtaken', () => {
    const met = { story: 'US-1', attempt: 1, head: 'h', paths: [], files: ['a'], met: [] };
    const conflict = past('delegate', { verdict: 'conflict', reason: 'it conflicts in a' });
    const redThere = past('delegate', { overtaken: met });

    it.each([
      ['by a conflict', conflict],
      ['by red checks on the new head', redThere],
    ])('%s counts as none: the same role goes on from both, as often as it takes', (_, raced) => {
      const many = Array.from({ length: 9 }, () => raced);
      const again = { kind: 'attempt', role: 'delegate', from: 'merged' };
      expect(step('delegate', [raced])).toMatchObject(again);
      expect(step('delegate', many)).toMatchObject(again);
      expect(advised(many)).toMatchObject(again);
    });

    it('says what it met', () => {
      expect(step('delegate', [conflict])).toMatchObject({
        why: 'again, with what landed meanwhile: it conflicts in a',
      });
    });

    it('leaves a failure before it as it was, and nobody is asked twice', () => {
      const failed = past('delegate', diagnosis('retry'));
      expect(advised([failed, conflict])).toMatchObject({ role: 'delegate', from: 'merged' });
      expect(step('delegate', [past('delegate'), past('delegate'), conflict])).toMatchObject({
        role: 'orchestrator',
        from: 'merged',
      });
      const own = past('orchestrator', { verdict: 'conflict' });
      expect(step('orchestrator', [own, own, own])).toMatchObject({ role: 'orchestrator', from: 'merged' });
    });

    it('is still what the next one starts from when that was cut off', () => {
      const cut = past('delegate', { end: null, verdict: null, snapshot: null });
      expect(step('delegate', [conflict, cut])).toMatchObject({ from: 'merged' });
    });

    it('is over once the next one fails by itself', () => {
      expect(step('delegate', [conflict, past('delegate')])).toMatchObject({ from: 'snapshot' });
    });
  });

  describe('with somebody to ask', () => {
    it('asks why a delegate failed before another one tries, once', () => {
      const failed = past('delegate');
      expect(advised([failed])).toEqual({ kind: 'diagnose', past: failed });
      expect(advised([past('delegate', diagnosis('retry'))])).toMatchObject({ kind: 'attempt', role: 'delegate' });
    });

    it('a diagnosis that says so ends the delegate at once, with its reason', () => {
      expect(advised([past('delegate', diagnosis('take-over'))])).toMatchObject({
        role: 'orchestrator',
        why: 'the diagnosis says: it needs a decision',
      });
    });

    it('a question of the delegate may be answered with a hint instead of a take-over', () => {
      const asked = past('delegate', { end: 'needs-orchestrator', detail: 'which store?' });
      expect(advised([asked])).toEqual({ kind: 'diagnose', past: asked });
      const answered = { ...diagnosis('retry').diagnosis, hint: 'the one in src/store.ts' };
      expect(advised([{ ...asked, diagnosis: answered }])).toMatchObject({ kind: 'attempt', role: 'delegate' });
      expect(advised([{ ...asked, ...diagnosis('retry') }])).toMatchObject({ kind: 'attempt', role: 'orchestrator' });
    });

    it('after the last delegate attempt nobody is asked: the orchestrator takes over', () => {
      const attempts = [past('delegate', diagnosis('retry')), past('delegate', { reason: 'other' })];
      expect(advised(attempts)).toMatchObject({ kind: 'attempt', role: 'orchestrator' });
    });

    it.each([
      ['work that a review sent back has its reasons already', review('revise'), { role: 'delegate' }],
      ['a review that asks for the orchestrator gets it', review('escalate'), { role: 'orchestrator' }],
      ["a conflict is nobody's mistake", { verdict: 'conflict' as const }, { role: 'delegate', from: 'merged' }],
    ])('%s', (_, fields, wanted) => {
      expect(advised([past('delegate', fields)])).toMatchObject({ kind: 'attempt', ...wanted });
    });

    it('an attempt that was cut off after a failure leaves no question behind', () => {
      const attempts = [past('delegate'), past('delegate', { end: 'aborted', verdict: null })];
      expect(advised(attempts)).toMatchObject({ kind: 'attempt', role: 'delegate' });
    });
  });
});
