import { judgment } from '../judgment.ts';
import type { Confidence, Rule } from '../rule.ts';
import { hasWord, markAt, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';

export const openList: Rule = {
  id: 'judgment/open-list',
  summary: 'a list that ends in etc., "and so on" or three dots',
  reason: 'what the list leaves out is left to taste',
  bad: { criterion: 'Accepts PNG, JPEG, etc.' },
  good: { criterion: 'Accepts PNG, JPEG and WebP' },
  severity: { delegate: 'warning', orchestrator: 'warning', unset: 'warning' },
  fix: 'hint',
  check: judgment({
    rule: 'open-list',
    pins: 'none',
    judge,
    message: (words) => `\`${words}\` leaves the list open`,
    hint: 'complete the list',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  return enumerable(hit, view) ? 'low' : hit.group.confidence;
}

/** "all `X_*` constants (A, B, etc.)": the list only illustrates a set that can be enumerated. */
function enumerable(hit: Hit, view: Passage): boolean {
  for (let at = hit.from; at >= 0; at -= 1) {
    if (markAt(view, at) === '(') return hasWord(view, at - 6, at, totals);
  }
  return false;
}

const totals = wordSet('all every each');
