import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/**
 * Documents come from anywhere, so no expression that reads them may take more than linear time. Two nets: forms that are known
 * to explode are refused by reading the expression, and every expression is timed on texts made to hurt it.
 */
interface Expression {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

const files = ['src/prd', 'src/lint'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

function syntaxOf(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

function expressionsIn(file: string): readonly Expression[] {
  const found: Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({
        place: `${file}: ${node.text.slice(0, 80)}`,
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(syntaxOf(file));
  return found;
}

/** What makes an expression explode, or null. Reads the source sign by sign: classes and escapes are skipped. */
function danger(source: string): string | null {
  if (/\\[1-9]|\\k</.test(source)) return 'a backreference';
  const groups: { unbounded: boolean }[] = [];
  const outer = { unbounded: false };
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    if (sign === '\\') at += 1;
    else if (sign === '[') at = classEnd(source, at);
    else if (sign === '(') groups.push({ unbounded: false });
    else if (sign === ')') {
      const group = groups.pop();
      const repeats = /^(?:[*+]|\{\d+,\})/.test(source.slice(at + 1));
      if (repeats && group?.unbounded) return 'an unbounded quantifier on a group that holds one';
      if (group?.unbounded) (groups.at(-1) ?? outer).unbounded = true;
    }
    if (/^(?:[*+]|\{\d+,\})/.test(source.slice(at + 1)) && source[at] !== '(')
      (groups.at(-1) ?? outer).unbounded = true;
  }
  return null;
}

function classEnd(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === ']') return at;
  }
  return source.length;
}

const length = 20_000;
const units = [
  'a',
  'A',
  '0',
  ' ',
  '\t',
  '\n',
  '-',
  '_',
  '.',
  '/',
  '`',
  '"',
  "'",
  '(',
  '[',
  '<',
  '*',
  ',',
  ':',
  '“',
  '\u0301',
  'é',
  'in ',
  'a/',
  'a.',
  '- ',
  'ab ',
  '1.',
  '[ ] ',
  '**a',
  'a b',
];

function slowest(expression: Expression): number {
  const compiled = new RegExp(expression.source, expression.flags);
  const times = units.map((unit) => {
    const text = `${unit.repeat(Math.ceil(length / unit.length))}\u0001`;
    const started = process.cpuUsage().user;
    if (compiled.global) for (const match of text.matchAll(compiled)) void match;
    else compiled.exec(text);
    return (process.cpuUsage().user - started) / 1_000;
  });
  return Math.max(...times);
}

describe('regular expressions of prd/ and lint/', () => {
  const expressions = files.flatMap(expressionsIn);

  it('are found', () => {
    expect(expressions.length).toBeGreaterThan(50);
  });

  it('hold no form that explodes', () => {
    const bad = expressions.map(({ place, source }) => ({ place, danger: danger(source) }));
    expect(bad.filter((one) => one.danger !== null)).toEqual([]);
  });

  it('are written down, never built from text', () => {
    const built = files.filter((file) => /new RegExp\(/.test(readFileSync(file, 'utf8')));
    expect(built).toEqual([]);
  });

  it(`read ${length} hostile characters in linear time`, () => {
    // 20,000 characters take a quadratic expression some 200,000,000 steps; a linear one is done in a millisecond.
    expect(expressions.filter((one) => slowest(one) > 150).map((one) => one.place)).toEqual([]);
  });

  it.each([
    ['(a+)+', 'an unbounded quantifier on a group that holds one'],
    ['(?:a|b*)*', 'an unbounded quantifier on a group that holds one'],
    ['((a+)b)*', 'an unbounded quantifier on a group that holds one'],
    ['(a)\\1', 'a backreference'],
    ['(?:ab)+', null],
    ['[(a+)+]+', null],
    ['\\(a+\\)+', null],
    ['(?:a{1,9})*', null],
  ])('the reader of expressions itself: %s', (source, expected) => {
    expect(danger(source)).toBe(expected);
  });

  it('the clock itself: a quadratic expression is found out', () => {
    expect(slowest({ place: '', source: '\\s+$', flags: '' })).toBeGreaterThan(150);
  });
});
