import type { Expectation } from '../prd.ts';
import { finalProgram } from './command-shape.ts';
import { type Outcome, outcomes } from './expectation-phrases.ts';
import { matchPhrase, type PhraseMatch, type Word, wordsOf } from './words.ts';

/** What the words behind a command ask for. */
export interface Demand {
  readonly expect: Expectation;
  /** Words that no rule can check, or null. */
  readonly remark: string | null;
  /** The word or mark that ties the remark to what was understood: `and`, `(`, `when`, … Empty without a remark. */
  readonly link: string;
  /** Whether at least one phrase was understood. */
  readonly understood: boolean;
}

export const exitZero: Expectation = { exit: 0, output: null };

/**
 * Reads the words behind a command. Null when they contradict themselves, or speak of an exit code in words nobody can check:
 * then running the command would prove something else.
 */
export function readDemand(text: string, command: string): Demand | null {
  const words = wordsOf(text);
  let asked: Asked = {};
  let behind = 0;
  const unchecked: string[] = [];
  for (let at = skip(words, 0); ; at = skip(words, behind)) {
    const found = matchPhrase(outcomes, words, at) ?? shouts(words, at, text) ?? startsCleanly(words, at);
    if (found === null || isMidSentence(found, words, text)) break;
    const more = ask(found, text, command);
    if (more?.unchecked) unchecked.push(text.slice(words[at]?.start, words[found.next - 1]?.end));
    const merged = more === null ? null : merge(asked, more);
    if (more === null || merged === null) return null;
    asked = merged;
    behind = found.next;
  }
  const rest = text.slice(words[behind]?.start ?? text.length);
  if (speaksOfExit.test(rest)) return null;
  const remark = [...unchecked, withoutLink(rest)].filter((part) => part !== '').join('; ');
  const link = withoutLink(rest) === '' ? '' : (words[behind]?.key ?? '');
  return { expect: expectation(asked), remark: remark === '' ? null : remark, link, understood: behind > 0 };
}

/** Whether a word can begin what stands behind a command. */
export function canBeginDemand(word: string): boolean {
  const key = /^[a-z]+$/i.test(word) ? word.toLowerCase() : (wordsOf(word)[0]?.key ?? '');
  return (outcomes.has(key) && !alsoArguments.has(key)) || modals.has(key);
}

/** Words of outcomes that are as often a word of the command. */
const alsoArguments: ReadonlySet<string> = new Set('be type test code status'.split(' '));

const modals: ReadonlySet<string> = new Set(
  'still now must should shall will continues and all with also both'.split(' '),
);

interface Asked {
  readonly exit?: Expectation['exit'];
  readonly output?: Expectation['output'];
  readonly unchecked?: boolean;
}

const speaksOfExit = /\bexit(?:s|ed|ing)?\b|\bnon-?zero\b|\bexit[ -]code\b/i;

const fillers: ReadonlySet<string> = new Set(
  `, ; : . ! ( ) — – - → = > and with which that it then but also still now must should will shall to all again both always verify
  verifies check confirm continues continue they they're see ensure the result output`.split(/\s+/),
);

function skip(words: readonly Word[], from: number): number {
  let at = from;
  // "all pass", "with no errors" and "output is empty" are phrases themselves: a filler that begins one is not skipped.
  while (at < words.length && fillers.has(words[at]?.key ?? '') && matchPhrase(outcomes, words, at) === null) at += 1;
  return at;
}

/** "reports ALL OK": words in capitals are quoted without quotes. */
function shouts(words: readonly Word[], at: number, text: string): PhraseMatch<Outcome> | null {
  if (!/^(?:prints?|outputs?|shows?|reports?|says?|logs?)$/.test(words[at]?.key ?? '')) return null;
  let next = at + 1;
  while (next < words.length && /^[A-Z]{2,}$/.test(text.slice(words[next]?.start, words[next]?.end))) next += 1;
  const first = words[at + 1];
  const last = words[next - 1];
  if (next === at + 1 || first === undefined || last === undefined) return null;
  return { next, means: { kind: 'prints-words' }, value: { ...first, end: last.end } };
}

/** "starts the playground without errors": the words between cannot be checked. */
function startsCleanly(words: readonly Word[], at: number): PhraseMatch<Outcome> | null {
  if (!/^(?:starts|launches|boots|runs|serves|builds|compiles|completes)$/.test(words[at]?.key ?? '')) return null;
  for (let end = at + 1; end < Math.min(words.length, at + 8); end += 1) {
    const found = matchPhrase(outcomes, words, end);
    if (found?.means.kind !== 'exit' || found.means.code !== 0) continue;
    return found.next === words.length ? { ...found, means: { kind: 'unchecked' } } : null;
  }
  return null;
}

/** "clean" and "green" end a sentence; "clean up the table" does not. */
function isMidSentence(found: PhraseMatch<Outcome>, words: readonly Word[], text: string): boolean {
  const last = words[found.next - 1];
  const next = words[found.next];
  if (last === undefined || next === undefined) return false;
  if (text.slice(last.end, next.start) === '' && /^[-_\p{L}\p{N}/]/u.test(next.key)) return true;
  const bare = found.means.kind === 'exit' && /^(?:clean|green|ok|works|success|successful|cleanly)$/.test(last.key);
  return bare && /^[\p{L}\p{N}]/u.test(next.key) && !connectives.has(next.key);
}

const connectives: ReadonlySet<string> = new Set(
  'and with for in on across including after without but when against under from'.split(' '),
);

/** Null for a demand that nothing can meet. */
function ask(found: PhraseMatch<Outcome>, text: string, command: string): Asked | null {
  const outcome = found.means;
  const value = found.value === null ? '' : text.slice(found.value.start, found.value.end);
  switch (outcome.kind) {
    case 'exit':
      return { exit: outcome.code };
    case 'exit-number':
      return exitCode(value);
    case 'prints-text':
      return { output: { kind: 'contains', text: value.slice(1, -1) } };
    case 'prints-words':
      return { output: { kind: 'contains', text: value } };
    case 'prints-number':
      return { output: { kind: 'last-line', text: value } };
    case 'returns-number':
      return counts(command) ? { output: { kind: 'last-line', text: value } } : exitCode(value);
    case 'nothing':
    case 'no-match':
      return isSearch(command) ? noMatch(command) : { output: { kind: 'empty' } };
    case 'no-warnings':
      return warningsFail(command) ? { exit: 0 } : { exit: 0, unchecked: true };
    case 'unchecked':
      return { unchecked: true };
    default:
      return outcome satisfies never;
  }
}

function exitCode(value: string): Asked | null {
  const code = Number(value);
  return Number.isInteger(code) && code >= 0 && code <= 255 ? { exit: code } : null;
}

/** grep and its kin exit with exactly 1 when nothing was found; 2 is an error of the tool itself. `!` turns that into 0. */
function noMatch(command: string): Asked {
  return { exit: finalProgram(command).negated ? 0 : 1, output: { kind: 'empty' } };
}

function isSearch(command: string): boolean {
  const { words } = finalProgram(command);
  return ['grep', 'egrep', 'rg'].includes(words[0] ?? '') || (words[0] === 'git' && words[1] === 'grep');
}

/** Tools whose answer is a number on stdout, so that "returns 3" speaks of the output. */
function counts(command: string): boolean {
  const { words } = finalProgram(command);
  const program = words[0] ?? '';
  if (['wc', 'jq', 'yq', 'awk', 'uniq', 'sqlite3', 'psql', 'curl'].includes(program)) return true;
  return isSearch(command) && words.some((word) => /^(?:--count|-[A-Za-z]*c[A-Za-z]*)$/.test(word));
}

function warningsFail(command: string): boolean {
  return /-D ?warnings|--max-warnings[ =]0|-Werror/.test(command);
}

function merge(first: Asked, second: Asked): Asked | null {
  if (first.exit !== undefined && second.exit !== undefined && first.exit !== second.exit) return null;
  if (first.output != null && second.output != null && JSON.stringify(first.output) !== JSON.stringify(second.output))
    return null;
  return { ...first, ...second };
}

function expectation(asked: Asked): Expectation {
  const output = asked.output ?? null;
  return { exit: asked.exit ?? (output === null ? 0 : null), output };
}

function withoutLink(text: string): string {
  const plain = text.trim().replace(/^(?:[,;:.)!\u2013\u2014-]|and\b|but\b)[ \t]*/, '');
  return plain.replace(/[.;,]$/, '').trim();
}
