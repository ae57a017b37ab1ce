import type { CheckResult, CheckResults, ResultKey } from './check.ts';

/** Results of this run, in memory: a result of an earlier run never decides a landing. */
export function knownResults(): CheckResults {
  const results = new Map<string, CheckResult[]>();
  const name = ({ check, code, setup, sandbox }: ResultKey): string => JSON.stringify([check, code, setup, sandbox]);
  return {
    get: (key) => results.get(name(key)) ?? [],
    add: (key, result) => {
      results.set(name(key), [...(results.get(name(key)) ?? []), result]);
    },
  };
}
