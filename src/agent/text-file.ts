/** Bytes of a file as text that may be edited, or the reason why not. The text keeps its line endings; a BOM is apart. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string; readonly bom: boolean }
  /** Not UTF-8: shown with replacement characters, never written back. */
  | { readonly kind: 'lossy'; readonly text: string }
  | { readonly kind: 'utf-16' }
  | { readonly kind: 'binary'; readonly what: string };

export type LineEnding = '\n' | '\r\n';

const bom = '\ufeff';

/** Decodes strictly: what comes back as `text` encodes to the very same bytes. */
export function decodeFile(bytes: Uint8Array): TextFile {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return { kind: 'utf-16' };
  const what = signature(bytes);
  if (what !== null) return { kind: 'binary', what };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith(bom) ? { kind: 'text', text: text.slice(1), bom: true } : { kind: 'text', text, bom: false };
  } catch {
    return { kind: 'lossy', text: new TextDecoder().decode(bytes) };
  }
}

export function encodeFile(text: string, withBom: boolean): Uint8Array {
  return new TextEncoder().encode(withBom ? bom + text : text);
}

/** `lf` for files without any line end. */
export function endingsOf(text: string): 'lf' | 'crlf' | 'mixed' {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  if (crlf === 0) return 'lf';
  return crlf === (text.match(/\n/g)?.length ?? 0) ? 'crlf' : 'mixed';
}

/** The line end that most lines have. */
export function majorityEnding(text: string): LineEnding {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  return crlf * 2 > (text.match(/\n/g)?.length ?? 0) ? '\r\n' : '\n';
}

export function withEnding(text: string, ending: LineEnding): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\n', ending);
}

/** Lines without their ends; a final line end opens no further line. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const signatures: readonly (readonly [string, string])[] = [
  ['\x89PNG', 'PNG image'],
  ['\xff\xd8\xff', 'JPEG image'],
  ['GIF8', 'GIF image'],
  ['%PDF-', 'PDF document'],
  ['PK\x03\x04', 'ZIP archive'],
  ['\x1f\x8b', 'gzip data'],
  ['\x00asm', 'WebAssembly module'],
  ['\x7fELF', 'ELF program'],
];

/** What kind of binary it is, or null for text: as git sees it, no NUL in the first 8,000 bytes. */
function signature(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  const known = signatures.find(([magic]) => head.startsWith(magic));
  if (known) return known[1];
  return bytes.subarray(0, 8_000).includes(0) ? 'binary file' : null;
}
