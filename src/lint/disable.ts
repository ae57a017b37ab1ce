import type { Disable, Story } from '../prd/prd.ts';
import type { Rule, RuleId } from './rule.ts';

/** A disable that has effect: it gives a reason and names a rule that may be silenced. */
export interface Silencer {
  readonly disable: Disable;
  readonly reason: string;
  /** Index of the one criterion it speaks of; null means all. */
  readonly criterion: number | null;
}

/** A reason must say something: ten characters are the least. */
const shortestReason = 10;

/** The disables of a story and of the whole document that have effect on that story. */
export function silencers(story: Story, top: readonly Disable[]): readonly Silencer[] {
  return [...story.disables, ...top].flatMap((disable) => {
    const reason = disable.reason?.trim() ?? '';
    const criterion = criterionOf(story, disable.criterion);
    return reason.length < shortestReason || criterion === 'none' ? [] : [{ disable, reason, criterion }];
  });
}

/** The reason is there and long enough. */
export function hasReason(disable: Disable): boolean {
  return (disable.reason?.trim().length ?? 0) >= shortestReason;
}

/** Whether it silences a rule on a criterion (null: on the story itself). `judgment/*` covers a group. */
export function silences({ disable, criterion }: Silencer, rule: Rule, at: number | null): boolean {
  if (rule.fixed === true || (criterion !== null && criterion !== at)) return false;
  return coversRule(disable.rule, rule.id);
}

/** `judgment/*` covers every rule of the group. */
export function coversRule(pattern: string, id: RuleId): boolean {
  return pattern === id || (pattern.endsWith('/*') && id.startsWith(pattern.slice(0, -1)));
}

/** A part of a text that occurs in exactly one criterion names it; else the disable has no place. */
function criterionOf(story: Story, part: string | null): number | null | 'none' {
  if (part === null) return null;
  const found = story.criteria.flatMap(({ text }, index) => (text.includes(part) ? [index] : []));
  return found.length === 1 ? (found[0] ?? null) : 'none';
}
