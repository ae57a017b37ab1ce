import { judgment } from '../judgment.ts';
import type { Confidence, Rule } from '../rule.ts';
import { describes, hasWord, leads, markAt, wordAt, wordSet } from '../text/look.ts';
import { clauseAt, type Passage } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';

export const escapeHatch: Rule = {
  id: 'judgment/escape-hatch',
  summary: 'the implementer may choose whether: if needed, or similar, ideally, TBD',
  reason: 'work that may be skipped cannot be missed',
  bad: { criterion: 'Add a database index if needed' },
  good: { criterion: 'Shows the discount line when the order has one' },
  severity: { delegate: 'error', orchestrator: 'warning', unset: 'warning' },
  fix: 'hint',
  check: judgment({
    rule: 'escape-hatch',
    pins: 'none',
    judge,
    message: (words) => `\`${words}\` lets the work be skipped`,
    hint: 'decide now, or split with the condition stated',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  const { family, confidence } = hit.group;
  if (family === 'optional') return optional(hit, view);
  if (family === 'wish' && wordAt(view, hit.from) === 'optionally') return leads(view, hit.from) ? 'high' : 'low';
  if (family !== 'need') return confidence;
  if (wordAt(view, hit.to) === 'to' || wordAt(view, hit.from + 1) === 'required') return 'low';
  if (wordAt(view, hit.to - 1) === 'applicable') return describes(view, hit.from) ? 'medium' : confidence;
  if (wordAt(view, hit.from).startsWith('where')) return confidence;
  return describes(view, hit.from) && !wordAt(view, hit.from - 1).endsWith('ed') ? 'low' : confidence;
}

/** "Optional export" lets the work be skipped; an optional field is a fact. */
function optional(hit: Hit, view: Passage): Confidence | null {
  if (hit.from > 0 || view.tokens.length === 1) return null;
  if (wordAt(view, 0) === 'consider' && markAt(view, 1) === ':') return null;
  if (describes(view, clauseAt(view, hit.from).to)) return null;
  return hasWord(view, hit.to, hit.to + 5, fields) || view.tokens[hit.to]?.kind === 'code' ? null : 'high';
}

const fields = wordSet(
  'field fields parameter parameters param params prop props argument arguments property properties key keys flag flags column columns input inputs filter filters value values string number chaining query',
);
