/** A word of a shell command with its place in the text; operators such as `&&` are words of their own. */
export interface ShellWord {
  /** As written, quotes included. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  readonly operator: boolean;
}

/**
 * Splits a command line the way a shell would read it, without expanding anything. An apostrophe inside a word (`doesn't`) is a
 * letter. Null when a quote or a bracket is never closed. One pass.
 */
export function shellWords(text: string): readonly ShellWord[] | null {
  const words: ShellWord[] = [];
  let at = 0;
  let open = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at += 1;
      continue;
    }
    const operator = operatorAt(text, at);
    const word = operator === null ? wordAt(text, at) : { end: at + operator.length, quoted: false };
    if (word === null) return null;
    if (operator === '(') open += 1;
    if (operator === ')') open -= 1;
    if (open < 0) return null;
    words.push({
      text: text.slice(at, word.end),
      start: at,
      end: word.end,
      quoted: word.quoted,
      operator: operator !== null,
    });
    at = word.end;
  }
  return open === 0 ? words : null;
}

const operators = ['&&', '||', '|&', '|', ';', '(', ')', '&'] as const;

function operatorAt(text: string, at: number): string | null {
  const first = text.charCodeAt(at);
  if (first !== 38 && first !== 124 && first !== 59 && first !== 40 && first !== 41) return null;
  return operators.find((operator) => text.startsWith(operator, at)) ?? null;
}

function wordAt(text: string, start: number): { end: number; quoted: boolean } | null {
  let at = start;
  let quoted = false;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) break;
    // `2>&1` and `$(…)` stay one word: their signs are no operators there.
    if (operatorAt(text, at) !== null && !joins(text, at)) break;
    if (code === 92) at += 2;
    else if (code === 34 || (code === 39 && !isLetter(text.charCodeAt(at - 1)))) {
      const close = closingQuote(text, at, code);
      if (close < 0) return null;
      quoted = true;
      at = close + 1;
    } else if (code === 36 && text.charCodeAt(at + 1) === 40) {
      const close = closingBracket(text, at + 1);
      if (close < 0) return null;
      at = close + 1;
    } else at += 1;
  }
  return { end: Math.min(at, text.length), quoted };
}

function joins(text: string, at: number): boolean {
  const before = text[at - 1];
  return text[at] === '&' && (before === '>' || before === '<');
}

function closingQuote(text: string, open: number, quote: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92 && quote === 34) at += 1;
    else if (code === quote) return at;
  }
  return -1;
}

function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 40) depth += 1;
    else if (code === 41) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
