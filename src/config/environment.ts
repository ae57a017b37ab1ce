import { PrdError } from '../problem.ts';
import type { Override } from './config.ts';
import { durationMs } from './duration.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What the `PRD_*` variables say. Rejects a value that cannot be used with `usage`; an empty variable says nothing. */
export function environmentOverride(env: Env): Override {
  const text = (name: string): string | undefined => env[name] || undefined;
  return {
    roles: defined({ orchestrator: text('PRD_ORCHESTRATOR'), delegate: text('PRD_DELEGATE') }),
    limits: defined({
      runCostUsd: number(env, 'PRD_MAX_COST'),
      runTokens: number(env, 'PRD_MAX_TOKENS'),
      runWallMs: time(env, 'PRD_MAX_TIME'),
      verifyJobs: number(env, 'PRD_VERIFY_JOBS', count),
    }),
    ...defined({
      notify: text('PRD_NOTIFY'),
      implementer: choice(env, 'PRD_IMPLEMENTER', ['builtin', 'claude-code'] as const),
      sandbox: choice(env, 'PRD_SANDBOX', ['auto', 'none', 'guard', 'os'] as const),
    }),
  };
}

/** An object without the members that are undefined. */
export function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

const anyNumber = { pattern: /^\d{1,12}(\.\d{1,4})?$/, words: 'a number' };
const count = { pattern: /^[1-9]\d{0,5}$/, words: 'a whole number of at least 1' };

function number(env: Env, name: string, { pattern, words } = anyNumber): number | undefined {
  const value = env[name];
  if (!value) return undefined;
  if (!pattern.test(value)) throw unusable(name, value, words);
  return Number(value);
}

function time(env: Env, name: string): number | undefined {
  const value = env[name];
  if (!value) return undefined;
  const ms = durationMs(value);
  if (Number.isNaN(ms)) throw unusable(name, value, 'a time such as `90s`, `5m` or `2h`');
  return ms;
}

function choice<T extends string>(env: Env, name: string, choices: readonly T[]): T | undefined {
  const value = env[name];
  if (!value) return undefined;
  const found = choices.find((one) => one === value);
  if (found === undefined) throw unusable(name, value, choices.map((one) => `\`${one}\``).join(', '));
  return found;
}

function unusable(name: string, value: string, expected: string): PrdError {
  const what = `the variable \`${name}\` is \`${value}\`: it must be ${expected}`;
  return new PrdError({ code: 'usage', what, command: null, hint: '`prd help environment` lists the variables' });
}
