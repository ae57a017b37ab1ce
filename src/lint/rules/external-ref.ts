import { judgment } from '../judgment.ts';
import type { Confidence, Rule } from '../rule.ts';
import { wordAt } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';
import type { Token } from '../text/token.ts';

export const externalRef: Rule = {
  id: 'judgment/external-ref',
  summary: 'must match something that is not here',
  reason: 'a delegate and a checker see only the story',
  bad: { criterion: 'Layout matches the mock-up' },
  good: { criterion: '`GET /cart` returns `id`, `total` and `currency`' },
  severity: { delegate: 'error', orchestrator: 'info', unset: 'warning' },
  fix: 'hint',
  check: judgment({
    rule: 'external-ref',
    pins: (hit) => (hit.group.family === 'link' ? 'none' : 'full'),
    judge,
    message: (words) => `a checker cannot see \`${words}\``,
    hint: 'copy the needed part into the criterion',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  if (hit.group.family === 'link') return pointsAway(hit, view) ? hit.group.confidence : null;
  if (wordAt(view, hit.to) === 'of') return null;
  return hit.group.confidence;
}

/** A link or a design file soon after "matches" or "see". */
function pointsAway(hit: Hit, view: Passage): boolean {
  for (let at = hit.to; at < Math.min(view.tokens.length, hit.to + 4); at += 1) {
    const token = view.tokens[at] as Token;
    if (token.kind === 'url' || (token.kind === 'path' && designFile.test(token.lower))) return true;
  }
  return false;
}

const designFile = /\.(?:fig|sketch|psd|xd|pen)$/;
