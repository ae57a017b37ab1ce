import type { Match, Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { markAt, wordAt, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { CriterionView } from '../view.ts';

export const placeholder: Rule = {
  id: 'context/placeholder',
  summary: 'template text that was left in: TODO, lorem ipsum, `[describe …]`, a numbered starter criterion',
  reason: 'the delegate would build the template',
  bad: { criterion: '[describe criterion]' },
  good: { criterion: "Shows 'TODO' as column title" },
  severity: { delegate: 'error', orchestrator: 'error', unset: 'error' },
  fix: 'hint',
  check: { on: 'criterion', find },
};

function find({ passage, criterion }: CriterionView): readonly Spot[] {
  const isStarter = starter.test(criterion.text.trim().slice(0, 80));
  const match = isStarter ? { offset: 0, length: criterion.text.length } : leftOver(passage);
  if (match === null) return nothing;
  return [{ confidence: 'high', message: 'template text left in', hint: 'replace it, or delete it', matches: [match] }];
}

/** Outside quotes and code, where such words are data. */
function leftOver(view: Passage): Match | null {
  for (let at = 0; at < view.tokens.length; at += 1) {
    const length = lengthAt(view, at);
    const first = view.tokens[at];
    const last = view.tokens[at + length - 1];
    if (length > 0 && first !== undefined && last !== undefined) {
      return { offset: first.start, length: last.end - first.start };
    }
  }
  return null;
}

/** How many tokens of template text begin here. */
function lengthAt(view: Passage, at: number): number {
  const word = wordAt(view, at);
  if (word === 'lorem' && wordAt(view, at + 1) === 'ipsum') return 2;
  if (reminders.has(word)) return isShouted(view, at) && (at === 0 || markAt(view, at + 1) === ':') ? 1 : 0;
  if (markAt(view, at) !== '[' || !fillIns.has(wordAt(view, at + 1))) return 0;
  for (let end = at + 2; end < Math.min(view.tokens.length, at + 12); end += 1) {
    if (markAt(view, end) === ']') return end - at + 1;
  }
  return 0;
}

function isShouted({ tokens, text }: Passage, at: number): boolean {
  const token = tokens[at];
  const word = token === undefined ? '' : text.slice(token.start, token.end);
  return word === word.toUpperCase();
}

const reminders = wordSet('todo fixme tbd');
const fillIns = wordSet(
  'describe insert your example specify fill replace placeholder criterion criteria title name feature action component',
);
const starter =
  /^(?:(?:acceptance |example |sample |specific |first |second |third |another |verifiable )(?:verifiable |acceptance )?criterion(?: [\dn])?|criterion [\dn]|acceptance criteria \d|<[a-z][a-z -]{2,40}>|xxx|\.\.\.)\.?$/i;
