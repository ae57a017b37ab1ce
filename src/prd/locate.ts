import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { Position } from '../problem.ts';
import type { JsonPath } from './prd.ts';

/** Turns offsets of one text into lines and columns. Line starts are found once; each look-up is a binary search. */
export function positions(text: string, file: string): (offset: number) => Position {
  let starts: readonly number[] | null = null;
  return (offset) => {
    starts ??= lineStarts(text);
    const line = lineOf(starts, offset);
    return { file, line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** Where the value at a path stands; for a path that the document lacks, the nearest thing around it. */
export function locator(root: Node, at: (offset: number) => Position): (path: JsonPath) => Position {
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = findNodeAtLocation(root, path.slice(0, length));
      if (node !== undefined) return at(node.offset);
    }
    return at(root.offset);
  };
}

/** Offsets at which lines begin. A line ends with LF, CR LF or CR. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
