/** Colours, titles, cursor moves and other control sequences of terminals. */
const sequences = new RegExp(
  [
    '\\u001b\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)', // OSC
    '\\u001b[P^_X][^\\u001b]*\\u001b\\\\', // DCS, PM, APC, SOS
    '[\\u001b\\u009b][[()#;?]*[0-9;:?]*[ -/]*[@-~]', // CSI and the short ones
  ].join('|'),
  'g',
);

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what we remove.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Output as it would stand on paper: no control sequences, and of a line painted over itself the last state. */
export function plainOutput(text: string): string {
  const lines = text.replace(sequences, '').split(/\r*\n/);
  return lines.map((line) => lastState(line).replace(controls, '')).join('\n');
}

/** The first `head` and the last `tail` characters, at line ends where one is near; `note` says what is missing. */
export function headAndTail(
  text: string,
  limits: { readonly head: number; readonly tail: number },
  note: (cut: number) => string,
): string {
  if (text.length <= limits.head + limits.tail) return text;
  const headEnd = text.lastIndexOf('\n', limits.head);
  const head = text.slice(0, headEnd > limits.head / 2 ? headEnd : limits.head);
  const from = text.length - limits.tail;
  const tailStart = text.indexOf('\n', from - 1) + 1;
  const tail = text.slice(tailStart > 0 && tailStart < from + limits.tail / 2 ? tailStart : from);
  return `${head}\n[${note(text.length - head.length - tail.length)}]\n${tail}`;
}

function lastState(line: string): string {
  const states = line.split('\r').filter((state) => state !== '');
  return states.at(-1) ?? '';
}
