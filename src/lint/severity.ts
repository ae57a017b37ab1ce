import type { Confidence, Level, LintRole, Rule, Severity } from './rule.ts';

/** A severity for all roles, or for some of them. */
export type LevelSetting = Level | Readonly<Partial<Record<LintRole, Level | undefined>>>;

/** Severities by rule id; a later entry wins. */
export type LevelSettings = Readonly<Record<string, LevelSetting>>;

/** What a match of a rule weighs for a role; null when it is not shown. Settings do not touch rules that are fixed. */
export function severityOf(
  rule: Rule,
  confidence: Confidence,
  role: LintRole,
  settings: LevelSettings,
): Severity | null {
  const level = levelOf(rule, role, settings);
  if (level === 'off') return null;
  return capped(level, confidence);
}

/** Worst first; equals keep their order. */
export function worstFirst<T extends { readonly severity: Severity }>(found: readonly T[]): readonly T[] {
  if (found.length < 2) return found;
  return severities.flatMap((severity) => found.filter((one) => one.severity === severity));
}

function levelOf(rule: Rule, role: LintRole, settings: LevelSettings): Level {
  const own = rule.severity[role];
  if (rule.fixed === true) return own;
  const setting = Object.hasOwn(settings, rule.id) ? settings[rule.id] : undefined;
  if (setting === undefined) return own;
  return typeof setting === 'string' ? setting : (setting[role] ?? own);
}

function capped(level: Severity, confidence: Confidence): Severity {
  if (confidence === 'low') return 'info';
  return confidence === 'medium' && level === 'error' ? 'warning' : level;
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];
