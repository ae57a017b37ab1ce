import type { Check, Rule } from './rule.ts';

/** Rules by what they look at: a file has tens of thousands of criteria, and each is shown to those rules only. */
export type RulesByCheck = { readonly [On in Check['on']]: readonly RuleOn<On>[] };

interface RuleOn<On extends Check['on']> {
  readonly rule: Rule;
  readonly find: Extract<Check, { on: On }>['find'];
  /** See `Check`. */
  readonly words?: string | undefined;
}

/** Sorts the rules; each kind keeps the order they have. */
export function rulesByCheck(rules: readonly Rule[]): RulesByCheck {
  const sorted: { [On in Check['on']]: RuleOn<On>[] } = {
    criterion: [],
    command: [],
    story: [],
    document: [],
    ready: [],
    disable: [],
  };
  for (const rule of rules) add(sorted, rule, rule.check);
  return sorted;
}

function add(sorted: { readonly [On in Check['on']]: RuleOn<On>[] }, rule: Rule, check: Check): void {
  switch (check.on) {
    case 'criterion':
      sorted.criterion.push({ rule, find: check.find, words: check.words });
      return;
    case 'command':
      sorted.command.push({ rule, find: check.find });
      return;
    case 'story':
      sorted.story.push({ rule, find: check.find });
      return;
    case 'document':
      sorted.document.push({ rule, find: check.find });
      return;
    case 'ready':
      sorted.ready.push({ rule, find: check.find });
      return;
    case 'disable':
      sorted.disable.push({ rule, find: check.find });
      return;
    default:
      check satisfies never;
  }
}
