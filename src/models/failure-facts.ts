import type { FailureFacts } from './failure-kind.ts';

export interface SaidFacts extends FailureFacts {
  /** The most telling words found: for people only, nothing is decided by them. */
  readonly said: string;
  readonly headers: { get(name: string): string | null } | null;
}

/** Reads an error of the SDK, of `fetch` or of the machine below: API facts from its fields, the rest from its causes. */
export function failureFacts(error: unknown): SaidFacts {
  const chain = causesOf(error);
  const top = chain[0] ?? {};
  return {
    errorCode: textIn(top, 'errorCode'),
    type: textIn(top, 'type'),
    status: typeof top.status === 'number' ? top.status : null,
    causes: chain.flatMap((link) => [textIn(link, 'code'), textIn(link, 'name')]).filter((code) => code !== null),
    said: textIn(top, 'apiMessage') ?? wordsOf(chain),
    headers: top.headers instanceof Headers ? top.headers : null,
  };
}

/** One line without markup or control characters, at most 300 characters, and never with the key in it. */
export function printable(text: string, key: string): string {
  const open = (key === '' ? text : text.replaceAll(key, '[key]')).slice(0, 20_000);
  const plain = open.replace(/<(style|script)\b[\s\S]*?<\/\1>|<[^>]*>/gi, ' ').replace(/[\s\p{Cc}]+/gu, ' ');
  return plain.trim().slice(0, 300);
}

type Link = Readonly<Record<string, unknown>>;

/** The error and what caused it, outermost first; a chain that bites its own tail ends. */
function causesOf(error: unknown): readonly Link[] {
  const chain: Link[] = [];
  let next = error;
  while (typeof next === 'object' && next !== null && chain.length < 8) {
    chain.push(next as Link); // only read by key, and each value is checked
    next = (next as Link).cause;
  }
  return chain;
}

function wordsOf(chain: readonly Link[]): string {
  const messages = chain.map((link) => textIn(link, 'message')).filter((message) => message !== null);
  const deepest = messages.at(-1) ?? 'unknown error';
  const code = chain.map((link) => textIn(link, 'code')).findLast((found) => found !== null) ?? null;
  return code === null || deepest.includes(code) ? deepest : `${code}: ${deepest}`;
}

function textIn(link: Link, key: string): string | null {
  const value = link[key];
  return typeof value === 'string' && value !== '' ? value : null;
}
