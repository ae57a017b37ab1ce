/** One line of a Markdown text that says something. */
export type Line =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  /** `checked` is null for an item without a box; `indent` counts columns. */
  | { readonly kind: 'item'; readonly indent: number; readonly checked: boolean | null; readonly text: string }
  | { readonly kind: 'text'; readonly indent: number; readonly text: string };

/** The lines of a Markdown text without comments, code blocks, tables, rules and empty lines. Linear in its length. */
export function markdownLines(markdown: string): readonly Line[] {
  const lines: Line[] = [];
  let fence: string | null = null;
  for (const raw of withoutComments(markdown.replace(/^\ufeff/, '')).split(/\r?\n/)) {
    const text = raw.trim();
    const mark = fenceOf(text);
    if (fence !== null) {
      if (mark === fence && text.length < 12) fence = null;
    } else if (mark !== null) fence = mark;
    else if (text !== '' && !isDecoration(text)) lines.push(toLine(raw, text));
  }
  return lines;
}

/** Text between `<!--` and `-->` is for nobody; a comment that never ends runs to the end. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let open = text.indexOf('<!--'); open >= 0; open = text.indexOf('<!--', at)) {
    parts.push(text.slice(at, open));
    const close = text.indexOf('-->', open + 4);
    at = close < 0 ? text.length : close + 3;
  }
  return parts.join('') + text.slice(at);
}

function fenceOf(text: string): string | null {
  return ['```', '~~~'].find((mark) => text.startsWith(mark)) ?? null;
}

function isDecoration(text: string): boolean {
  return text.startsWith('|') || /^[-*_=]{3,200}$/.test(text);
}

function toLine(raw: string, text: string): Line {
  const indent = indentOf(raw);
  const [, hashes = ''] = /^(#{1,6})[ \t]/.exec(text) ?? [];
  if (hashes !== '' && indent < 4) {
    return { kind: 'heading', level: hashes.length, text: plainText(text.slice(hashes.length).replace(/#{1,9}$/, '')) };
  }
  const [mark = ''] = /^(?:[-*+\u2022]|\d{1,3}[.)])[ \t]{1,8}/.exec(text) ?? [];
  if (mark === '') return { kind: 'text', indent, text };
  const body = text.slice(mark.length);
  const [box = '', state = ''] = /^\[([ xX])\](?:[ \t]{1,8}|$)/.exec(body) ?? [];
  const checked = box === '' ? null : state !== ' ';
  return { kind: 'item', indent, checked, text: body.slice(box.length).trim() };
}

function indentOf(raw: string): number {
  let columns = 0;
  for (const char of raw) {
    if (char === '\t') columns += 4;
    else if (char === ' ') columns += 1;
    else break;
  }
  return columns;
}

/** Without the marks of emphasis around words. */
export function plainText(text: string): string {
  return text.replace(/\*\*|__/g, '').trim();
}
