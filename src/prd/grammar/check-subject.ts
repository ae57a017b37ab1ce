import { builtThings, checkNouns, plainWords } from './check-words.ts';
import { readPredicate } from './predicate.ts';
import { matchPhrase, type Word } from './words.ts';

/** What a generic phrase speaks of. */
export interface CheckSubject {
  readonly name: string;
  /** "backend" of "backend tests"; null when the whole is meant. */
  readonly qualifier: string | null;
}

const longestQualifier = 4;

/** Reads "all existing backend tests" from a word on: the check it names, and the index behind it. */
export function readSubject(words: readonly Word[], from: number): { subject: CheckSubject; next: number } | null {
  let at = from;
  const qualifiers: string[] = [];
  for (;;) {
    const noun = matchPhrase(checkNouns, words, at);
    // "E2E tests" is one noun, "lint tests" is not: the last noun before the predicate counts.
    if (noun !== null && !continuesNoun(words, noun.next)) {
      return { subject: subject(noun.means, qualifiers, words[at]?.key ?? ''), next: noun.next };
    }
    const word = words[at]?.key;
    if (word === undefined || !isQualifier(words, at)) return null;
    if (!plainWords.has(word)) qualifiers.push(word);
    if (qualifiers.length > longestQualifier) return null;
    at += 1;
  }
}

/** "TypeScript typecheck", "Playwright end-to-end tests", "lint checks": another noun follows, so this one is its qualifier. */
function continuesNoun(words: readonly Word[], at: number): boolean {
  return matchPhrase(checkNouns, words, at) !== null && readPredicate(words, at) === null;
}

/** Words that make a sentence of it: what follows is no name of a check. */
export const neverQualifiers: ReadonlySet<string> = new Set(
  `a an is are was were be to of if when while user users should must can will may has have does do not no none that which who shows returns
  add adds added create creates write run runs running use uses via or nor than it make npm npx yarn pnpm bun cargo task just uv`
    .split(/\s+/)
    .filter(Boolean),
);

function isQualifier(words: readonly Word[], at: number): boolean {
  const word = words[at]?.key ?? '';
  if (plainWords.has(word)) return true;
  if (word === '/' || word === '+' || (word === 'or' && at > 0)) return at > 0;
  return !neverQualifiers.has(word) && /^[\p{L}][\p{L}\p{N}_.-]*$/u.test(word);
}

function subject(name: string, qualifiers: readonly string[], noun: string): CheckSubject {
  const words = qualifiers.filter((word) => /[\p{L}\p{N}]/u.test(word) && word !== 'or' && word !== noun);
  const plain = words.filter((word) => !saysTheSame(name, word));
  return { name, qualifier: plain.length === 0 ? null : plain.join('-') };
}

/** "TypeScript typecheck", "project build": the word adds nothing to the name. */
function saysTheSame(name: string, word: string): boolean {
  if (name === 'typecheck') return /^(?:typescript|ts|tsc|type)$/.test(word);
  return name === 'build' && builtThings.get(word) === 'whole';
}
