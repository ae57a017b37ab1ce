import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Position, Problem } from '../problem.ts';
import { positions } from './locate.ts';
import { deepest, type Surface, scanSurface } from './surface.ts';
import { syntaxProblem } from './syntax-error.ts';

/** A JSON text as a tree, with all that is needed to speak about its places. */
export interface Source {
  readonly file: string;
  /** As it was given. */
  readonly text: string;
  /** Without a byte-order mark: offsets of the tree count from here. */
  readonly body: string;
  readonly hasBom: boolean;
  readonly root: Node;
  readonly surface: Surface;
  at(offset: number): Position;
}

export type Syntax =
  | { readonly kind: 'tree'; readonly source: Source }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const mostProblems = 20;

/** Reads JSON with comments and trailing commas. Never throws, never repairs: what is not JSON is refused with its place. */
export function readSyntax(text: string, file: string): Syntax {
  const encoding = foreignEncoding(text);
  if (encoding !== null) return refused({ code: 'unsupported-encoding', file, encoding });
  const hasBom = text.startsWith('\ufeff');
  const body = hasBom ? text.slice(1) : text;
  if (body.trim() === '') return refused({ code: 'file-empty', file });
  const at = positions(body, file);
  const surface = scanSurface(body);
  if (surface.tooDeepAt !== null) return refused({ code: 'too-deep', at: at(surface.tooDeepAt), limit: deepest });
  const errors: ParseError[] = [];
  const root = parseTree(body, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined || root === undefined) return refused(syntaxProblem({ body, root, error, at }));
  const keys = keyProblems(root, at);
  if (keys.length > 0) return { kind: 'refused', problems: keys };
  return { kind: 'tree', source: { file, text, body, hasBom, root, surface, at } };
}

function refused(problem: Problem): Syntax {
  return { kind: 'refused', problems: [problem] };
}

/** Text that was decoded as UTF-8 but is not: a UTF-16 file shows as zero characters between the letters. */
function foreignEncoding(text: string): string | null {
  const marks = /^[\ufeff\ufffd\ufffe]{0,2}/.exec(text)?.[0] ?? '';
  const isWide = text.slice(marks.length, marks.length + 2).includes('\0') || /\ufffe|\ufffd\ufffd/.test(marks);
  return isWide ? 'UTF-16' : null;
}

/** A key that stands twice in one object, and `__proto__`, which is no property everywhere. */
function keyProblems(root: Node, at: (offset: number) => Position): readonly Problem[] {
  const problems: Problem[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined && problems.length < mostProblems; node = open.pop()) {
    const seen = new Set<string>();
    for (const child of node.children ?? []) {
      const key = node.type === 'object' ? child.children?.[0] : undefined;
      const problem = key === undefined ? null : keyProblem(key, seen, at);
      if (problem !== null) problems.push(problem);
      const value = key === undefined ? child : child.children?.[1];
      if (value?.children !== undefined) open.push(value);
    }
  }
  return problems.toSorted((a, b) => lineOf(a) - lineOf(b));
}

function keyProblem(node: Node, seen: Set<string>, at: (offset: number) => Position): Problem | null {
  const key = String(node.value);
  if (key === '__proto__') return { code: 'forbidden-key', at: at(node.offset), key };
  if (seen.has(key)) return { code: 'duplicate-key', at: at(node.offset), key };
  seen.add(key);
  return null;
}

function lineOf(problem: Problem): number {
  return 'at' in problem && problem.at !== null ? problem.at.line : 0;
}
