import type { Passage } from './passage.ts';
import { tokens } from './token.ts';

/** Files that a text names, also inside code spans; `./` is dropped. Endpoints such as `/cart` are no files. */
export function filesIn({ tokens: read, text }: Passage): readonly string[] {
  let found: Set<string> | null = null;
  for (const token of read) {
    if (token.kind !== 'path' && token.kind !== 'code') continue;
    found ??= new Set();
    const words = text.slice(token.start, token.end);
    if (token.kind === 'path') add(found, words);
    if (token.kind !== 'code' || words[0] !== '`') continue;
    for (const inner of tokens(words.slice(1, -1))) {
      if (inner.kind === 'path') add(found, words.slice(1 + inner.start, 1 + inner.end));
    }
  }
  return found === null ? noFiles : [...found];
}

/** Something in the text says where the work is: a path, a symbol, a route or a component. */
export function hasAnchor({ tokens: read }: Passage): boolean {
  return read.some(({ kind }) => kind === 'path' || kind === 'code' || kind === 'name');
}

/** The number of a thing (`US-012`, `#4`) as it is written, with its place. */
export interface Reference {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** Every number of a thing in a text. */
export function refsIn({ tokens: read, text }: Passage): readonly Reference[] {
  const found: Reference[] = [];
  for (const { kind, start, end } of read) if (kind === 'ref') found.push({ id: text.slice(start, end), start, end });
  return found;
}

const noFiles: readonly string[] = [];

function add(found: Set<string>, path: string): void {
  const plain = path.replace(/^\.\//, '').replace(/\/$/, '');
  if (!plain.startsWith('/') && plain.includes('.')) found.add(plain);
}
