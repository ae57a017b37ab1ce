import { judgment, type Pinning } from '../judgment.ts';
import { baseVerbs, effectParticiples, effectVerbs, finiteVerbs } from '../lexicon/verbs.ts';
import type { Confidence, Rule } from '../rule.ts';
import { hasWord, leads, wordAt, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import { clauseAt } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';
import type { Token } from '../text/token.ts';

export const noOutcome: Rule = {
  id: 'judgment/no-outcome',
  summary: 'handle, support or work, with no result',
  reason: 'a verb without a result passes whatever happens',
  bad: { criterion: 'Login working' },
  good: { criterion: 'Handles a missing file: prints its path and exits 2' },
  severity: { delegate: 'warning', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: judgment({
    rule: 'no-outcome',
    pins: pinning,
    judge,
    message: (words) => `\`${words}\` states no result`,
    hint: 'when <input>, <what is seen>',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  switch (hit.group.family) {
    case 'works':
      return works(hit, view);
    case 'handles':
      return handles(hit, view);
    case 'handling':
      return hasWord(view, hit.to, hit.to + 1, uses) ? null : handling(hit, view);
    case 'bare':
      return isBare(hit, view) ? hit.group.confidence : null;
    case 'check':
      return bareCheck(hit, view) ? 'medium' : null;
    case 'change':
      return changes(hit, view) ? 'medium' : null;
    case 'fix':
      return leads(view, hit.from) && !hasWord(view, hit.to, view.tokens.length, results) ? 'medium' : null;
    default:
      return generic.has(wordAt(view, hit.to)) ? 'medium' : hit.group.confidence;
  }
}

/** "X works" is empty; "working directory" and "POC work" are things, "how it works" is a topic. */
function works(hit: Hit, view: Passage): Confidence | null {
  if (hasWord(view, hit.from - 4, hit.from, questions) || isThing(hit, view)) return null;
  const word = wordAt(view, hit.from);
  const before = wordAt(view, hit.from - 1);
  if (hit.from === 0) return word === 'works' ? 'high' : null;
  if (word === 'operates' && wordAt(view, hit.to) !== '') return null;
  if (wordAt(view, hit.to) === 'and' && finiteVerbs.has(wordAt(view, hit.to + 1))) return 'low';
  if (word === 'functions') return before === 'still' ? 'high' : null;
  return word !== 'work' || before.endsWith('s') || workers.has(before) ? 'high' : null;
}

/** Something follows that the word belongs to: "working copy", "functional tests". */
function isThing(hit: Hit, view: Passage): boolean {
  const next = view.tokens[hit.to];
  if (next === undefined || next.kind === 'mark') return false;
  const word = wordAt(view, hit.to);
  return !followers.has(word) && !word.endsWith('ly');
}

/** "handles X": a verb with an object, and no result after it. */
function handles(hit: Hit, view: Passage): Confidence | null {
  const next = view.tokens[hit.to];
  const passive = wordAt(view, hit.from) === 'handled';
  const before = wordAt(view, hit.from - 1);
  if (!passive && (next === undefined || next.kind === 'mark' || nouns.has(wordAt(view, hit.to)))) return null;
  if (!passive && (articles.has(before) || before.endsWith('ing'))) return null;
  return hasWord(view, hit.to, view.tokens.length, results) || answeredLater(hit, view) ? 'low' : 'medium';
}

/** "… and returns an empty list" in the next clause is the result. */
function answeredLater(hit: Hit, view: Passage): boolean {
  const { to } = clauseAt(view, hit.from);
  return wordAt(view, to) === 'and' && effectVerbs.has(wordAt(view, to + 1));
}

function handling(hit: Hit, view: Passage): Confidence | null {
  return hit.from === 0 || leadVerbs.has(wordAt(view, hit.from - 1)) ? 'high' : 'low';
}

/** The whole criterion is one short noun that ends with this word: "多设备登录支持". */
function isBare(hit: Hit, { text, tokens }: Passage): boolean {
  return tokens.length === 1 && hit.end === tokens[0]?.end && text.length <= longestNoun;
}

const longestNoun = 12;

/** "Verify navigation on tablets": a thing to look at, and nothing to see. */
function bareCheck(hit: Hit, view: Passage): boolean {
  const { to } = clauseAt(view, hit.from);
  if (hit.from > 0 || to < view.tokens.length || to < 2 || to > 7) return false;
  for (let at = hit.to; at < to; at += 1) {
    const token = view.tokens[at] as Token;
    if (
      token.kind !== 'word' ||
      telling.has(token.lower) ||
      finiteVerbs.has(token.lower) ||
      baseVerbs.has(token.lower) ||
      effectParticiples.has(token.lower) ||
      token.lower.endsWith('ed')
    )
      return false;
  }
  return true;
}

/** "Update the card styling": from what to what? A target of any kind says so. */
function changes(hit: Hit, view: Passage): boolean {
  if (!leads(view, hit.from) || hasWord(view, hit.to, view.tokens.length, targets)) return false;
  const last = view.tokens.findLast(({ kind }) => kind !== 'mark');
  return last !== undefined && looks.has(last.lower);
}

const targets = wordSet('to with from for into by as so using via where when that');
const looks = wordSet(
  'styling style styles design layout look appearance spacing typography font fonts colors colours visuals ui ux copy wording tone',
);
const telling = wordSet('that is are has have no not if whether against and');
const followers = wordSet(
  'on in for with across at from without when if while under via and to again end-to-end offline locally during between only both through out',
);
const questions = wordSet('how why');
const workers = wordSet('to should must will can still both all not correctly properly and');
const nouns = wordSet('on in for with of is are and or to at from that which');
const articles = wordSet('a an the drag resize each this its');
const results = wordSet('successfully by with without so returning showing to using via');
const generic = wordSet('multiple various different many custom common other additional');
const uses = wordSet('uses');
const leadVerbs = wordSet('add implement proper basic improve include with has have and robust');

/** A list after "Fix:" says what is wrong, not what is right. */
function pinning(hit: Hit): Pinning {
  return hit.group.family === 'fix' ? 'measure' : 'full';
}
