import type { Check, Confidence, Match, Spot } from './rule.ts';
import { nothing } from './rule.ts';
import { clauseAt, type Passage, pinsAround } from './text/passage.ts';
import type { Hit } from './text/phrases.ts';
import { decides, isMeasure, type Pin } from './text/pin.ts';
import type { Token } from './text/token.ts';
import type { CriterionView } from './view.ts';

/** A rule that looks words up in the lexicons and drops those that something concrete decides. */
export interface Judgment {
  /** Second half of the rule's id: the key of its phrases in the lexicons. */
  readonly rule: string;
  readonly pins: Pinning | ((hit: Hit) => Pinning);
  /** How sure this hit is in its context; null drops it. Without it the lexicon's word counts. */
  judge?(hit: Hit, view: Passage): Confidence | null;
  readonly message: (words: string) => string;
  readonly hint: string;
}

/** Which pins silence a hit: any full one, only a measure, or none at all. */
export type Pinning = 'full' | 'measure' | 'none';

/** Turns it into a check of one criterion: at most one spot, on the surest words. */
export function judgment(rule: Judgment): Check {
  return { on: 'criterion', words: rule.rule, find: (view) => judged(rule, view) };
}

function judged(rule: Judgment, view: CriterionView): readonly Spot[] {
  const hits = view.passage.hits.get(rule.rule);
  if (hits === undefined || view.criterion.reading.kind !== 'prose') return nothing;
  const sure: Record<Confidence, Match[]> = { high: [], medium: [], low: [] };
  for (const hit of hits) {
    const confidence = decided(rule, hit, view.passage);
    if (confidence !== null) sure[confidence].push(matchOf(hit));
  }
  const best = confidences.find((confidence) => sure[confidence].length > 0);
  const first = best === undefined ? undefined : sure[best][0];
  if (best === undefined || first === undefined) return nothing;
  const words = view.passage.text.slice(first.offset, first.offset + first.length);
  return [{ confidence: best, message: rule.message(words), hint: rule.hint, matches: sure[best] }];
}

/** Surest first. */
const confidences: readonly Confidence[] = ['high', 'medium', 'low'];

function decided(rule: Judgment, hit: Hit, view: Passage): Confidence | null {
  if (qualities.has(hit.group.rule) && (isName(hit, view) || isPurpose(hit, view))) return null;
  if (isCondition(hit, view)) return null;
  const confidence = inContext(rule, hit, view);
  if (confidence !== null && isRemark(hit, view)) return 'low';
  const pinning = typeof rule.pins === 'function' ? rule.pins(hit) : rule.pins;
  if (confidence === null || pinning === 'none') return confidence;
  const clause = clauseAt(view, hit.from);
  const around = pinsAround(view, hit.from);
  const deciding = around.filter((pin) => decides(view.tokens, clause, pin, hit.from, hit.to));
  if (deciding.some((pin) => !isHalf(pin) && (pinning === 'full' || isMeasure(pin)))) return null;
  if (pinning === 'full' && deciding.length > 0) return lowered(confidence);
  // Something concrete stands there, though not for this word: no longer sure enough for an error.
  return around.some((pin) => !isHalf(pin)) || isAboutTests(view) ? atMostMedium(confidence) : confidence;
}

/** Contexts are known for English, and for bare nouns of behaviour in any language. */
function inContext({ judge }: Judgment, hit: Hit, view: Passage): Confidence | null {
  const isKnown = view.language === 'en' || view.language === null || hit.group.family === 'bare';
  return judge === undefined || !isKnown ? hit.group.confidence : judge(hit, view);
}

function isHalf(pin: Pin): boolean {
  return pin.kind === 'name' || pin.kind === 'gloss';
}

/** One step less sure; `low` stays low. */
function lowered(confidence: Confidence): Confidence {
  return confidence === 'high' ? 'medium' : 'low';
}

/** "Unit tests verify correct totals": the suite decides, but nobody knows what it asks. */
function isAboutTests(view: Passage): boolean {
  return view.tokens.slice(0, 4).some(({ lower }) => tests.has(lower));
}

function atMostMedium(confidence: Confidence): Confidence {
  return confidence === 'high' ? 'medium' : confidence;
}

/** "Smart Cart": a capital inside a clause belongs to somebody's name, not to a quality. */
function isName(hit: Hit, view: Passage): boolean {
  if ((view.tokens[hit.from] as Token).lower.includes('-')) return false;
  const first = view.text.charAt(hit.start);
  if (first === first.toLowerCase() || hit.from === clauseAt(view, hit.from).from) return false;
  const before = view.tokens[hit.from - 1];
  if (before?.kind === 'mark' && before.lower !== '/' && !isCapital(view, hit.to)) return false;
  const second = view.text.charAt(hit.start + 1);
  return second === second.toLowerCase();
}

function isCapital(view: Passage, at: number): boolean {
  const token = view.tokens[at];
  const first = token === undefined ? '' : view.text.charAt(token.start);
  return first !== first.toLowerCase();
}

/** "falls back to the cache (graceful degradation)": brackets at the end name what has been said. */
function isRemark(hit: Hit, view: Passage): boolean {
  if (!remarks.has(hit.group.rule)) return false;
  for (let at = hit.from - 1; at > 2; at -= 1) {
    const { kind, lower } = view.tokens[at] as Token;
    if (kind !== 'mark') continue;
    if (lower === ')') return false;
    if (lower === '(') return true;
  }
  return false;
}

/** "for faster builds": a purpose, not a demand. "for large files" names what must be dealt with. */
function isPurpose(hit: Hit, view: Passage): boolean {
  const before = view.tokens[hit.from - 1];
  if (before?.lower === 'prevent' || before?.lower === 'avoid') return view.tokens[hit.from - 2]?.lower === 'to';
  return before?.lower === 'for' && hit.group.family !== 'amount';
}

/** What the program meets at run time is no demand: "if too long", "when the list is short". */
function isCondition(hit: Hit, view: Passage): boolean {
  if (hit.group.family === 'condition' && hit.group.rule === 'no-threshold') return false;
  const reach = qualities.has(hit.group.rule) && hit.group.rule !== 'vague-adverb' ? 6 : 1;
  for (let at = hit.from - 1; at >= Math.max(0, hit.from - reach); at -= 1) {
    const token = view.tokens[at];
    if (token?.kind === 'mark') return false;
    if (conditions.has(token?.lower ?? '')) return true;
  }
  return false;
}

function matchOf(hit: Hit): Match {
  return { offset: hit.start, length: hit.end - hit.start };
}

/** Rules about adjectives and adverbs. */
const qualities: ReadonlySet<string> = new Set([
  'vague-adverb',
  'vague-quality',
  'subjective-ux',
  'no-threshold',
  'bare-comparative',
  'prose-quality',
]);

/** Rules whose words in brackets only name what stands before them. "(responsive)" is a demand of its own. */
const remarks: ReadonlySet<string> = new Set(['vague-adverb', 'bare-comparative', 'pattern-ref']);

const tests: ReadonlySet<string> = new Set(['test', 'tests', 'spec', 'specs', 'suite']);

const conditions: ReadonlySet<string> = new Set(['if', 'when', 'unless', 'while', 'until']);
