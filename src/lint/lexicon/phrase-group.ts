import type { Confidence } from '../rule.ts';

/**
 * Phrases that share a rule, a family and a confidence. One phrase per line or comma; `a/b` are alternatives,
 * `?` marks an optional word, `_` stands for any one word. Lower case.
 */
export interface PhraseGroup {
  readonly rule: string;
  readonly family: string;
  readonly confidence: Confidence;
  readonly phrases: string;
}
