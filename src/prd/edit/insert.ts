import type { Node } from 'jsonc-parser';
import { colonOf, endOf, lineIndent, render, type Style } from './style.ts';
import type { TextEdit } from './text-edit.ts';
import { type Gap, gapAfter } from './trivia.ts';

/** A new child of an object (with a key) or of an array (without). */
export interface Addition {
  readonly key: string | null;
  readonly value: unknown;
}

/** Adds children behind the last one of an object or array, the way that its own children stand. */
export function appendEdits(
  body: string,
  parent: Node,
  additions: readonly Addition[],
  style: Style,
): readonly TextEdit[] {
  const last = parent.children?.at(-1);
  if (last === undefined) return [fillEmpty(body, parent, additions, style)];
  const lead = leadOf(body, parent, last, style);
  const texts = additions.map((one) => besideText(body, one, last, lead, style));
  const gap = gapAfter(body, endOf(last), endOf(parent) - 1);
  const behind = placeBehind(gap, endOf(last), lead);
  if (gap.comma !== null) return [insertion(behind, texts.map((text) => `${lead}${text},`).join(''))];
  const joined = texts.map((text) => lead + text).join(',');
  if (behind === endOf(last)) return [insertion(behind, `,${joined}`)];
  return [insertion(endOf(last), ','), insertion(behind, joined)];
}

/** Behind the comments of the same line; where one of them runs to its end and no new line begins, in front of them. */
function placeBehind(gap: Gap, lastEnd: number, lead: string): number {
  if (gap.comma !== null && gap.comma >= gap.lineEnd) return gap.comma + 1;
  if (!gap.lineComment || isNewLine(lead)) return gap.lineEnd;
  return gap.comma === null ? lastEnd : gap.comma + 1;
}

/** Adds a child in front of another one. */
export function insertBefore(body: string, parent: Node, next: Node, addition: Addition, style: Style): TextEdit {
  const lead = leadOf(body, parent, next, style);
  return insertion(next.offset, `${besideText(body, addition, next, lead, style)},${lead}`);
}

/** The text of a new child in the manner of its neighbour. */
function besideText(body: string, child: Addition, neighbour: Node, lead: string, style: Style): string {
  const multiline = isNewLine(lead);
  const indent = multiline ? lineIndent(body, neighbour.offset) : '';
  return childText(child, { ...style, multiline }, indent, colonOf(body, neighbour));
}

function isNewLine(lead: string): boolean {
  return /[\r\n]/.test(lead);
}

function childText(child: Addition, style: Style, indent: string, colon: { before: string; after: string }): string {
  const value = render(child.value, { ...style, afterColon: colon.after || style.afterColon }, indent);
  return child.key === null ? value : `${JSON.stringify(child.key)}${colon.before}:${colon.after}${value}`;
}

/** White space in front of a child: a new line like its own, or what stands behind the comma before it. */
function leadOf(body: string, parent: Node, child: Node, style: Style): string {
  const children = parent.children ?? [];
  const previous = children[children.indexOf(child) - 1];
  const start = previous === undefined ? parent.offset + 1 : endOf(previous);
  const between = body.slice(start, child.offset);
  const ownLine = /[\r\n][ \t]*$/.test(between);
  if (ownLine) return `${style.eol}${lineIndent(body, child.offset)}`;
  const space = /,([ \t]*)$/.exec(between)?.[1];
  return space ?? (parent.type === 'object' ? colonOf(body, child).after : style.afterColon);
}

function fillEmpty(body: string, parent: Node, additions: readonly Addition[], style: Style): TextEdit {
  const outer = lineIndent(body, parent.offset);
  const colon = { before: '', after: style.afterColon };
  const isBlank = body.slice(parent.offset + 1, endOf(parent) - 1).trim() === '';
  const place = { offset: parent.offset + 1, length: isBlank ? parent.length - 2 : 0 };
  const inner = `${outer}${style.indent}`;
  const texts = additions.map((one) => childText(one, style, inner, colon));
  if (!style.multiline) return { ...place, content: texts.join(`,${style.afterColon}`) };
  const lines = texts.map((text) => `${style.eol}${inner}${text}`).join(',');
  return { ...place, content: isBlank ? `${lines}${style.eol}${outer}` : lines };
}

function insertion(offset: number, content: string): TextEdit {
  return { offset, length: 0, content };
}
