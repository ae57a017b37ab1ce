import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Applied, applyEdits, type Edit } from '../../../src/agent/tools/apply-edits.ts';

const edit = (old: string, replacement: string, all = false): Edit => ({ old, new: replacement, all });

/** The new text, or why there is none. */
function outcome(text: string, ...edits: readonly Edit[]): string | (Applied & { kind: 'failed' })['failure'] {
  const applied = applyEdits(text, edits);
  return applied.kind === 'applied' ? applied.text : applied.failure;
}

const notFound = { kind: 'not-found' };

describe('the four stages of matching', () => {
  it.each([
    ['exact text', 'one two three', edit('two', '2'), 'one 2 three'],
    ['dollar signs as they stand', 'a X b', edit('X', "$& $1 $` $'"), "a $& $1 $` $' b"],
    ['LF for CRLF', 'a\r\nb\r\nc\r\n', edit('a\nb\n', 'x\ny\nz\n'), 'x\r\ny\r\nz\r\nc\r\n'],
    ['CRLF for LF', 'a\nb\nc\n', edit('a\r\nb', 'x\r\ny'), 'x\ny\nc\n'],
    ['the line end of its own line in a mixed file', 'a\r\nb\nc\n', edit('a\nb', 'x\ny'), 'x\r\ny\nc\n'],
    ['the last line without a line end', 'a\r\nb', edit('b', 'x\ny'), 'a\r\nx\r\ny'],
    ['a line end that belongs to CRLF', 'a\r\nb\r\n', edit('\nb', '\nc'), 'a\r\nc\r\n'],
    ['text without trailing blanks', 'a  \nb\t\nc\n', edit('a\nb\n', 'x\ny\n'), 'x\ny\nc\n'],
    ['trailing blanks of the model', 'a\nb\nc\n', edit('a  \nb ', 'x\ny'), 'x\ny\nc\n'],
    [
      'less indentation than the file',
      '  if (x) {\n    y();\n  }\n',
      edit('if (x) {\n  y();\n}\n', 'if (z) {\n  y();\n}\n'),
      '  if (z) {\n    y();\n  }\n',
    ],
    [
      'more indentation than the file',
      'if (x) {\n  y();\n}\n',
      edit('    if (x) {\n      y();\n    }', '    z();'),
      'z();\n',
    ],
    [
      'spaces for tabs',
      '\tif (x) {\n\t\ty();\n\t}\n',
      edit('  if (x) {\n    y();\n  }', '  if (x) {\n    z();\n  }'),
      '\tif (x) {\n\t\tz();\n\t}\n',
    ],
    [
      'tabs for spaces',
      '    a();\n        b();\n',
      edit('\ta();\n\t\tb();', '\ta();\n\t\tc();'),
      '    a();\n        c();\n',
    ],
    [
      'copied line numbers',
      'alpha\nbeta\ngamma\n',
      edit('1\talpha\n2\tbeta', '1\talpha\n2\tBETA'),
      'alpha\nBETA\ngamma\n',
    ],
    ['copied line numbers in a CRLF file', 'alpha\r\nbeta\r\n', edit('1\talpha\n2\tbeta\n', 'x\n'), 'x\r\n'],
    [
      "numbers that are the file's own",
      '1\tone\n2\ttwo\n',
      edit('1\tone\n2\ttwo', '1\tuno\n2\tdos'),
      '1\tuno\n2\tdos\n',
    ],
    ['a last line that stays without a line end', 'a \nb', edit('a\nb\n', 'x\ny\n'), 'x\ny'],
    ['every occurrence', 'a b a b a', edit('a', 'x', true), 'x b x b x'],
    ['every occurrence in CRLF', 'a\r\nb\r\na\r\nb\r\n', edit('a\nb', 'c\nd', true), 'c\r\nd\r\nc\r\nd\r\n'],
    ['a deletion', 'a\nb\nc\n', edit('b\n', ''), 'a\nc\n'],
  ])('takes %s', (_, text, wanted, expected) => {
    expect(outcome(text, wanted)).toEqual(expected);
  });

  it.each([
    ['text that stands twice', 'a b a', edit('a', 'x'), { kind: 'ambiguous', lines: [1, 1] }],
    ['text that overlaps itself', '}\n}\n}\n', edit('}\n}\n', '}\n'), { kind: 'ambiguous', lines: [1, 2] }],
    [
      'lines that stand twice but for blanks',
      'a \nb\na  \nb\n',
      edit('a\nb\n', 'x\n'),
      { kind: 'ambiguous', lines: [1, 3] },
    ],
    ['one line that is indented and one that is not', 'a\n  b', edit('a\nb\n', 'c\n'), notFound],
    ['indentation that differs by line', '  a\n      b\n', edit('a\nb', 'c'), notFound],
    ['a shift that the new text cannot follow', 'a\nb\n', edit('  a\n  b', 'c\nd'), notFound],
    ['part of a line in the relaxed stages', '    foobar\n', edit('  foo  ', 'x'), notFound],
    ['other letters', 'Value', edit('value', 'x'), notFound],
    ['smart quotes', 'say “hi”', edit('say "hi"', 'x'), notFound],
    ['blank lines alone', 'a\n \n\nb\n', edit('  \n', ''), notFound],
    ['the same text', 'a', edit('a', 'a'), { kind: 'equal' }],
    ['nothing', 'a', edit('', 'x'), { kind: 'empty-old' }],
    ['relaxed matches for all', '  a\n  a\n', edit('a \n', 'x\n', true), notFound],
  ])('refuses %s', (_, text, wanted, expected) => {
    expect(outcome(text, wanted)).toEqual(expected);
  });

  it('a match in one spelling wins over two in relaxed ones', () => {
    expect(outcome('a\r\nb\r\n--\na\nb\n', edit('a\nb', 'x'))).toBe('a\r\nb\r\n--\nx\n');
  });
});

describe('several edits', () => {
  it('apply in order, each to what the ones before left', () => {
    expect(outcome('a b c', edit('a', 'x y'), edit('c', 'z'), edit('b', 'B'))).toBe('x y B z');
  });

  it.each([
    ['the same place', 'abcdef', [edit('bcd', 'X'), edit('aXe', 'Y')], { kind: 'overlap', other: 1 }],
    ['text that an earlier one wrote', 'a b', [edit('a', 'foo'), edit('foo', 'bar')], { kind: 'overlap', other: 1 }],
  ])('two that change %s are refused', (_, text, edits, expected) => {
    expect(outcome(text, ...edits)).toEqual(expected);
  });

  it('neighbours are no overlap', () => {
    expect(outcome('ab', edit('a', '1'), edit('b', '2'))).toBe('12');
  });

  it('a rename of everything may touch what came before', () => {
    expect(outcome('foo(); bar();', edit('bar', 'foo'), edit('foo', 'baz', true))).toBe('baz(); baz();');
  });

  it('one that fails takes all with it, with lines as the file has them', () => {
    const applied = applyEdits('x\ndup\ndup\n', [edit('x', '1\n2\n3'), edit('dup', 'y')]);
    expect(applied).toEqual({ kind: 'failed', edit: 2, failure: { kind: 'ambiguous', lines: [2, 3] } });
  });

  it('one that was made before counts as done', () => {
    const applied = applyEdits('const total = sum(items);\nrest\n', [
      edit('const total = 0;', 'const total = sum(items);'),
      edit('rest', 'more'),
    ]);
    expect(applied).toEqual({
      kind: 'applied',
      text: 'const total = sum(items);\nmore\n',
      changed: 1,
      notes: ['edit 1: `new` is already at line 1 and `old` is absent; treat as done.'],
      exact: true,
    });
  });

  it.each([
    ['too short to tell', 'x = 1', edit('absent', '= 1')],
    ['there twice', 'long enough text\nlong enough text\n', edit('absent', 'long enough text')],
  ])('a new text that is %s proves nothing', (_, text, wanted) => {
    expect(outcome(text, wanted)).toEqual(notFound);
  });

  it('says which lines matched only in a relaxed stage', () => {
    const applied = applyEdits('x\n  a \n  b\n', [edit('  a\n  b', '  c'), edit('x', 'y')]);
    expect(applied).toMatchObject({
      exact: false,
      notes: ['edit 1 matched lines 2-3 only with trailing blanks ignored'],
    });
  });
});

describe('bytes outside of the matched span', () => {
  const piece = fc.constantFrom('a', 'b', ' ', '  ', '\t', '\n', '\r\n', '“', '"', '$&', '}', 'é', '1\t');
  const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  it('never change', () => {
    fc.assert(
      fc.property(texts, texts, texts, texts, (before, old, after, replacement) => {
        const text = `${before}<<${old}>>${after}`;
        const applied = applyEdits(text, [edit(`<<${old}>>`, `<<${replacement}>>`)]);
        if (applied.kind === 'failed') {
          expect(applied.failure.kind).toBe('equal');
          return;
        }
        expect(applied.text.startsWith(before)).toBe(true);
        expect(applied.text.endsWith(after)).toBe(true);
        const inner = applied.text.slice(before.length, applied.text.length - after.length);
        expect(inner.replaceAll('\r\n', '\n')).toBe(`<<${replacement}>>`.replaceAll('\r\n', '\n'));
      }),
      { numRuns: 500 },
    );
  });

  it('never change in relaxed stages either', () => {
    const line = fc.constantFrom('a', '  a', 'b ', '\tb', '    c  ', '', '{', '}');
    const ending = fc.constantFrom('\n', '\r\n');
    const file = fc.array(fc.tuple(line, ending), { minLength: 1, maxLength: 10 });
    const lines = fc.array(line, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(file, lines, lines, (parts, old, replacement) => {
        const text = parts.map(([content, end]) => content + end).join('');
        const applied = applyEdits(text, [edit(old.join('\n'), replacement.join('\n'))]);
        if (applied.kind === 'failed' || applied.changed === 0) return;
        const [was, is] = [text.split(/(?<=\n)/), applied.text.split(/(?<=\n)/)];
        const kept = was.filter((each, index) => is[index] === each || is[is.length - was.length + index] === each);
        expect(was.length - kept.length).toBeLessThanOrEqual(old.length);
      }),
      { numRuns: 500 },
    );
  });

  it('a file in CRLF stays in CRLF', () => {
    const line = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), line, fc.array(line), (lines, old, replacement) => {
        const text = lines.map((each) => `${each}\r\n`).join('');
        const result = outcome(text, edit(`${old}\n`, replacement.map((each) => `${each}\n`).join('')));
        if (typeof result === 'string') expect(result.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      }),
    );
  });
});
