import { describe, expect, it } from 'vitest';
import type { FinishClaim, FinishVerdict } from '../../../src/agent/implementer.ts';
import { finish } from '../../../src/agent/tools/finish.ts';
import { callTool, toolContext } from '../test-workspace.ts';

const red: FinishVerdict = { green: false, again: true, feedback: 'npm test: exit 1' };

async function finishing(input: unknown, verdict: FinishVerdict = red, role: 'delegate' | 'orchestrator' = 'delegate') {
  const claims: FinishClaim[] = [];
  const check = async (claim: FinishClaim): Promise<FinishVerdict> => {
    claims.push(claim);
    return verdict;
  };
  return { result: await callTool(finish, input, toolContext({}, { finish: check, role })), claims };
}

describe('finish(done)', () => {
  it('hands the claim to the checks and brings red back', async () => {
    const criteria = [{ n: 1, met: true, evidence: 'src/a.ts:3' }];
    const { result, claims } = await finishing({ status: 'done', summary: 'built it', criteria });
    expect(claims).toEqual([{ summary: 'built it', criteria }]);
    expect(result).toEqual({ content: 'npm test: exit 1' });
  });

  it.each([
    ['green', { green: true, again: false, feedback: 'all green' }, true],
    ['red for the last time', { ...red, again: false }, false],
  ])('ends the attempt when %s', async (_, verdict, green) => {
    const { result } = await finishing({ status: 'done', summary: 's' }, verdict);
    expect(result.end).toEqual({ kind: 'finished', green, summary: 's' });
  });

  it('cuts what is long', async () => {
    const { claims } = await finishing({ status: 'done', summary: 'x'.repeat(700) });
    expect(claims[0]?.summary).toHaveLength(600);
  });

  it.each([
    ['no criteria', {}, []],
    [
      'criteria under other names',
      { criteria: [{ id: '2', passed: false, reason: 'r' }] },
      [{ n: 2, met: false, evidence: 'r' }],
    ],
    ['criteria that cannot be read', { criteria: 'all of them' }, []],
    ['criteria without a number', { criteria: [{ met: true, evidence: 'r' }] }, []],
  ])('accepts %s', async (_, given, criteria) => {
    const { claims } = await finishing({ status: 'done', summary: 's', ...given });
    expect(claims).toEqual([{ summary: 's', criteria }]);
  });
});

describe('handing over', () => {
  it.each([
    ['blocked', 'delegate', { kind: 'blocked', reason: 'no database' }],
    ['needs_orchestrator', 'delegate', { kind: 'needs-orchestrator', question: 'no database' }],
    ['needs_orchestrator', 'orchestrator', { kind: 'blocked', reason: 'no database' }],
  ] as const)('%s by the %s runs no check', async (status, role, end) => {
    const { result, claims } = await finishing({ status, summary: 'no database' }, red, role);
    expect([result.end, claims]).toEqual([end, []]);
  });
});

it.each([
  [{}, '`status`: Invalid option: expected one of "done"|"blocked"|"needs_orchestrator"'],
  [{ status: 'done' }, '`summary`: expected string, received undefined'],
])('refuses %j', async (input, problem) => {
  expect((await finishing(input)).result).toEqual({ content: problem, isError: true });
});
