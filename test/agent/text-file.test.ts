import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFile, encodeFile, endingsOf, linesOf, majorityEnding, withEnding } from '../../src/agent/text-file.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('decodeFile', () => {
  it.each([
    ['plain text', 'a\nb\n', { kind: 'text', text: 'a\nb\n', bom: false }],
    ['text with a BOM', '\xef\xbb\xbfa\r\n', { kind: 'text', text: 'a\r\n', bom: true }],
    ['an empty file', '', { kind: 'text', text: '', bom: false }],
    ['latin-1', 'caf\xe9', { kind: 'lossy', text: 'caf\ufffd' }],
    ['little-endian UTF-16', '\xff\xfea\0', { kind: 'utf-16' }],
    ['big-endian UTF-16', '\xfe\xff\0a', { kind: 'utf-16' }],
    ['a NUL', 'abc\0def', { kind: 'binary', what: 'binary file' }],
    ['a PNG', '\x89PNG\r\n', { kind: 'binary', what: 'PNG image' }],
    ['a ZIP', 'PK\x03\x04', { kind: 'binary', what: 'ZIP archive' }],
  ])('knows %s', (_, content, expected) => {
    expect(decodeFile(bytes(content))).toEqual(expected);
  });

  it('text encodes to the bytes it came from, and what does not is never called text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (content) => {
        const file = decodeFile(content);
        if (file.kind === 'text') expect(encodeFile(file.text, file.bom)).toEqual(content);
      }),
    );
  });
});

describe('line ends', () => {
  it.each([
    ['', 'lf', '\n'],
    ['one line', 'lf', '\n'],
    ['a\nb\n', 'lf', '\n'],
    ['a\r\nb\r\n', 'crlf', '\r\n'],
    ['a\r\nb\nc\r\n', 'mixed', '\r\n'],
    ['a\r\nb\nc\n', 'mixed', '\n'],
    ['a\rb', 'lf', '\n'],
  ] as const)('%j is %s', (text, name, majority) => {
    expect([endingsOf(text), majorityEnding(text)]).toEqual([name, majority]);
  });

  it('takes one ending for all lines', () => {
    expect(withEnding('a\r\nb\nc', '\r\n')).toBe('a\r\nb\r\nc');
    expect(withEnding('a\r\nb\nc', '\n')).toBe('a\nb\nc');
  });

  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\r\n\r\nb', ['a', '', 'b']],
    ['\n', ['']],
  ])('%j has the lines %j', (text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });
});
