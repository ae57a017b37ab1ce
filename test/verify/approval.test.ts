import { describe, expect, it } from 'vitest';
import { type Ask, noApprovals, unapproved, withAnswer } from '../../src/verify/approval.ts';

const check = (text: string, fields: Partial<Ask> = {}): Ask => ({
  kind: 'check',
  text,
  cwd: null,
  careful: false,
  ...fields,
});
const setup = check('npm ci', { kind: 'setup' });
const at = '2026-11-21T00:00:00.000Z';
const texts = (asks: readonly Ask[]) => asks.map(({ text }) => text);

describe('what has to be asked', () => {
  it('everything, the first time, each once', () => {
    expect(texts(unapproved([setup, check('npm test'), check('npm test')], noApprovals, 'guard'))).toEqual([
      'npm ci',
      'npm test',
    ]);
  });

  it('nothing that was approved, until a byte of it changes', () => {
    const approvals = withAnswer(noApprovals, [check('npm test')], 'once', at);
    expect(unapproved([check('npm test')], approvals, 'guard')).toEqual([]);
    for (const changed of [
      check('npm test '),
      check('npm test', { cwd: 'app' }),
      check('npm test', { kind: 'setup' }),
    ]) {
      expect(unapproved([changed], approvals, 'guard')).toEqual([changed]);
    }
  });

  it('"always" covers later edits, but not what changes the world', () => {
    const approvals = withAnswer(noApprovals, [check('npm test')], 'always', at);
    const push = check('git push', { careful: true });
    expect(unapproved([check('npm run other'), push], approvals, 'guard')).toEqual([push]);
    expect(unapproved([push], withAnswer(approvals, [push], 'once', at), 'guard')).toEqual([]);
  });

  it('in the box of level os only setup, once per repository', () => {
    const owns = check('US-1: test/**', { kind: 'owns' });
    expect(unapproved([check('npm test'), owns, setup], noApprovals, 'os')).toEqual([setup]);
    const approvals = withAnswer(noApprovals, [setup], 'once', at);
    expect(unapproved([{ ...setup, text: 'npm ci --ignore-scripts' }], approvals, 'os')).toEqual([]);
    expect(unapproved([{ ...setup, text: 'npm ci --ignore-scripts' }], approvals, 'guard')).toHaveLength(1);
  });

  it('an answer never takes back what was said before', () => {
    const always = withAnswer(noApprovals, [], 'always', at);
    expect(withAnswer(always, [check('a')], 'once', at)).toEqual({
      always: true,
      approved: [{ kind: 'check', text: 'a', cwd: null, at }],
    });
  });
});
