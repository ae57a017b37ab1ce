import type { Node } from 'jsonc-parser';
import { endOf } from './style.ts';
import type { TextEdit } from './text-edit.ts';
import { gapAfter } from './trivia.ts';

/** Removes children of one object or array, with the commas that would be left over. */
export function removeEdits(body: string, parent: Node, removed: ReadonlySet<Node>): readonly TextEdit[] {
  const children = parent.children ?? [];
  const lastKept = children.findLastIndex((child) => !removed.has(child));
  const edits = children.slice(0, Math.max(lastKept, 0)).flatMap((child, index) => {
    const next = children[index + 1];
    return removed.has(child) && next !== undefined ? [stretch(child.offset, next.offset)] : [];
  });
  const tail = children.slice(lastKept + 1);
  const [first] = tail;
  if (first === undefined) return edits;
  return [...edits, ...tailEdits(body, parent, { kept: children[lastKept], first, last: tail.at(-1) ?? first })];
}

/** The last children go: then the comma in front of them goes too, unless the file ends its lists with one. */
function tailEdits(
  body: string,
  parent: Node,
  run: { kept: Node | undefined; first: Node; last: Node },
): readonly TextEdit[] {
  const { kept, first, last } = run;
  const trailing = gapAfter(body, endOf(last), endOf(parent) - 1).comma;
  const end = trailing === null ? endOf(last) : trailing + 1;
  let start = first.offset;
  while (/\s/.test(body[start - 1] ?? '')) start -= 1;
  if (kept === undefined) return [stretch(Math.max(start, parent.offset + 1), end)];
  const comma = gapAfter(body, endOf(kept), first.offset).comma;
  if (trailing !== null || comma === null) return [stretch(start, end)];
  // The comma may be the very character in front of the white space.
  return comma === start - 1 ? [stretch(comma, end)] : [stretch(comma, comma + 1), stretch(start, end)];
}

function stretch(start: number, end: number): TextEdit {
  return { offset: start, length: end - start, content: '' };
}
