import { type CheckSubject, neverQualifiers, readSubject } from './check-subject.ts';
import { builtThings, checkNouns, checkTools, errorKinds, everyCheck, plainWords, tailWords } from './check-words.ts';
import { outcomes } from './expectation-phrases.ts';
import { behindRepetition, type Predicate, readPredicate } from './predicate.ts';
import { matchPhrase, type Word, wordsOf } from './words.ts';

/** A generic phrase such as "Backend tests pass": which check is meant, and what stands behind the phrase. */
export interface CheckPhrase {
  readonly subjects: readonly CheckSubject[];
  /** The words inside the phrase that narrow it: "for the cart" of "tests for the cart pass". */
  readonly tail: string;
  /** The words behind the phrase. */
  readonly rest: string;
}

/** A cheap first look, so that ordinary prose is never taken apart: a noun of a check and a word of success. */
const nouns =
  /test|type|tsc|lint|build|compil|check|format|prettier|e2e|end-to-end|playwright|cypress|\bci\b|spec|suite|gates/i;
const claims =
  /pass|green|clean|succe|compil|build|\bno\b|zero|\b0\b|without|check|fine|\bok\b|error-free|[^\p{ASCII}]/iu;

const introduction = /^(?:ensure|verify|confirm|check|make sure)(?: that)? /i;
const longestPhrase = 400;

/** Reads a generic phrase at the beginning of a text, or null. A phrase names a check; it never runs anything by itself. */
export function readCheckPhrase(criterion: string): CheckPhrase | null {
  const text = criterion.replace(introduction, '');
  const head = text.slice(0, longestPhrase);
  if (!nouns.test(head) || !claims.test(head)) return null;
  const words = wordsOf(head);
  const found = claim(words) ?? buildClaim(words) ?? passesTool(words) ?? noErrors(words) ?? noneBreaks(words);
  if (found === null || !endsThere(words, found.next)) return null;
  const { subjects, next, tail } = found;
  const inside = tail === undefined ? '' : text.slice(words[tail.start]?.start, words[tail.end - 1]?.end);
  return { subjects, tail: inside, rest: text.slice(words[next]?.start ?? text.length) };
}

interface Found extends Predicate {
  readonly subjects: readonly CheckSubject[];
}

/** "All backend tests and typecheck pass". */
function claim(words: readonly Word[]): Found | null {
  const subjects: CheckSubject[] = [];
  let at = 0;
  for (;;) {
    const subject = readSubject(words, at);
    if (subject === null) return null;
    subjects.push(subject.subject);
    at = subject.next;
    const separator = words[at]?.key ?? '';
    if (!['/', ',', 'and', '&', '+'].includes(separator)) break;
    at += separator === ',' && words[at + 1]?.key === 'and' ? 2 : 1;
  }
  const claimed = readPredicate(words, at);
  return claimed === null ? null : { subjects, ...claimed };
}

/** "App builds", "Code compiles without errors", "Docker image builds successfully". */
function buildClaim(words: readonly Word[]): Found | null {
  const things: string[] = [];
  for (let at = 0; at < Math.min(words.length, 5); at += 1) {
    const word = words[at]?.key ?? '';
    const kind = builtThings.get(word);
    if (kind === 'part') things.push(word);
    else if (/^(?:builds?|compiles?)$/.test(word) && at > 0) return built(words, at, things);
    else if (kind === undefined && !plainWords.has(word) && !/^(?:typescript|still|now)$/.test(word)) return null;
  }
  return null;
}

function built(words: readonly Word[], verb: number, things: readonly string[]): Found | null {
  const claimed = matchPhrase(outcomes, words, verb)?.next ?? verb + 1;
  const next = behindRepetition(words, claimed);
  const aboutTypes = words.slice(verb).some((word) => /^(?:typescript|type|ts)$/.test(word.key));
  const name = aboutTypes || words[0]?.key === 'typescript' ? 'typecheck' : 'build';
  return { subjects: [{ name, qualifier: things.length === 0 ? null : things.join('-') }], next };
}

/** "deploy.sh passes shellcheck", "New code passes the type check". */
function passesTool(words: readonly Word[]): Found | null {
  const verb = words.findIndex((word) => word.key === 'pass' || word.key === 'passes');
  if (verb < 1 || verb > 5 || words.slice(0, verb).some((word) => neverQualifiers.has(word.key))) return null;
  let at = verb + 1;
  while (/^(?:the|a|strict|bash|-|-n|all|our)$/.test(words[at]?.key ?? '')) at += 1;
  const noun = matchPhrase(checkNouns, words, at) ?? matchPhrase(checkTools, words, at);
  if (noun === null || noun.means === everyCheck) return null;
  return { subjects: [{ name: noun.means, qualifier: null }], next: behindRepetition(words, noun.next) };
}

/** "No TypeScript errors", "Zero lint errors or warnings". */
function noErrors(words: readonly Word[]): Found | null {
  let at = skipWhile(words, 0, /^(?:there|are|is|code|has|project)$/);
  if (!/^(?:no|zero|0|without)$/.test(words[at]?.key ?? '')) return null;
  at = skipWhile(words, at + 1, /^(?:new|existing|remaining)$/);
  const subjects: CheckSubject[] = [];
  for (let kind = matchPhrase(errorKinds, words, at); kind !== null; kind = matchPhrase(errorKinds, words, at)) {
    subjects.push({ name: kind.means, qualifier: null });
    at = skipWhile(words, kind.next, /^(?:or|\/|and|,)$/);
  }
  const what = words[at]?.key ?? '';
  if (subjects.length === 0 || !/^(?:errors?|failures?|issues?|warnings?)$/.test(what)) return null;
  // A linter that only warns exits with 0: the words stay as a remark.
  const tail = what.startsWith('warning') ? { tail: { start: 0, end: at + 1 } } : {};
  return { subjects, next: at + 1, ...tail };
}

function skipWhile(words: readonly Word[], from: number, pattern: RegExp): number {
  let at = from;
  while (at < words.length && pattern.test(words[at]?.key ?? '')) at += 1;
  return at;
}

/** "No existing parser or corpus test regresses". */
function noneBreaks(words: readonly Word[]): Found | null {
  if (words[0]?.key !== 'no') return null;
  const found = readSubject(words, 1);
  const verb = words[found?.next ?? words.length]?.key ?? '';
  if (found?.subject.name !== 'test' || !/^(?:regress|regresses|fails?|breaks?)$/.test(verb)) return null;
  return { subjects: [found.subject], next: found.next + 1 };
}

/** Behind the phrase stands nothing, or a tail that begins like one. "Tests pass the token" is a sentence. */
function endsThere(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word === undefined || tailWords.has(word.key)) return true;
  return /^[.!:]$/.test(word.key) || (at > 0 && word.key === everyCheck);
}
