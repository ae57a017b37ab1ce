import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonInText } from '../../src/review/json-in-text.ts';

describe('jsonInText', () => {
  it.each<[string, unknown]>([
    ['{"a":1}', { a: 1 }],
    ['Here:\n```json\n{"a":{"b":"}"}}\n```', { a: { b: '}' } }],
    ['if (x) { return } then {"a":1} and {"b":2}', { a: 1 }],
    ['{"a":"\\"}{"}', { a: '"}{' }],
    ['{ {"a":1}', { a: 1 }],
    ['no object', null],
    ['{"a":1', null],
    ['[1]', null],
    ['', null],
  ])('%j gives %j', (text, found) => {
    expect(jsonInText(text)).toEqual(found);
  });

  it('finds any object in any prose without braces', () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (before, value, after) => {
        const prose = (text: string) => text.replace(/[{}"]/g, '');
        const json = JSON.stringify(value);
        expect(jsonInText(`${prose(before)}${json}${prose(after)}`)).toEqual(JSON.parse(json));
      }),
    );
  });

  it('ends soon for text that is made of braces', () => {
    const started = performance.now();
    expect(jsonInText('{'.repeat(500_000))).toBeNull();
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
