import { visit } from 'jsonc-parser';

interface Cut {
  readonly offset: number;
  readonly length: number;
}

/** The text without what strict readers refuse: byte-order mark, comments, commas before a closing bracket. */
export function strictJson(text: string): string {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  return withoutCuts(body, cutsOf(body));
}

function cutsOf(body: string): readonly Cut[] {
  const cuts: Cut[] = [];
  let comma: Cut | null = null;
  const value = (): void => {
    comma = null;
  };
  const end = (): void => {
    if (comma !== null) cuts.push(comma);
    comma = null;
  };
  visit(
    body,
    {
      onComment: (offset, length) => void cuts.push(wholeLine(body, { offset, length })),
      onSeparator: (character, offset, length) => {
        comma = character === ',' ? { offset, length } : null;
      },
      onObjectProperty: value,
      onLiteralValue: value,
      onObjectBegin: value,
      onArrayBegin: value,
      onObjectEnd: end,
      onArrayEnd: end,
    },
    { allowTrailingComma: true },
  );
  return cuts.toSorted((a, b) => a.offset - b.offset);
}

/** A comment takes the white space in front of it along, and its line if nothing else stands there. */
function wholeLine(body: string, { offset, length }: Cut): Cut {
  const before = /[ \t]*$/.exec(body.slice(0, offset))?.[0].length ?? 0;
  const startsLine = offset === before || /[\r\n]/.test(body[offset - before - 1] ?? '');
  const end = offset + length;
  const rest = /^[ \t]*(\r\n|\n|\r|$)/.exec(body.slice(end))?.[0].length;
  const tail = startsLine && rest !== undefined ? rest : 0;
  return { offset: offset - before, length: before + length + tail };
}

function withoutCuts(body: string, cuts: readonly Cut[]): string {
  let kept = '';
  let at = 0;
  for (const { offset, length } of cuts) {
    kept += body.slice(at, Math.max(at, offset));
    at = Math.max(at, offset + length);
  }
  return kept + body.slice(at);
}
