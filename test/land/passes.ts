import type { EvidenceInput } from '../../src/land/evidence-body.ts';
import type { Story } from '../../src/prd/prd.ts';
import { storyChecks } from '../../src/prd/story-checks.ts';
import { type JudgeInput, judge, type PassedVerdict } from '../../src/verify/verdict.ts';
import { aBaseline, green, tests } from '../verify/results.ts';

export const quietPolicy: JudgeInput['policy'] = {
  tampered: [],
  flags: [],
  changesTests: false,
  granted: false,
  owned: [],
  isTest: () => false,
};

/** A verdict of the real judge: every check of the story red before and green after. */
export function passedVerdict(story: Story, fields: Partial<JudgeInput> = {}): PassedVerdict {
  const checks = storyChecks(story).map((check) => ({
    check,
    baseline: aBaseline(check, 'proof', tests(1)),
    nullPatch: null,
    candidate: [green(check, { counts: tests(2) }), green(check, { counts: tests(2) })],
    baseTests: null,
  }));
  const verdict = judge({
    story: story.id,
    checks,
    regression: [],
    policy: quietPolicy,
    manual: [],
    review: null,
    acceptance: null,
    stopped: null,
    ...fields,
  });
  if (verdict.kind !== 'passed') throw new Error(`not passed: ${verdict.kind}`);
  return verdict;
}

/** Evidence of a story that changed one file, at noon. */
export function evidenceInput(story: Story, fields: Partial<EvidenceInput> = {}): EvidenceInput {
  const files = fields.files ?? new Map([['src/cart.js', 'a'.repeat(40)]]);
  return {
    verdict: fields.verdict ?? passedVerdict(story),
    story,
    prdPath: 'PRD.json',
    base: 'b'.repeat(40),
    tree: 'c'.repeat(40),
    files,
    allFiles: files,
    policy: { digest: 'd'.repeat(64), owned: [], dropped: [], flags: [] },
    regression: [],
    setup: null,
    attempts: [{ n: 1, role: 'delegate', asked: 'sonnet', served: 'claude-sonnet', costUsd: 0.12 }],
    sandbox: 'guard',
    tools: { prd: '0.1.0', node: '20.20.2', git: '2.39.5' },
    startedAt: new Date('2026-11-21T12:00:00Z'),
    finishedAt: new Date('2026-11-21T12:05:00Z'),
    hide: (text) => text,
    ...fields,
  };
}
