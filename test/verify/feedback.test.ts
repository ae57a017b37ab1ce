import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FeedbackInput, failureSignature, feedbackLimit, feedbackOf } from '../../src/verify/feedback.ts';
import { aCheck, green, invalid, red } from './results.ts';

const lint = aCheck('npm run lint', { criteria: [1] });
const test = aCheck('npm test', { criteria: [0] });

function told(fields: Partial<FeedbackInput> = {}): FeedbackInput {
  const results = [green(lint), red(test, { output: 'not ok 1 - adds\n  Error: 3 == 4' })];
  return {
    results,
    total: 3,
    criteria: ['Totals are right', 'Lint is clean'],
    previous: null,
    dropped: [],
    roundsLeft: 2,
    ...fields,
  };
}

describe('what the implementer is told', () => {
  it('begins with the failure and ends with the rounds that are left', () => {
    expect(feedbackOf(told()).text).toBe(
      [
        'Check 2 of 3: `npm test` failed (exit 1).',
        'It decides: Totals are right',
        'Output:',
        'not ok 1 - adds\n  Error: 3 == 4',
        '',
        'Green: npm run lint',
        'Fix the cause; do not change the check. 2 rounds are left.',
      ].join('\n'),
    );
  });

  it('says whether the failure is the one of last time', () => {
    const { signature } = feedbackOf(told());
    expect(feedbackOf(told({ previous: signature })).text).toContain('This is the same failure as last time.');
    expect(feedbackOf(told({ previous: 'another' })).text).toContain('This is a new failure.');
  });

  it('names what was left out', () => {
    const { text } = feedbackOf(told({ dropped: ['package.json#scripts.test', 'tsconfig.json'] }));
    expect(text).toContain('Left out, because this story may not change it: package.json#scripts.test, tsconfig.json.');
    expect(feedbackOf({ ...told({ dropped: ['a'] }), results: [green(lint)] }).text).toContain('may not change it: a.');
  });

  it('says of a timeout how long it waited', () => {
    const results = [invalid(test, 'timeout')].map((result) => ({
      ...result,
      durationMs: 120_000,
      output: 'waiting for port',
    }));
    const { text } = feedbackOf(told({ results }));
    expect(text).toContain('`npm test` did not finish in 120s');
    expect(text).toContain('Make it end by itself.');
  });

  it('never says that all is green when not all ran', () => {
    expect(feedbackOf(told({ results: [] })).text).toBe('0 of 3 checks ran.');
    expect(feedbackOf(told({ results: [green(lint)] })).text).toBe('1 of 3 checks ran.');
    expect(feedbackOf(told({ results: [green(lint), green(test)], total: 2 }))).toEqual({
      text: 'All 2 checks are green.',
      signature: null,
    });
  });

  it('keeps the head and the tail of a long output and collapses what repeats', () => {
    const output = `first line\n${'again\n'.repeat(5_000)}${'x'.repeat(20_000)}\nlast line`;
    const { text } = feedbackOf(told({ results: [red(test, { output })] }));
    expect(text).toContain('first line\nagain  (5000 times)');
    expect(text).toContain('last line');
    expect(text).toMatch(/bytes left out/);
  });

  it('stays within its limit whatever it is about', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(fc.string({ maxLength: 300 }), { maxLength: 60 }),
        (line, dropped) => {
          const output = `${line}\n`.repeat(500);
          const { text } = feedbackOf(told({ results: [red(test, { output })], dropped, criteria: [line.repeat(20)] }));
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(feedbackLimit);
        },
      ),
    );
  });
});

describe('the signature of a failure', () => {
  const signed = (output: string, fields = {}) => failureSignature(red(test, { output, ...fields }));

  it.each([
    ['numbers', 'Error: expected 3', 'Error: expected 17'],
    ['times', 'fails (12.5ms) Error', 'fails (3 s) Error'],
    ['folders', 'Error at /home/ada/a-1/src/cart.js:3', 'Error at /home/ada/b-2/src/cart.js:9'],
    ['object ids', 'Error in 0123abcdef', 'Error in fedcba9876'],
    ['lines that say nothing', 'starting\nError: a', 'warming up\nError: a\nbye'],
  ])('is the same when only %s differ', (_what, before, after) => {
    expect(signed(before)).toBe(signed(after));
  });

  it.each([
    ['another message', 'Error: a is undefined', 'Error: b is undefined'],
    ['another kind of failure', 'TypeError: x', 'AssertionError: x'],
  ])('differs for %s', (_what, before, after) => {
    expect(signed(before)).not.toBe(signed(after));
  });

  it('differs for another exit code and another command', () => {
    expect(signed('Error', { exitCode: 2 })).not.toBe(signed('Error'));
    expect(failureSignature(red(lint, { output: 'Error' }))).not.toBe(signed('Error'));
  });
});
