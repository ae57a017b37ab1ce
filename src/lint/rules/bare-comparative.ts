import { judgment } from '../judgment.ts';
import type { Confidence, Rule } from '../rule.ts';
import { closes, hasWord, leads, wordAt, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';

export const bareComparative: Rule = {
  id: 'judgment/bare-comparative',
  summary: 'bigger, less or improved, with neither amount nor base',
  reason: 'a comparison needs both sides',
  bad: { criterion: 'Day cells become larger' },
  good: { criterion: 'Day cells grow from 40 to 48px' },
  severity: { delegate: 'warning', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: judgment({
    rule: 'bare-comparative',
    pins: 'full',
    judge,
    message: (words) => `\`${words}\` than what, and by how much`,
    hint: 'give the new value, or the old and the new one',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  const last = hit.to - 1;
  if (hit.group.family === 'change')
    return leads(view, hit.from) || (closes(view, hit.to) && wordAt(view, last).endsWith('ed'))
      ? hit.group.confidence
      : 'low';
  if (wordAt(view, hit.from - 1) === 'no' || hasWord(view, hit.to, last + 5, bases)) return null;
  return hit.group.confidence;
}

const bases = wordSet('than');
