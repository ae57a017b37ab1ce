import { baseVerbs, finiteVerbs } from '../lexicon/verbs.ts';
import type { Token } from './token.ts';

/** A part of a criterion that is decided, or not, on its own: tokens `from` up to, not including, `to`. */
export interface Clause {
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts at `;`, line breaks, sentence ends, `, but`, and `and` before a new verb. What follows a dash, a colon or an
 * arrow, or stands
 * in brackets, stays with the clause on its left.
 */
export function clauses(text: string, tokens: readonly Token[]): readonly Clause[] {
  const found: Clause[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    depth = Math.max(0, depth + nesting(tokens[at] as Token));
    if (depth > 0 || at === from || !endsClause(text, tokens, at, from)) continue;
    found.push({ from, to: at });
    from = at;
  }
  if (from < tokens.length) found.push({ from, to: tokens.length });
  return found;
}

function nesting(token: Token): number {
  if (token.kind !== 'mark') return 0;
  if (token.lower === '(' || token.lower === '[') return 1;
  return token.lower === ')' || token.lower === ']' ? -1 : 0;
}

function endsClause(text: string, tokens: readonly Token[], at: number, from: number): boolean {
  const token = tokens[at] as Token;
  if (token.kind === 'mark') return endsAtMark(text, tokens, at);
  if (token.kind !== 'word') return false;
  if (token.lower === 'but') return true;
  return (token.lower === 'and' || token.lower === 'then') && startsPredicate(tokens, at + 1, from);
}

function endsAtMark(text: string, tokens: readonly Token[], at: number): boolean {
  const mark = (tokens[at] as Token).lower;
  if (mark === ';' || mark === '\n') return true;
  if (mark !== '.' && mark !== '!' && mark !== '?') return false;
  const next = tokens[at + 1];
  return next === undefined || !isLowerCase(text.charAt(next.start));
}

/** "and shows …", "and update the …": a verb that has something after it, and the clause so far had one too. */
function startsPredicate(tokens: readonly Token[], at: number, from: number): boolean {
  const verb = tokens[at];
  const object = tokens[at + 1];
  if (verb === undefined || object === undefined || verb.kind !== 'word') return false;
  if (object.kind === 'mark' || afterNoun.has(object.lower) || givesResult(verb, object)) return false;
  if (finiteVerbs.has(verb.lower)) return true;
  const first = tokens[from] as Token;
  return baseVerbs.has(verb.lower) && baseVerbs.has(first.lower);
}

/** "with a clear error and exits 2": the number decides what stands before it. */
function givesResult({ lower }: Token, object: Token): boolean {
  if (lower !== 'exits' && lower !== 'exit' && lower !== 'returns' && lower !== 'return') return false;
  return object.kind === 'number' || object.lower === 'non-zero' || object.lower === 'code' || object.lower === 'with';
}

function isLowerCase(char: string): boolean {
  return char !== char.toUpperCase();
}

/** After a plural noun that looks like a verb ("labels are", "tests and"). */
const afterNoun: ReadonlySet<string> = new Set('and or are is was were have has must should of per'.split(' '));
