import { baseVerbs, effectParticiples, finiteVerbs, nounVerbs } from '../lexicon/verbs.ts';
import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import type { Passage } from '../text/passage.ts';
import type { CriterionView } from '../view.ts';

export const fragment: Rule = {
  id: 'context/fragment',
  summary: 'up to two words without a verb, or a text that ends with a colon',
  reason: 'a heading cannot be true or false',
  bad: { criterion: 'Rate limits' },
  good: { criterion: 'Rate limit: 5 calls a minute' },
  severity: { delegate: 'warning', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: { on: 'criterion', find },
};

function find({ passage, criterion }: CriterionView): readonly Spot[] {
  if (criterion.reading.kind !== 'prose' || !isFragment(passage)) return nothing;
  const text = criterion.text.trim();
  return [
    {
      confidence: 'medium',
      message: `\`${text}\` is not a sentence that a checker can answer`,
      hint: 'say what is true when it is done',
      matches: [{ offset: criterion.text.indexOf(text), length: text.length }],
    },
  ];
}

function isFragment({ tokens, language }: Passage): boolean {
  const last = tokens.at(-1);
  if (last === undefined || (language !== null && language !== 'en')) return false;
  if (last.kind === 'mark' && last.lower === ':') return tokens.length < longestHeading;
  if (tokens.some(({ kind, lower }) => kind === 'mark' && lower === ':')) return false;
  const words = tokens.filter(({ kind }) => kind !== 'mark');
  if (finiteVerbs.has(words[0]?.lower ?? '')) return false;
  return words.length <= 2 && words.every(({ kind, lower }) => kind === 'word' && lower.length < 24 && !isVerb(lower));
}

/** A longer text that happens to end with a colon is no heading. */
const longestHeading = 12;

function isVerb(word: string): boolean {
  if (finiteVerbs.has(word)) return !nounVerbs.has(word.slice(0, -1)) || states.has(word);
  if (baseVerbs.has(word) || effectParticiples.has(word)) return true;
  return word.endsWith('ed') || word.endsWith('ing') || word.endsWith('able');
}

/** Plural nouns elsewhere, but after one noun the whole sentence: "Login works". */
const states: ReadonlySet<string> = new Set([
  'works',
  'fails',
  'exits',
  'opens',
  'starts',
  'stops',
  'loads',
  'saves',
  'responds',
  'returns',
  'shows',
]);
