import picomatch from 'picomatch';
import type { Config } from '../config/config.ts';
import type { Level, Rule } from '../lint/rule.ts';
import type { LevelSettings } from '../lint/severity.ts';
import { nearest } from '../prd/nearest.ts';
import { PrdError, type Problem } from '../problem.ts';
import type { LintOptions } from './commands/lint.ts';

const levels: readonly Level[] = ['error', 'warning', 'info', 'off'];

/** Severities of the configuration with those of the command line on top. Rejects an unknown rule and names the nearest. */
export function levelSettings({ rule = [] }: LintOptions, config: Config, ids: readonly string[]): LevelSettings {
  const set = config.lint.rules ?? {};
  for (const id of Object.keys(set)) if (!ids.includes(id)) throw new PrdError(unknownRule(id, ids));
  return { ...set, ...Object.fromEntries(rule.map((text) => levelSetting(text, ids))) };
}

/** Rejects a glob that matches no rule: it would report nothing and look like success. */
export function requireMatches(globs: readonly string[], ids: readonly string[]): void {
  for (const glob of globs) {
    const matches = picomatch(glob);
    if (!ids.some((id) => matches(id))) throw new PrdError(unknownRule(glob, ids));
  }
}

/** The rule of an id. Rejects an unknown one and names the nearest. */
export function requireRule(id: string, rules: readonly Rule[]): Rule {
  const rule = rules.find((one) => one.id === id);
  const ids = rules.map((one) => one.id);
  if (rule === undefined) throw new PrdError(unknownRule(id, ids));
  return rule;
}

function levelSetting(text: string, ids: readonly string[]): readonly [string, Level] {
  const [id = '', word = ''] = text.split('=');
  const level = levels.find((one) => one === word);
  if (!ids.includes(id)) throw new PrdError(unknownRule(id, ids));
  if (level !== undefined) return [id, level];
  const what = `\`--rule ${text}\` needs a severity: error, warning, info or off`;
  throw new PrdError({ code: 'usage', what, command: 'lint', hint: null });
}

function unknownRule(id: string, ids: readonly string[]): Problem {
  const near = nearest(id, ids);
  const hint = near === null ? null : `did you mean \`${near}\`?`;
  return { code: 'usage', what: `no lint rule is called \`${id}\``, command: 'lint', hint };
}
