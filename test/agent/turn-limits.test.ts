import { describe, expect, it } from 'vitest';
import { type CallRecord, progressWatch, turnNotice } from '../../src/agent/turn-limits.ts';

const limits = { turns: 40, noticeAtTurn: 30 };

it.each([
  [1, null],
  [29, null],
  [30, '[turn 30 of 40: do what is still needed, then call finish]'],
  [31, null],
  [40, '[turn 40 of 40: one more reply is read, and only finish is answered]'],
  [41, null],
])('turn %i is told %j', (turn, notice) => {
  expect(turnNotice(turn, limits)).toBe(notice);
});

const record = (given: Partial<CallRecord> = {}): CallRecord => ({
  tool: 'run',
  input: { command: 'npm test' },
  result: 'exit 1 in 3.2s\nfailed',
  outcome: 'ok',
  changed: false,
  ...given,
});
const edit = (text: string): CallRecord =>
  record({ tool: 'edit', input: { path: 'a', text }, result: `+${text}`, changed: true });
const look = (path: string): CallRecord => record({ tool: 'read', input: { path }, result: path });

/** What the watch says to turns of one call each: `.` nothing, `w` a warning, or why it stops. */
function watched(...records: readonly CallRecord[]): readonly string[] {
  return watchedTurns(...records.map((each) => [each]));
}

function watchedTurns(...turns: readonly (readonly CallRecord[])[]): readonly string[] {
  const watch = progressWatch();
  return turns.map((turn) => {
    const { warnings, stop } = watch(turn);
    return stop ?? (warnings.some((warning) => warning !== null) ? 'w' : '.');
  });
}

describe('a loop', () => {
  it('is warned about the second time and stopped the third', () => {
    expect(watched(record(), record(), record())).toEqual([
      '.',
      'w',
      'loop: run was called 3 times with the same result',
    ]);
  });

  it('is seen through other calls between', () => {
    expect(watched(record(), look('a'), record(), look('b'), record()).at(-1)).toMatch(/^loop/);
  });

  it('is seen whatever the order of the fields and however long it took', () => {
    const first = record({ input: { command: 'x', cwd: '.' }, result: 'exit 0 in 1.0s\n12 passed (340 ms)' });
    const second = record({ input: { cwd: '.', command: 'x' }, result: 'exit 0 in 9.9s\n12 passed (2 ms)' });
    expect(watched(first, second, first).at(-1)).toMatch(/^loop/);
  });

  it('of reading, searching and running is seen as one', () => {
    const round = [look('a'), look('b'), record()];
    expect(watched(...round, ...round, ...round).at(6)).toMatch(/^loop/);
  });

  it('of changing files back and forth is seen although files change', () => {
    const round = [edit('x'), edit('y')];
    expect(watched(...round, ...round, ...round)).toEqual([
      '.',
      '.',
      '.',
      '.',
      '.',
      'loop: the same 2 calls 3 times over',
    ]);
  });

  it.each([
    ['edit, test, edit, test', [edit('a'), record(), edit('b'), record(), edit('c'), record(), edit('d'), record()]],
    [
      'a poll that says something new',
      [1, 2, 3, 4].map((count) => record({ result: `exit 0 in 1.0s\n${count} ready` })),
    ],
    ['the same tool with other input', ['a', 'b', 'c', 'd'].map(look)],
    ['the same test after each change', [record(), edit('a'), record(), edit('b'), record()]],
  ])('is not %s', (_, records) => {
    expect(watched(...records).every((said) => said === '.')).toBe(true);
  });
});

describe('being stuck', () => {
  const unparseable = (text: string): CallRecord => record({ input: text, outcome: 'unparseable', result: text });
  const error = (text: string): CallRecord => record({ input: text, outcome: 'error', result: text });

  it('is three calls in a row that cannot be parsed', () => {
    expect(watched(unparseable('{'), unparseable('{{'), unparseable('{{{')).at(-1)).toBe(
      '3 turns in a row could not be parsed',
    );
  });

  it('is five errors in a row', () => {
    expect(watched(...['a', 'b', 'c', 'd', 'e'].map(error))).toEqual([
      '.',
      '.',
      '.',
      '.',
      'in 5 turns in a row every call failed',
    ]);
  });

  it('is not errors with anything that worked between', () => {
    const records = ['a', 'b', 'c', 'd'].map(error);
    expect(watched(...records, look('x'), ...['e', 'f', 'g', 'h'].map(error)).every((said) => said === '.')).toBe(true);
  });

  it('is not a call that could be parsed after two that could not', () => {
    expect(watched(unparseable('{'), unparseable('{{'), look('a'), unparseable('{{{')).at(-1)).toBe('.');
  });

  it('counts turns, because a model can only learn between them', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map(error);
    expect(watchedTurns(many, [unparseable('{'), unparseable('{{'), unparseable('{{{')])).toEqual(['.', '.']);
    expect(watchedTurns([look('a'), look('a'), look('a')])).toEqual(['.']);
    expect(watchedTurns([look('a'), error('x')], [look('b'), error('y')], [])).toEqual(['.', '.', '.']);
  });
});
