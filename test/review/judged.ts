import type { BaselineKind, Check } from '../../src/verify/check.ts';
import type { JudgedCheck } from '../../src/verify/verdict.ts';
import { aBaseline, aCheck, green } from '../verify/results.ts';

/** A check that is green on the candidate and was `kind` before the work. */
export function judgedCheck(kind: BaselineKind, check: Partial<Check> = {}): JudgedCheck {
  const one = aCheck(check.run ?? 'npm test', check);
  return { check: one, baseline: aBaseline(one, kind), nullPatch: null, candidate: [green(one)], baseTests: null };
}
