import { judgment } from '../judgment.ts';
import type { Confidence, Rule } from '../rule.ts';
import { closes, hasWord, markAt, wordAt, wordSet } from '../text/look.ts';
import { clauseAt, type Passage } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';
import type { Token, TokenKind } from '../text/token.ts';

export const unboundedScope: Rule = {
  id: 'judgment/unbounded-scope',
  summary: 'edge cases, every scenario, no regressions, unchanged behaviour, everything',
  reason: 'a set without an end can always hold one more case',
  bad: { criterion: 'Handle edge cases' },
  good: { criterion: 'Tests cover: empty cart, one item, sold out' },
  severity: { delegate: 'error', orchestrator: 'warning', unset: 'warning' },
  fix: 'hint',
  check: judgment({
    rule: 'unbounded-scope',
    pins: 'full',
    judge,
    message: (words) => `\`${words}\` has no end`,
    hint: 'list the cases, or name the suite: `Verify: npm test`',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  const { family, confidence } = hit.group;
  if (aboutTests(hit, view) || wordAt(view, hit.from - 1) === 'for') return null;
  if (inBrackets(hit, view)) return 'low';
  if (family === 'unchanged') return unchanged(hit, view);
  if (hit.to < view.tokens.length && spreads.has(wordAt(view, hit.from)) && goesOn(hit, view)) return null;
  if (wordAt(view, hit.from) === 'identically') return wordAt(view, hit.to) === 'to' ? null : confidence;
  if (family === 'cases' && wordAt(view, hit.to) === 'exist') return 'low';
  return confidence;
}

/** "Existing logic is unchanged" has no end; "`src/legacy/` is unchanged" and "keeps the preserved order" are facts. */
function unchanged(hit: Hit, view: Passage): Confidence | null {
  if (!closes(view, hit.to) && !after.has(wordAt(view, hit.to))) return null;
  const { from } = clauseAt(view, hit.from);
  for (let at = from; at < hit.from; at += 1) if (named.has((view.tokens[at] as Token).kind)) return null;
  return hasWord(view, Math.max(from, hit.from - 6), hit.from, conduct) ? 'medium' : null;
}

/** "(unchanged from current behavior)": a remark about something else. */
function inBrackets(hit: Hit, view: Passage): boolean {
  for (let at = hit.from - 1; at >= 0 && markAt(view, at) !== ')'; at -= 1) {
    if (markAt(view, at) === '(') return true;
  }
  return false;
}

/** "across app restarts": the hit is half of a name. */
function goesOn(hit: Hit, view: Passage): boolean {
  const next = view.tokens[hit.to];
  return hit.to - hit.from > 1 && next?.kind === 'word' && !after.has(next.lower);
}

/** "existing tests still work": a tool run decides. */
function aboutTests(hit: Hit, view: Passage): boolean {
  return (
    (hit.group.family === 'still' || hit.group.family === 'regression') &&
    (hasWord(view, hit.from - 4, hit.from, runs) || hasWord(view, hit.to, hit.to + 4, runs))
  );
}

/** What a subject does or looks like: its extent is for everybody to guess. */
const conduct = wordSet(
  `functionality functionalities behavior behaviour behaviors behaviours logic flow flows workflow workflows handling experience ux
  appearance look styling style tone voice messaging wording intent meaning interaction interactions feature features compatibility
  semantics spirit`,
);
const named: ReadonlySet<TokenKind> = new Set(['code', 'path', 'quote']);
const spreads = wordSet('across throughout whole entire');
const after = wordSet('is are and or with in inside within on for to from when during after while by using via as so');
const runs = wordSet('test tests suite suites spec specs build builds typecheck lint compilation pipeline');
