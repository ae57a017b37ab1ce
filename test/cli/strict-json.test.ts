import fc from 'fast-check';
import { expect, it } from 'vitest';
import { strictJson } from '../../src/cli/strict-json.ts';

it.each([
  ['a byte-order mark', '\ufeff{}', '{}'],
  ['a comma before a bracket', '[1, 2,]', '[1, 2]'],
  ['a comma before a brace, with white space', '{\n  "a": 1,\n}\n', '{\n  "a": 1\n}\n'],
  ['a comment with its line', '{\n  // why\n  "a": 1\n}', '{\n  "a": 1\n}'],
  ['a comment behind a value', '{ "a": 1 // why\n}', '{ "a": 1\n}'],
  ['a comment between values', '[1, /* two */ 3]', '[1, 3]'],
  ['a comma with a comment behind it', '[1, // last\r\n]', '[1\r\n]'],
  ['nothing inside of texts', '["// no comment", "a,]"]', '["// no comment", "a,]"]'],
])('takes away %s', (_, text, strict) => {
  expect(strictJson(text)).toBe(strict);
});

it('never changes what a document says, and leaves strict text alone', () => {
  const noise = fc.constantFrom('', ' ', '\n  ', ' // x,]\n', '/* , */', '\t', ',');
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.array(noise, { minLength: 20 }), (value, marks) => {
      const queue = marks.values();
      const next = (): string => queue.next().value ?? '';
      expect(JSON.parse(strictJson(noisy(value, next)))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(strictJson(JSON.stringify(value))).toBe(JSON.stringify(value));
    }),
  );
});

/** The value with marks between its tokens; a comma only where it is a trailing one. */
function noisy(value: unknown, next: () => string): string {
  const space = (): string => next().replace(/^,$/, '');
  if (typeof value !== 'object' || value === null) return space() + JSON.stringify(value) + space();
  const isArray = Array.isArray(value);
  const members = Object.entries(value).map(([key, member]) => {
    const name = isArray ? '' : `${space()}${JSON.stringify(key)}${space()}:`;
    return name + noisy(member, next);
  });
  const tail = members.length > 0 ? next() : space();
  const inside = members.join(',') + tail;
  return isArray ? `[${inside}]` : `{${inside}}`;
}
