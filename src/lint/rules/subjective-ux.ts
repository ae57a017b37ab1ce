import { judgment } from '../judgment.ts';
import type { Confidence, Rule } from '../rule.ts';
import { hasWord, wordAt, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';

export const subjectiveUx: Rule = {
  id: 'judgment/subjective-ux',
  summary: 'looks, feelings, emphasis or readability',
  reason: 'a checker has no eye; it can read a size, a class or an order',
  bad: { criterion: 'The total stands out' },
  good: { criterion: 'The total is 22px bold, above the subtotal' },
  severity: { delegate: 'error', orchestrator: 'info', unset: 'warning' },
  fix: 'hint',
  check: judgment({
    rule: 'subjective-ux',
    pins: 'measure',
    judge,
    message: (words) => `\`${words}\` depends on the eye`,
    hint: 'give size, contrast, order, class or breakpoint',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  const word = wordAt(view, hit.from);
  const next = wordAt(view, hit.to);
  if ((word === 'smooth' || word === 'smoothly') && next.startsWith('scroll')) return null;
  if (word === 'feel' && wordAt(view, hit.from + 1) === 'free') return null;
  if (word === 'readable')
    return copy.has(next) || copy.has(wordAt(view, hit.to + 1)) || hasWord(view, hit.from - 4, hit.from, copy)
      ? hit.group.confidence
      : null;
  return hit.group.confidence;
}

const copy = wordSet(
  'text texts copy label labels font fonts contrast content error errors message messages format output layout names summary report code',
);
