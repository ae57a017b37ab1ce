import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journalDecoder, parseJournal } from '../../src/journal/parse-journal.ts';
import { anyEvent, attemptStarted, journalText, recordsOf, warning } from './events.ts';

const file = 'run.jsonl';
const three = recordsOf([warning('one'), attemptStarted(1), warning('zwölf 💡')]);
const [first = {}, , third = {}] = three;
const text = journalText(three);
const newline = 0x0a;

function damage(line: number, why: unknown) {
  return { kind: 'damaged', problem: { code: 'journal-damaged', file, line, why } };
}

/** What must be read of the first bytes of a journal. */
function prefix(records: readonly object[], bytes: Buffer) {
  const whole = bytes.toString('latin1').split('\n').length - 1;
  return { kind: 'read', records: records.slice(0, whole), torn: bytes.length > 0 && bytes.at(-1) !== newline };
}

describe('a journal', () => {
  it('is read back as it was written, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
        const records = recordsOf(events);
        expect(parseJournal(journalText(records), file)).toEqual({ kind: 'read', records, torn: false });
      }),
    );
  });

  it('cut anywhere is a journal of fewer records', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 6 }), part, (events, share) => {
        const records = recordsOf(events);
        const bytes = Buffer.from(journalText(records));
        const cut = bytes.subarray(0, Math.floor(bytes.length * share));
        expect(parseJournal(cut, file)).toEqual(prefix(records, cut));
      }),
    );
  });

  it('cut at every single byte is read up to there', () => {
    const bytes = Buffer.from(text);
    for (let length = 0; length <= bytes.length; length += 1) {
      const cut = bytes.subarray(0, length);
      expect(parseJournal(cut, file)).toEqual(prefix(three, cut));
    }
  });

  it('with any one byte changed never reads more, nor fewer in silence', () => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 1) {
      for (const value of [0, newline, 0x22, 0xff, (bytes[at] ?? 0) ^ 1]) {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        const read = parseJournal(changed, file);
        if (read.kind === 'read') expect(read.records.length).toBe(read.torn ? 2 : 3);
      }
    }
  });

  it.each([
    ['nothing', '', { kind: 'read', records: [], torn: false }],
    ['half a first line', '{"v":1', { kind: 'read', records: [], torn: true }],
    ['a tail of zeros', `${text}${'\0'.repeat(100)}`, { kind: 'read', records: three, torn: true }],
    ['a last line without its end', text.slice(0, -1), { kind: 'read', records: three.slice(0, 2), torn: true }],
    ['an empty line', `${text}\n`, damage(4, 'the line is not JSON')],
    ['a byte order mark', `\ufeff${text}`, damage(1, 'the line is not JSON')],
    ['a line that is no object', `[]\n${text}`, damage(1, expect.stringContaining('not a journal record'))],
    [
      'an unknown kind',
      '{"v":1,"seq":0,"type":"x"}\n',
      damage(1, expect.stringContaining('not a journal record: type')),
    ],
    ['a newer version', journalText([{ ...first, v: 2 }]), damage(1, 'the record has version 2: a newer prd wrote it')],
    ['a missing record', journalText([first, third]), damage(2, 'record 1 is missing, record 2 stands here')],
    ['a repeated record', journalText([first, first]), damage(2, 'record 1 is missing, record 0 stands here')],
    ['no beginning', journalText(three.slice(1)), damage(1, 'record 0 is missing, record 1 stands here')],
    ['damage before a torn line', `x\n${text.slice(0, 20)}`, damage(1, 'the line is not JSON')],
  ])('with %s is judged so', (_, content, expected) => {
    expect(parseJournal(content, file)).toEqual(expected);
  });

  it('with bytes that are no text says in which line', () => {
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xc3, 0x28, newline])]);
    expect(parseJournal(bytes, file)).toEqual(damage(4, 'the line is not UTF-8'));
  });
});

describe('a journal that arrives in pieces', () => {
  it('gives the same records wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const bytes = Buffer.from(text);
        const borders = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const decoder = journalDecoder(file);
        const records = borders.slice(1).flatMap((end, index) => decoder.push(bytes.subarray(borders[index], end)));
        expect([records, decoder.torn, decoder.damage]).toEqual([three, false, null]);
      }),
    );
  });

  it('gives nothing any more after damage', () => {
    const decoder = journalDecoder(file);
    expect(decoder.push(Buffer.from('x\n'))).toEqual([]);
    expect(decoder.push(Buffer.from(text))).toEqual([]);
    expect(decoder.damage).toMatchObject({ line: 1 });
  });
});
