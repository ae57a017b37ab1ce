import { judgment } from '../judgment.ts';
import type { Confidence, Rule } from '../rule.ts';
import { hasWord, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';

export const patternRef: Rule = {
  id: 'judgment/pattern-ref',
  summary: 'follow or match an existing style, theme or convention; best practices',
  reason: 'a reference without a property leaves open what to compare',
  bad: { criterion: 'Styled like the rest of the app' },
  good: { criterion: 'Uses the classes of `Card` in src/ui/Card.tsx' },
  severity: { delegate: 'error', orchestrator: 'warning', unset: 'warning' },
  fix: 'hint',
  check: judgment({
    rule: 'pattern-ref',
    pins: 'measure',
    judge,
    message: (words) => `\`${words}\` names no property to compare`,
    hint: 'name the file and the property, or copy the snippet in',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  const { family, confidence } = hit.group;
  if (family === 'match') return matches(hit, view) ? confidence : null;
  if (family === 'rest') return 'medium';
  if (family === 'follow') return hasWord(view, hit.from, hit.to, others) ? 'high' : 'medium';
  if (family === 'compare') return hasWord(view, hit.from, hit.to + 5, others) ? 'medium' : 'low';
  return confidence;
}

/** "matches the app theme", "the visual appearance matches the old site". */
function matches(hit: Hit, view: Passage): boolean {
  return hasWord(view, hit.to, hit.to + 6, styles) || hasWord(view, hit.from - 4, hit.from, looks);
}

const looks = wordSet('appearance look visual visuals aesthetic aesthetics');
const others = wordSet(
  'existing other others rest current app application site codebase project style styling pattern patterns look theme design brand convention conventions feel palette',
);
const styles = wordSet(
  'theme themes style styles styling design aesthetic aesthetics pattern patterns brand branding tone feel conventions convention look palette quality',
);
