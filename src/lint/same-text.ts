/** A text as it compares with others: without case, spacing, list marks and closing signs. */
export function sameText(text: string): string {
  const plain = (isPlain(text) ? text : text.normalize('NFKC').replace(/\s+/g, ' ')).toLowerCase().trim();
  const unmarked = '-*+['.includes(plain.charAt(0)) ? plain.replace(/^[-*+] /, '').replace(/^\[[ x]?\] /, '') : plain;
  let end = unmarked.length;
  while (end > 0 && '.!;,'.includes(unmarked.charAt(end - 1))) end -= 1;
  return unmarked.slice(0, end);
}

/** Only ASCII, and no white space but single spaces: nothing to normalise. */
function isPlain(text: string): boolean {
  for (let i = 0, before = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 32 || code > 126 || (code === 32 && before === 32)) return false;
    before = code;
  }
  return true;
}
