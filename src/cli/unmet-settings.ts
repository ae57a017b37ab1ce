import type { Config } from '../config/config.ts';
import type { Problem } from '../problem.ts';

/** Settings that a run could not keep: it must not start as if they were not there. */
export function unmetSettings({ needsEnv, allowEnv, sandbox }: Config): readonly Problem[] {
  const asked = needsEnv.filter((name) => !allowEnv.includes(name));
  return [...(sandbox === 'os' ? [noSandbox] : []), ...(asked.length > 0 ? [needsConsent(asked)] : [])];
}

const noSandbox: Problem = {
  code: 'sandbox-unavailable',
  level: 'os',
  why: 'this version runs commands at level guard',
};

function needsConsent(names: readonly string[]): Problem {
  const what = names.map((name) => `checks want to see the variable ${name}`);
  return { code: 'approval-needed', what, command: 'PRD_NEEDS=allow prd run' };
}
