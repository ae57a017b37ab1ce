import type { Token } from './token.ts';

/**
 * Marks purposes ("so that …", "because …") and examples ("e.g. …", "such as …"): they demand nothing and decide
 * nothing.
 * A mark ends where its sentence, its bracket or its criterion ends.
 */
export function struckTokens(tokens: readonly Token[]): Uint8Array {
  const struck = new Uint8Array(tokens.length);
  let depth = 0;
  let openedAt = -1;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (token.lower === '(' && token.kind === 'mark') depth += 1;
    if (token.lower === ')' && token.kind === 'mark') depth -= 1;
    if (openedAt >= 0 && endsExplanation(token, depth, openedAt)) openedAt = -1;
    if (openedAt < 0 && at > 0 && beginsExplanation(tokens, at)) openedAt = depth;
    if (openedAt >= 0) struck[at] = 1;
  }
  return struck;
}

function endsExplanation(token: Token, depth: number, openedAt: number): boolean {
  if (token.kind !== 'mark') return false;
  if (depth < openedAt) return true;
  return token.lower === ';' || token.lower === '\n' || token.lower === '.' || token.lower === '→';
}

function beginsExplanation(tokens: readonly Token[], at: number): boolean {
  const { kind, lower } = tokens[at] as Token;
  if (kind !== 'word') return false;
  const next = tokens[at + 1]?.lower ?? '';
  if (lower === 'so') return !notPurpose.has(next) && tokens[at - 1]?.lower !== 'and';
  if (lower === 'to')
    return proofs.has(next) && tokens[at - 1]?.kind !== 'mark' && !duties.has(tokens[at - 1]?.lower ?? '');
  if (lower === 'in') return next === 'order' && tokens[at + 2]?.lower === 'to';
  if (lower === 'such') return next === 'as';
  if (lower === 'for') return next === 'example' || next === 'instance';
  return explainers.has(lower);
}

/** "and so on", "so far", "so much": no purpose follows. */
const notPurpose: ReadonlySet<string> = new Set(['on', 'forth', 'far', 'much', 'many', 'long', 'as', '']);
/** "… to ensure it works": why something exists. "needs to ensure" is the duty itself. */
const proofs: ReadonlySet<string> = new Set(['ensure', 'verify', 'confirm', 'guarantee', 'prove', 'validate']);
const duties: ReadonlySet<string> = new Set([
  'need',
  'needs',
  'has',
  'have',
  'must',
  'and',
  'how',
  'able',
  'used',
  'step',
  'steps',
]);
const explainers: ReadonlySet<string> = new Set(['because', 'e.g', 'eg']);
