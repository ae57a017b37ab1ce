import type { OutputFile } from './output-file.ts';
import type { Redactor } from './redact.ts';
import { maxPatternChars } from './secret-patterns.ts';

/** Half of what one stream may hold in memory: 1 MB. */
const halfBytes = 512 * 1024;

/** The text of a stream, without its middle if that is too long. `cut` is what is missing, in bytes. */
export function headAndTail(
  output: Pick<OutputFile, 'size' | 'read'>,
  redactor: Redactor | null,
): { text: string; cut: number } {
  const shown = (from: number, length: number) => {
    const text = output.read(from, length).toString('utf8');
    return redactor === null ? text : redactor.text(text);
  };
  const bytes = output.size();
  if (bytes <= 2 * halfBytes) return { text: shown(0, bytes), cut: 0 };
  // More is read than shown: what the cut left of a secret would not be known as one.
  const head = shown(0, halfBytes + maxPatternChars).slice(0, -maxPatternChars);
  const tail = shown(bytes - halfBytes - maxPatternChars, halfBytes + maxPatternChars).slice(maxPatternChars);
  const cut = bytes - 2 * halfBytes;
  return { text: `${head}\n[... ${cut} bytes left out ...]\n${tail}`, cut };
}
