import type { Check, Match, Spot } from './rule.ts';
import { nothing } from './rule.ts';
import type { Segment } from './shell.ts';
import type { CommandView } from './view.ts';

/** Part of a command, in offsets of the command. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

export interface CommandRule {
  /** The part of the command that is wrong, or null. */
  find(calls: readonly Segment[], view: CommandView): Part | null;
  readonly message: (words: string) => string;
  readonly hint: string;
}

/** A check of every command that would run: at most one spot per command, always sure. */
export function commandRule(rule: CommandRule): Check {
  return {
    on: 'command',
    find: (view) => {
      const part = rule.find(view.calls, view);
      return part === null
        ? nothing
        : [spotOn(view, part, rule.message(view.run.slice(part.start, part.end)), rule.hint)];
    },
  };
}

/** A sure spot on a part of a command, with its place in the criterion where the command stands there. */
export function spotOn(view: CommandView, part: Part, message: string, hint: string): Spot {
  return { confidence: 'high', message, hint, matches: matchesOf(view, part) };
}

function matchesOf({ of, run }: CommandView, { start, end }: Part): readonly Match[] {
  const at = of === null ? -1 : of.criterion.text.indexOf(run);
  return at < 0 ? [] : [{ offset: at + start, length: end - start }];
}
