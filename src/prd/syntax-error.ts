import { type Node, type ParseError, printParseErrorCode } from 'jsonc-parser';
import type { Position, Problem } from '../problem.ts';
import { arraysOf } from './dialects/story-arrays.ts';

interface Failure {
  readonly body: string;
  /** What could be read in spite of the error. */
  readonly root: Node | undefined;
  readonly error: ParseError | undefined;
  at(offset: number): Position;
}

/** The first syntax error in words, with its place and the last story that was read whole. */
export function syntaxProblem(failure: Failure): Problem {
  const { body, error } = failure;
  const offset = Math.min(error?.offset ?? 0, body.length);
  return {
    code: 'invalid-json',
    at: failure.at(offset),
    what: wording(failure, offset),
    after: lastWholeStory(failure, offset),
  };
}

function wording({ body, error }: Failure, offset: number): string {
  const special = notJson(body, offset);
  if (special !== null) return special;
  const found = offset >= body.length ? 'the end of the file' : `\`${[...body.slice(offset, offset + 20)][0] ?? ''}\``;
  const code = error === undefined ? 'ValueExpected' : printParseErrorCode(error.error);
  const expected = expectations[code];
  return expected === undefined ? `unexpected ${found}` : `${expected}, found ${found}`;
}

const expectations: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'expected a key in double quotes',
  ValueExpected: 'expected a value',
  ColonExpected: 'expected `:`',
  CommaExpected: 'expected `,`',
  CloseBraceExpected: 'expected `}`',
  CloseBracketExpected: 'expected `]`',
  EndOfFileExpected: 'expected nothing more',
  UnexpectedEndOfString: 'expected a closing `"` on the same line',
  UnexpectedEndOfComment: 'expected the end of the comment',
  UnexpectedEndOfNumber: 'expected digits',
  InvalidUnicode: 'expected four hex digits after `\\u`',
  InvalidEscapeCharacter: 'expected an escape such as `\\n` or `\\"`',
  InvalidCharacter: 'expected control characters to be escaped',
};

/** Files that are something else than broken JSON. */
function notJson(body: string, offset: number): string | null {
  const trimmed = body.trim();
  if (/^[\w./@ -]{1,300}\.jsonc?$/.test(trimmed))
    return `this is the path \`${trimmed}\`, as a symbolic link holds it, not JSON`;
  if (body.startsWith('<<<<<<<', offset) || body.startsWith('>>>>>>>', offset))
    return 'a merge conflict was left in the file';
  if (trimmed.startsWith('```')) return 'a Markdown fence stands before the JSON';
  const brace = body.search(/[{[]/);
  if (brace > 0 && offset < brace && /[^\s/*]/.test(body.slice(0, brace))) return 'text stands before the JSON';
  return null;
}

/** Id, or position, of the last story that was closed before the error. */
function lastWholeStory({ root, body }: Failure, offset: number): string | null {
  if (root === undefined) return null;
  const isWhole = (node: Node) => {
    const end = node.offset + node.length;
    return node.type === 'object' && end <= offset && body[end - 1] === '}';
  };
  const whole = arraysOf(root).flatMap((array) => (array.children ?? []).filter(isWhole));
  const last = whole.at(-1);
  if (last === undefined) return null;
  const id = last.children?.find((property) => property.children?.[0]?.value === 'id')?.children?.[1]?.value;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : `#${whole.length}`;
}
