/** Bytes of check output that are kept for people and models. */
export const outputLimit = 16_384;

const headShare = 4_096;

/** Text of a terminal as plain text: escape sequences gone, carriage returns resolved, control characters removed. */
export function plainOutput(text: string): string {
  return text
    .replace(escapes, '')
    .replaceAll('\r\n', '\n')
    .replace(/^[^\n]*\r(?!\n)/gm, '')
    .replace(controls, '');
}

const esc = String.fromCharCode(27);
const bell = String.fromCharCode(7);

/** Colours and cursor movements; titles and links, which end with a bell or a backslash. */
const escapes = new RegExp(
  `${esc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|[@-Z\\\\-_])`,
  'g',
);

/** Control characters but tab and line feed, and characters that turn text around or hide it. */
const controls = /(?![\t\n])[\p{Cc}\p{Cf}]/gu;

/** Keeps the beginning and the end of a text within `limit` bytes of UTF-8 and says how much is missing between them. */
export function headAndTail(text: string, limit = outputLimit, head = Math.min(headShare, limit / 4)): string {
  if (Buffer.byteLength(text) <= limit) return text;
  const mark = (bytes: number) => `\n… ${bytes} bytes left out …\n`;
  const room = limit - Buffer.byteLength(mark(Number.MAX_SAFE_INTEGER));
  const first = firstBytes(text, Math.floor(head));
  const last = lastBytes(text, room - Buffer.byteLength(first));
  return `${first}${mark(Buffer.byteLength(text) - Buffer.byteLength(first) - Buffer.byteLength(last))}${last}`;
}

/** Replaces runs of equal lines by one line and a count: loops print a lot and say little. */
export function collapseRepeats(text: string): string {
  const lines: { line: string; times: number }[] = [];
  for (const line of text.split('\n')) {
    const last = lines.at(-1);
    if (last?.line === line && line !== '') last.times += 1;
    else lines.push({ line, times: 1 });
  }
  return lines
    .map(({ line, times }) => (times > 2 ? `${line}  (${times} times)` : Array(times).fill(line).join('\n')))
    .join('\n');
}

function firstBytes(text: string, bytes: number): string {
  const cut = Buffer.from(text).subarray(0, Math.max(0, bytes));
  return new TextDecoder('utf-8').decode(cut, { stream: true });
}

function lastBytes(text: string, bytes: number): string {
  const all = Buffer.from(text);
  let start = Math.max(0, all.length - Math.max(0, bytes));
  // Never begin in the middle of a character.
  while (start < all.length && ((all[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return all.subarray(start).toString();
}
