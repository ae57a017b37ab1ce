import { unitWords } from '../lexicon/technical.ts';
import { effectGerunds, effectVerbs, finiteVerbs } from '../lexicon/verbs.ts';
import type { Clause } from './clause.ts';
import type { Token } from './token.ts';

export type PinKind = 'quantity' | 'quote' | 'code' | 'path' | 'cases' | 'consequence' | 'stimulus' | 'name' | 'gloss';

/** Something concrete in a clause that may decide a vague word. `at` is the token it stands on. */
export interface Pin {
  readonly kind: PinKind;
  readonly at: number;
}

/** Every pin of a clause, in reading order. Tokens that `struck` marks (purposes, examples) pin nothing. */
export function pins(tokens: readonly Token[], clause: Clause, struck: Uint8Array): readonly Pin[] {
  const found: Pin[] = [];
  for (let at = clause.from; at < clause.to; at += 1) {
    if (struck[at] === 1) continue;
    const kind = pinKind(tokens, clause, at, struck);
    if (kind !== null) found.push({ kind, at });
  }
  return found;
}

function pinKind(tokens: readonly Token[], clause: Clause, at: number, struck: Uint8Array): PinKind | null {
  const token = tokens[at] as Token;
  switch (token.kind) {
    case 'code':
    case 'path':
    case 'quote':
    case 'name':
      return token.kind;
    case 'number':
      return isQuantity(tokens, at) ? 'quantity' : null;
    case 'mark':
      return markPin(tokens, clause, at, struck);
    case 'word':
      return wordPin(tokens, clause, at);
    case 'url':
    case 'ref':
      return null;
    default:
      return token.kind satisfies never;
  }
}

/** "under 200 ms", "10 rows", "1–5" decide; "step 2", "phase 3", "US 7" only name. */
function isQuantity(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (before?.kind === 'word' && numbered.has(before.lower)) return false;
  const token = tokens[at] as Token;
  if (/[^\d]/.test(token.lower)) return true;
  const after = tokens[at + 1];
  if (after?.kind === 'word') return unitWords.has(after.lower) || !smallWords.has(after.lower);
  return before?.kind === 'word'
    ? !smallWords.has(before.lower) || comparators.has(before.lower)
    : before !== undefined;
}

function markPin(tokens: readonly Token[], clause: Clause, at: number, struck: Uint8Array): PinKind | null {
  const mark = (tokens[at] as Token).lower;
  if (mark === '(' || mark === ':') {
    return lists(tokens, clause, at, struck) ? 'cases' : (consequence(tokens, clause, at) ?? gloss(tokens, clause, at));
  }
  if (mark === ',') return goesOn(tokens[at + 1]) ? 'consequence' : null;
  return mark === '—' || mark === '→' ? (consequence(tokens, clause, at) ?? gloss(tokens, clause, at)) : null;
}

/** ", shows the total": the same subject does something that can be seen. */
function goesOn(next: Token | undefined): boolean {
  return next?.kind === 'word' && finiteVerbs.has(next.lower) && effectVerbs.has(next.lower);
}

/** Two or more cases after a bracket or colon, and no open tail. */
function lists(tokens: readonly Token[], clause: Clause, at: number, struck: Uint8Array): boolean {
  const close = (tokens[at] as Token).lower === '(' ? ')' : null;
  let separators = 0;
  for (let i = at + 1; i < reachOf(clause, at); i += 1) {
    const { kind, lower } = tokens[i] as Token;
    if (kind === 'mark' && lower === close) break;
    if (struck[i] === 1 || openTails.has(lower)) return false;
    if (separatesCases(kind, lower)) separators += 1;
  }
  return separators > 0 && at + 2 < clause.to;
}

function separatesCases(kind: Token['kind'], lower: string): boolean {
  if (kind === 'mark') return lower === ',' || lower === '/' || lower === '+' || lower === '|';
  return kind === 'word' && caseWords.has(lower);
}

/** "— shows 'Retry'", "→ 409", "(returns null)": a verb with a visible effect soon after the sign. */
function consequence(tokens: readonly Token[], clause: Clause, at: number): PinKind | null {
  const reach = Math.min(clause.to, at + 9);
  for (let i = at + 1; i < reach; i += 1) {
    const token = tokens[i] as Token;
    if (token.kind === 'mark' && (token.lower === ')' || token.lower === '(')) return null;
    if (token.kind === 'word' && effectVerbs.has(token.lower)) return 'consequence';
    if (token.kind === 'word' && (token.lower === 'no' || token.lower === 'not' || token.lower === 'never'))
      return 'consequence';
  }
  return null;
}

/** A few words of explanation, whatever they say: less than a pin, more than nothing. */
function gloss(tokens: readonly Token[], clause: Clause, at: number): PinKind | null {
  let words = 0;
  for (let i = at + 1; i < reachOf(clause, at) && (tokens[i] as Token).lower !== ')'; i += 1) {
    if ((tokens[i] as Token).kind === 'word') words += 1;
  }
  return words > 1 ? 'gloss' : null;
}

/** "by disabling …", "without crashing", "falls back to …", and "when …, the button is disabled". */
function wordPin(tokens: readonly Token[], clause: Clause, at: number): PinKind | null {
  const { lower } = tokens[at] as Token;
  const next = tokens[at + 1];
  if ((lower === 'by' || lower === 'without' || lower === 'via') && next !== undefined && at + 1 < clause.to) {
    if (next.kind === 'word' && effectGerunds.has(next.lower)) return 'consequence';
  }
  if (exits.has(lower)) return 'quantity';
  if ((lower === 'via' || lower === 'using') && next?.kind === 'word') return 'gloss';
  return stimuli.has(lower) && answered(tokens, clause, at) ? 'stimulus' : null;
}

/** A comma after the stimulus, and a visible effect after the comma. */
function answered(tokens: readonly Token[], clause: Clause, at: number): boolean {
  let comma = false;
  for (let i = at + 2; i < reachOf(clause, at); i += 1) {
    const token = tokens[i] as Token;
    if (token.kind === 'mark' && (token.lower === ',' || token.lower === '→')) comma = true;
    else if (comma && token.kind === 'word' && effectVerbs.has(token.lower)) return true;
  }
  return false;
}

/** No pin is longer than this many tokens: a hostile text must not make the search quadratic. */
function reachOf(clause: Clause, at: number): number {
  return Math.min(clause.to, at + 60);
}

/** Pins that decide even looks and feelings. */
export function isMeasure(pin: Pin): boolean {
  return pin.kind === 'quantity' || pin.kind === 'quote' || pin.kind === 'code';
}

/**
 * A pin decides a vague word if it says more about it: it follows, and is no mere place ("in `x.ts`"), or it is the
 * object of a verb
 * with a visible effect. The subject of the sentence ("`save()` works correctly") decides nothing.
 */
export function decides(tokens: readonly Token[], clause: Clause, pin: Pin, from: number, to: number): boolean {
  if (pin.at >= from && pin.at < to) return false;
  const before = tokens[pin.at - 1];
  const place = before?.kind === 'word' && pin.at !== to && places.has(before.lower);
  const shown = pin.kind === 'quote' && before?.lower === 'with';
  if (place && !shown && pin.kind !== 'quantity' && pin.kind !== 'consequence') return false;
  if (pin.at >= to) return !ofNextItem(tokens, pin, to) && !ofCondition(tokens, pin, to);
  if (pin.kind === 'quantity' && ofNextItem(tokens, { ...pin, at: from }, pin.at)) return false;
  if (pin.kind === 'quantity' && from - pin.at <= beside) return true;
  if (pin.kind === 'consequence' || pin.kind === 'cases' || pin.kind === 'stimulus' || pin.kind === 'gloss')
    return false;
  return isObject(tokens, clause, pin.at);
}

/** "slightly larger cells, 2px border": a comma outside of brackets begins another item, which decides only itself. */
function ofNextItem(tokens: readonly Token[], pin: Pin, from: number): boolean {
  if (pin.kind === 'consequence' || pin.kind === 'stimulus') return false;
  let depth = 0;
  for (let i = from; i < pin.at; i += 1) {
    const { kind, lower } = tokens[i] as Token;
    if (kind !== 'mark') continue;
    if (lower === '(' || lower === ':' || lower === '—') depth += 1;
    else if (lower === ')') depth -= 1;
    else if (lower === ',' && depth <= 0) return true;
  }
  return false;
}

/** "a clear error when `KEY` is missing": the condition names what goes in, not what comes out. */
function ofCondition(tokens: readonly Token[], pin: Pin, from: number): boolean {
  for (let i = from; i < pin.at; i += 1) {
    const { kind, lower } = tokens[i] as Token;
    if (kind === 'mark') return false;
    if (conditions.has(lower)) return true;
  }
  return false;
}

/** A verb that shows or returns something stands before it. */
function isObject(tokens: readonly Token[], clause: Clause, at: number): boolean {
  for (let i = clause.from; i < at; i += 1) {
    const token = tokens[i] as Token;
    if (token.kind === 'word' && showing.has(token.lower)) return true;
  }
  return false;
}

/** A number this close before a word belongs to it: "within 200 ms gracefully", not "all 5 tabs animate correctly". */
const beside = 3;

const conditions: ReadonlySet<string> = new Set(['if', 'when', 'unless', 'while', 'until']);
const places: ReadonlySet<string> = new Set(
  'in on at from for of inside within to into under across via with'.split(' '),
);
const showing: ReadonlySet<string> = new Set(
  `return returns returning returned show shows showing shown display displays displaying displayed print prints printed log logs logged
  throw throws raise raises raised emit emits emitted exit exits respond responds redirect redirects output outputs render renders
  rendered report reports write writes written send sends store stores stored`.split(/\s+/),
);
const numbered: ReadonlySet<string> = new Set(
  'step phase story task stage section chapter part level version option rule us milestone sprint week day page figure table item test card appendix priority tier'.split(
    ' ',
  ),
);
const comparators: ReadonlySet<string> = new Set(
  'under over above below least most than to of exactly max maximum min minimum limit limited within after every up at is equals ='.split(
    ' ',
  ),
);
const smallWords: ReadonlySet<string> = new Set(
  'and or the a an of to in on for with is are be by at from as that this when if but not no it its'.split(' '),
);
const exits: ReadonlySet<string> = new Set(['non-zero', 'nonzero']);
const openTails: ReadonlySet<string> = new Set(['etc', '…', '...', 'e.g', 'example']);
const caseWords: ReadonlySet<string> = new Set(['and', 'or', 'e', 'ou', 'et', 'y', 'o', 'und', 'oder']);
const stimuli: ReadonlySet<string> = new Set(['when', 'if', 'on', 'after', 'while', 'once', 'whenever']);
