import type { PhraseGroup } from '../lexicon/phrase-group.ts';
import type { Token } from './token.ts';

/**
 * A phrase of a lexicon found in a text: tokens `from` up to, not including, `to`; `start` and `end` are text offsets.
 */
export interface Hit {
  readonly group: PhraseGroup;
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The phrases of a language by their first word, or by their first letter for scripts without spaces and for rich
 * endings.
 */
export interface Lexicon {
  readonly unit: 'word' | 'letter';
  readonly byFirst: ReadonlyMap<string, readonly Phrase[]>;
}

interface Phrase {
  readonly group: PhraseGroup;
  /** The whole text, for lexicons by letter. */
  readonly text: string;
  readonly slots: readonly Slot[];
}

interface Slot {
  /** null stands for any word. */
  readonly words: ReadonlySet<string> | null;
  readonly optional: boolean;
}

/** Indexes the lists. The cost is in their size, paid once per program. */
export function lexicon(groups: readonly PhraseGroup[], unit: Lexicon['unit']): Lexicon {
  const byFirst = new Map<string, Phrase[]>();
  for (const group of groups) {
    for (const line of group.phrases.split(/[\n,]/)) {
      const text = line.trim();
      if (text !== '') addPhrase(byFirst, { group, text, slots: unit === 'word' ? slotsOf(text) : [] });
    }
  }
  return { unit, byFirst };
}

/** The longest hit of each rule at each place; a hit inside an earlier one of the same rule is dropped. */
export function findPhrases(known: Lexicon, tokens: readonly Token[]): readonly Hit[] {
  const hits: Hit[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    const token = tokens[from] as Token;
    if (token.kind !== 'word') continue;
    if (known.unit === 'letter') findInside(known, token, from, hits);
    else findFrom(known, tokens, from, hits);
  }
  return hits.length < 2 ? hits : longest(hits);
}

function slotsOf(text: string): readonly Slot[] {
  return text.split(/\s+/).map((slot) => {
    const optional = slot.endsWith('?');
    const words = optional ? slot.slice(0, -1) : slot;
    return { words: words === '_' ? null : new Set(words.split('/')), optional };
  });
}

function addPhrase(byFirst: Map<string, Phrase[]>, phrase: Phrase): void {
  const [head, ...rest] = phrase.slots;
  if (head?.optional === true) addPhrase(byFirst, { ...phrase, slots: rest });
  const firsts = head?.words ?? [phrase.text.charAt(0)];
  for (const first of firsts) {
    const known = byFirst.get(first);
    if (known === undefined) byFirst.set(first, [phrase]);
    else known.push(phrase);
  }
}

function findFrom(known: Lexicon, tokens: readonly Token[], from: number, hits: Hit[]): void {
  const phrases = phrasesAt(known, (tokens[from] as Token).lower);
  if (phrases === undefined) return;
  for (const phrase of phrases) {
    const to = phraseEnd(phrase.slots, 1, tokens, from + 1);
    if (to === 0) continue;
    hits.push({
      group: phrase.group,
      from,
      to,
      start: (tokens[from] as Token).start,
      end: (tokens[to - 1] as Token).end,
    });
  }
}

/** By the whole word, else by its ending: `*-friendly` stands for every compound. */
function phrasesAt({ byFirst }: Lexicon, word: string): readonly Phrase[] | undefined {
  const whole = byFirst.get(word);
  const hyphen = whole === undefined ? word.lastIndexOf('-') : 0;
  return hyphen > 0 ? byFirst.get(`*${word.slice(hyphen)}`) : whole;
}

/**
 * Token after the longest way to fill the slots from `slot` on, or 0. Phrases have few optional words: the tree is
 * tiny.
 */
function phraseEnd(slots: readonly Slot[], slot: number, tokens: readonly Token[], at: number): number {
  const wanted = slots[slot];
  if (wanted === undefined) return at;
  const token = tokens[at];
  if (token !== undefined && fills(wanted, token)) {
    const end = phraseEnd(slots, slot + 1, tokens, at + 1);
    if (end > 0) return end;
  }
  return wanted.optional ? phraseEnd(slots, slot + 1, tokens, at) : 0;
}

function fills(slot: Slot, token: Token): boolean {
  if (slot.words === null) return token.kind === 'word' || token.kind === 'name';
  return token.kind === 'word' && slot.words.has(token.lower);
}

function findInside(known: Lexicon, token: Token, from: number, hits: Hit[]): void {
  for (let at = 0; at < token.lower.length; at += 1) {
    for (const { group, text } of known.byFirst.get(token.lower.charAt(at)) ?? []) {
      if (!token.lower.startsWith(text, at) || (isAscii(text) && token.lower !== text)) continue;
      hits.push({ group, from, to: from + 1, start: token.start + at, end: token.start + at + text.length });
    }
  }
}

/** A Latin word among other letters ("etc") counts only as a whole. */
function isAscii(text: string): boolean {
  return text.charCodeAt(0) < 128;
}

/**
 * One pass in reading order: of hits that start together the longest comes first, and it swallows what lies inside it.
 */
function longest(hits: Hit[]): readonly Hit[] {
  hits.sort((a, b) => a.start - b.start || b.end - a.end);
  const reached = new Map<string, number>();
  return hits.filter((hit) => {
    if (hit.end <= (reached.get(hit.group.rule) ?? 0)) return false;
    reached.set(hit.group.rule, hit.end);
    return true;
  });
}
