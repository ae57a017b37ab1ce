import { chinese, japanese, korean, russian } from '../lexicon/by-letter.ts';
import { englishAmount } from '../lexicon/english-amount.ts';
import { englishChoice } from '../lexicon/english-choice.ts';
import { englishLooks } from '../lexicon/english-looks.ts';
import { englishManner } from '../lexicon/english-manner.ts';
import { englishOutcome } from '../lexicon/english-outcome.ts';
import { englishReference } from '../lexicon/english-reference.ts';
import { englishScope } from '../lexicon/english-scope.ts';
import { french, german, portuguese, spanish } from '../lexicon/european.ts';
import type { Language } from './language.ts';
import { type Lexicon, lexicon } from './phrases.ts';

const english = once(() =>
  lexicon(
    [
      ...englishManner,
      ...englishLooks,
      ...englishAmount,
      ...englishScope,
      ...englishChoice,
      ...englishReference,
      ...englishOutcome,
    ],
    'word',
  ),
);

/** One tree for the four: short texts rarely say which of them they are, and their vague words do not clash. */
const european = once(() => lexicon([...portuguese, ...spanish, ...french, ...german], 'word'));

const none = once(() => lexicon([], 'word'));

/** Built when a text first needs them: most documents are in one language. */
const known: Readonly<Record<Language, () => Lexicon>> = {
  en: english,
  pt: european,
  es: european,
  fr: european,
  de: european,
  it: none,
  zh: once(() => lexicon(chinese, 'letter')),
  ja: once(() => lexicon(japanese, 'letter')),
  ko: once(() => lexicon(korean, 'letter')),
  ru: once(() => lexicon(russian, 'letter')),
  other: none,
};

/** The vague phrases of a language. A text that betrays no language is read as English. */
export function lexiconOf(language: Language | null): Lexicon {
  return known[language ?? 'en']();
}

/** False for the languages that judgment rules must skip. */
export function hasLexicon(language: Language): boolean {
  return known[language] !== none;
}

function once<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
