import { judgment } from '../judgment.ts';
import type { Confidence, Rule } from '../rule.ts';
import { closes, leads, wordAt, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';

export const vagueAdverb: Rule = {
  id: 'judgment/vague-adverb',
  summary: 'a manner word is the whole demand',
  reason: 'two careful reviewers can disagree on "properly"; nobody can run it',
  bad: { criterion: 'Upload errors are handled appropriately' },
  good: { criterion: "A failed upload turns the row red and shows 'Retry'" },
  severity: { delegate: 'error', orchestrator: 'info', unset: 'warning' },
  fix: 'hint',
  check: judgment({
    rule: 'vague-adverb',
    pins: 'full',
    judge,
    message: (words) => `\`${words}\` does not say what a checker would see`,
    hint: 'say what is returned, shown, stored or logged',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  const { family, confidence } = hit.group;
  const next = wordAt(view, hit.to);
  if (family === 'correct') return isVerb(hit, view) || states.has(next) ? null : confidence;
  if (hit.from + 1 === hit.to && wordAt(view, hit.from) === 'safely') return closes(view, hit.to) ? confidence : 'low';
  if (family === 'fit' && wordAt(view, hit.from) === 'graceful' && stops.has(next)) return null;
  if (family === 'fit') return states.has(next) || sums.has(next) ? null : confidence;
  return confidence;
}

/** "Correct the URL": an order, not a quality. */
function isVerb(hit: Hit, view: Passage): boolean {
  return leads(view, hit.from) && determiners.has(wordAt(view, hit.to));
}

/** What a user or an answer may be correct about: a state of the program. */
const stops = wordSet('shutdown exit stop restart termination');
const states = wordSet(
  'answer answers password passwords credentials pin code otp option options guess guesses choice choices word letter letters response count',
);
const sums = wordSet(
  'balance funds credits permission permissions privileges rights stock space gold coins resources evidence',
);
const determiners = wordSet('the a an any all this that these those each');
