import { judgment } from '../judgment.ts';
import { effectParticiples, finiteVerbs } from '../lexicon/verbs.ts';
import type { Confidence, Rule } from '../rule.ts';
import { hasWord, leads, wordAt, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import { clauseAt, pinsAround } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';

export const openDecision: Rule = {
  id: 'judgment/open-decision',
  summary: 'audit, review, investigate, decide or choose, without a named result',
  reason: 'the design stage belongs to the orchestrator',
  bad: { criterion: 'Choose a state library' },
  good: { criterion: 'docs/audit.md lists each route with its guard' },
  severity: { delegate: 'error', orchestrator: 'off', unset: 'warning' },
  fix: 'hint',
  check: judgment({
    rule: 'open-decision',
    pins: 'none',
    judge,
    message: (words) => `\`${words}\` is a decision, not a result`,
    hint: 'decide, or keep it with the orchestrator',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  if (!leads(view, hit.from)) return null;
  const next = view.tokens[hit.to];
  if (next === undefined || (next.kind === 'mark' && next.lower !== ':')) return null;
  if (names(hit, view) || acts(hit, view)) return null;
  return hit.group.family === 'weak' ? weak(hit, view) : hit.group.confidence;
}

/** "Choose a library" is open; "Choose subdomain" may be what a button does. */
function weak(hit: Hit, view: Passage): Confidence {
  const verb = wordAt(view, hit.from);
  if (verb === 'identify' || verb === 'recommend' || verb === 'propose') return 'medium';
  if (verb === 'compare') return hasWord(view, hit.to, view.tokens.length, against) ? 'medium' : 'low';
  if (!open.has(wordAt(view, hit.to))) return 'low';
  return verb === 'choose' ? 'high' : 'medium';
}

/** "Review page", "Audit log": half of a name. */
function names(hit: Hit, view: Passage): boolean {
  const next = wordAt(view, hit.to);
  return things.has(next) || (!open.has(next) && things.has(wordAt(view, hit.to + 1)));
}

/** "Review page shows …": then the word is part of a name; and a result that is asked for decides. */
function acts(hit: Hit, view: Passage): boolean {
  const clause = clauseAt(view, hit.from);
  for (let at = hit.to; at < clause.to; at += 1) {
    const word = wordAt(view, at);
    if (
      effectParticiples.has(word) ||
      (finiteVerbs.has(word) && !determined(view, at) && !relatives.has(wordAt(view, at - 1)))
    )
      return true;
  }
  const verb = wordAt(view, hit.from);
  return pinsAround(view, hit.from).some(
    ({ kind, at }) =>
      at > hit.to &&
      (kind === 'quantity' || kind === 'quote' || kind === 'consequence' || (kind === 'cases' && !studies.has(verb))),
  );
}

/** "all uses", "the changes": a noun that looks like a verb. */
function determined(view: Passage, at: number): boolean {
  const before = wordAt(view, at - 1);
  return (
    before === 'all' ||
    before === 'the' ||
    before === 'of' ||
    before === 'and' ||
    before === 'for' ||
    before === 'existing'
  );
}

const studies = wordSet('research investigate explore brainstorm study');
const against = wordSet('to with against and');
const relatives = wordSet('that which who where');
const open = wordSet('best between whether which a an the how what');
const things = wordSet(
  'log logs page pages section step screen tab queue trail button panel mode state status process card modal dialog table history form forms entry entries service tool agent result results',
);
