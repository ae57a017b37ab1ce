import { functionWords } from '../lexicon/function-words.ts';
import type { Token } from './token.ts';

/** What a text is written in, as far as lexicons are concerned. `other` has no lexicon. */
export type Language = 'en' | 'pt' | 'es' | 'fr' | 'de' | 'it' | 'zh' | 'ja' | 'ko' | 'ru' | 'other';

/** Decides by script, then by function words; null when a short Latin text shows neither. */
export function languageOf(tokens: readonly Token[]): Language | null {
  let letters: Map<Language, number> | null = null;
  const votes = new Map<Language, number>();
  let latin = 0;
  for (const token of tokens) {
    if (token.kind !== 'word') continue;
    const isPlain = isAscii(token.lower);
    const script = isPlain ? null : scriptOf(token.lower);
    if (script === null) {
      latin += 1;
      vote(token.lower, isPlain, votes);
    } else {
      letters ??= new Map<Language, number>();
      letters.set(script, (letters.get(script) ?? 0) + Math.max(1, token.lower.length / 2));
    }
  }
  const script = letters === null ? null : most(letters);
  if (letters !== null && script !== null && (letters.get(script) ?? 0) * 2 >= latin) return withKana(script, letters);
  return most(votes);
}

function scriptOf(word: string): Language | null {
  for (let i = 0; i < word.length; i += 1) {
    const code = word.charCodeAt(i);
    if (code < 0x400) continue;
    if (code <= 0x52f) return 'ru';
    if (code >= 0x3040 && code <= 0x30ff) return 'ja';
    if (code >= 0x4e00 && code <= 0x9fff) return kanaInside(word) ? 'ja' : 'zh';
    if (code >= 0xac00 && code <= 0xd7a3) return 'ko';
    if (code >= 0x590 && code <= 0xe7f) return 'other';
  }
  return null;
}

function kanaInside(word: string): boolean {
  for (let i = 0; i < word.length; i += 1) {
    const code = word.charCodeAt(i);
    if (code >= 0x3040 && code <= 0x30ff) return true;
  }
  return false;
}

/** A text with any kana is Japanese, however many Chinese characters it has. */
function withKana(script: Language, letters: ReadonlyMap<Language, number>): Language {
  return script === 'zh' && letters.has('ja') ? 'ja' : script;
}

function vote(word: string, isPlain: boolean, votes: Map<Language, number>): void {
  for (const language of functionWords.get(word) ?? none) votes.set(language, (votes.get(language) ?? 0) + 1);
  const accent = isPlain ? null : accented(word);
  if (accent !== null) votes.set(accent, (votes.get(accent) ?? 0) + 1);
}

const none: readonly Language[] = [];

function isAscii(word: string): boolean {
  for (let i = 0; i < word.length; i += 1) {
    if (word.charCodeAt(i) > 127) return false;
  }
  return true;
}

/** Letters and endings that one language has nearly to itself. */
function accented(word: string): Language | null {
  if (word.endsWith('ção') || word.endsWith('ções') || word.includes('ã') || word.includes('õ')) return 'pt';
  if (word.endsWith('ción') || word.endsWith('ciones') || word.includes('ñ')) return 'es';
  if (word.includes('ß') || word.includes('ü')) return 'de';
  return word.includes('è') || word.includes('œ') || word.includes('ê') ? 'fr' : null;
}

function most(counts: ReadonlyMap<Language, number>): Language | null {
  let best: Language | null = null;
  for (const [language, count] of counts) {
    if (best === null || count > (counts.get(best) ?? 0)) best = language;
  }
  return best;
}
