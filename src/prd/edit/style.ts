import type { Node } from 'jsonc-parser';

/** How a file writes JSON, as far as an inserted value must follow it. */
export interface Style {
  readonly eol: string;
  /** One level of indentation. */
  readonly indent: string;
  /** White space between a colon and the value. */
  readonly afterColon: string;
  readonly multiline: boolean;
}

/** Style of a text: its first line end, its first indentation, its first colon. */
export function styleOf(body: string, root: Node): Style {
  const eol = /\r\n|\n|\r/.exec(body)?.[0] ?? '\n';
  const indent = /[\r\n]([ \t]{1,16})["[{]/.exec(body)?.[1] ?? '  ';
  const first = root.type === 'object' ? root.children?.[0] : root.children?.[0]?.children?.[0];
  return { eol, indent, afterColon: colonOf(body, first).after, multiline: isMultiline(body, root) };
}

/** White space on both sides of the colon of a property. */
export function colonOf(body: string, property: Node | undefined): { readonly before: string; readonly after: string } {
  const [key, value] = property?.children ?? [];
  const colon = property?.colonOffset;
  if (key === undefined || value === undefined || colon === undefined) return { before: '', after: ' ' };
  const before = body.slice(endOf(key), colon);
  const after = body.slice(colon + 1, value.offset);
  return { before: /^[ \t]*$/.test(before) ? before : '', after: /^[ \t]*$/.test(after) ? after : ' ' };
}

/** Whether an object or array stands on more than one line. */
export function isMultiline(body: string, node: Node): boolean {
  return /[\r\n]/.test(body.slice(node.offset, endOf(node)));
}

/** White space in front of the line on which an offset stands. */
export function lineIndent(body: string, offset: number): string {
  const start = Math.max(body.lastIndexOf('\n', offset - 1), body.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(body.slice(start, Math.max(start, offset)))?.[0] ?? '';
}

/** A value as JSON text; `outer` is the indentation of the line it begins on. */
export function render(value: unknown, style: Style, outer: string): string {
  if (!style.multiline) return compact(value, style.afterColon);
  return JSON.stringify(value, null, style.indent).replaceAll('\n', `${style.eol}${outer}`);
}

/** Offset behind a node. */
export function endOf(node: Node): number {
  return node.offset + node.length;
}

function compact(value: unknown, space: string): string {
  if (Array.isArray(value)) return `[${value.map((one) => compact(one, space)).join(`,${space}`)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}:${space}${compact(one, space)}`);
  return `{${members.join(`,${space}`)}}`;
}
