import { judgment } from '../judgment.ts';
import type { Confidence, Rule } from '../rule.ts';
import { hasWord, wordAt, wordSet } from '../text/look.ts';
import { clauseAt, type Passage } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';

export const noThreshold: Rule = {
  id: 'judgment/no-threshold',
  summary: 'speed, size, amount or age without a number, breakpoint or mechanism',
  reason: 'without a limit, nobody can say that it was missed',
  bad: { criterion: 'Search stays fast in big workspaces' },
  good: { criterion: 'Search over 10,000 rows answers within 200 ms' },
  severity: { delegate: 'error', orchestrator: 'warning', unset: 'warning' },
  fix: 'hint',
  check: judgment({
    rule: 'no-threshold',
    // A number elsewhere does not say what "typical hardware" is.
    pins: ({ group }) => (group.family === 'circumstance' ? 'none' : 'full'),
    judge,
    message: (words) => `\`${words}\` has no limit`,
    hint: 'add the number and the command that measures it',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  const word = wordAt(view, hit.from);
  const next = wordAt(view, hit.to);
  if (hit.group.family === 'condition') return isMet(hit, view) ? hit.group.confidence : null;
  if (word === 'responsive') return classes.has(next) ? null : hit.group.confidence;
  if (word === 'fast')
    return named.has(next) || wordAt(view, hit.from - 1).startsWith('fail') ? null : hit.group.confidence;
  if (word === 'lightweight' && next !== '') return null;
  if (copulas.has(word)) return isPredicate(hit, view) ? hit.group.confidence : null;
  if (word === 'enough' && next === 'to') return 'medium';
  return hit.group.confidence;
}

const classes = wordSet(
  'class classes utility utilities breakpoint breakpoints variant variants prefix prefixes image images srcset',
);
const named = wordSet('food forward path refresh mode track lane fail api');

/** "when the evidence is weak": somebody has to say where weak begins. */
function isMet(hit: Hit, view: Passage): boolean {
  return hasWord(view, Math.max(clauseAt(view, hit.from).from, hit.from - 6), hit.from, conditions);
}

/** "stays thin", but not "is a small box" or "can be simple circles". */
function isPredicate(hit: Hit, view: Passage): boolean {
  const next = view.tokens[hit.to];
  return next === undefined || next.kind === 'mark' || joins.has(next.lower);
}

const conditions = wordSet('if when while where unless until');
const copulas = wordSet('is are be kept keep keeps stay stays remain remains');
const joins = wordSet('and but so for to in on behind enough when');
