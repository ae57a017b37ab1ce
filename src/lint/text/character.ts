/** What a character does to the scanner; a character may have several of these. */
export const space = 1;
/** A sign of its own, wherever it stands. */
export const sign = 2;
/** Ends a run of letters even when it opens nothing. */
export const edge = 4;
/** A letter of any script, a digit or `_`. */
export const letter = 8;
export const digit = 16;
/** May open a quotation or a code span. */
export const opener = 32;

/** The classes of a UTF-16 unit as a bit set. */
export function classOf(code: number): number {
  return code < 128 ? (ascii[code] ?? 0) : (wide.get(code) ?? (isWideLetter(code) ? letter : 0));
}

export function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

function isWideLetter(code: number): boolean {
  if (code < 0xc0 || (code >= 0x2000 && code <= 0x2bff)) return false;
  return !(code >= 0x3000 && code <= 0x303f) && !(code >= 0xff00 && code <= 0xff20);
}

const ascii = asciiClasses();

function asciiClasses(): Uint8Array {
  const classes = new Uint8Array(128);
  const add = (chars: string, bits: number): void => {
    for (const char of chars) classes[char.charCodeAt(0)] = (classes[char.charCodeAt(0)] ?? 0) | bits;
  };
  add(' \t\r', space);
  add(',;()[]!?|"\n', sign | edge);
  add('"`', edge);
  add('"`\'', opener);
  add('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', letter);
  add('0123456789', letter | digit);
  return classes;
}

const wide: ReadonlyMap<number, number> = new Map([
  ...pairs('\u00a0\u3000', space),
  ...pairs('—–…，、；。：（）！？', sign | edge),
  ...pairs('”»」', edge),
  ...pairs('“«「', edge | opener),
  ...pairs('‘', opener),
  ...pairs('→⇒➜', edge),
]);

function pairs(chars: string, bits: number): readonly (readonly [number, number])[] {
  return [...chars].map((char) => [char.charCodeAt(0), bits]);
}
