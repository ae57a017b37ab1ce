import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { landingMessage, takeBackMessage } from '../../src/land/landing-message.ts';

const message = {
  story: 'US-001',
  title: 'Cart totals',
  run: 'run-1',
  attempt: 2,
  evidence: '.prd/evidence/US-001-0123abcd.json',
};

describe('the message of a landing', () => {
  it('names story and title, and carries trailers', () => {
    expect(landingMessage(message)).toBe(
      'US-001: Cart totals\n\nPrd-Story: US-001\nPrd-Attempt: run-1/2\nPrd-Evidence: .prd/evidence/US-001-0123abcd.json\n',
    );
  });

  it('follows the template of the user', () => {
    expect(landingMessage({ ...message, subject: 'feat: {title} ({id})' })).toMatch(
      /^feat: Cart totals \(US-001\)\n\n/,
    );
  });

  it('is cut where a title is endless', () => {
    const [first = ''] = landingMessage({ ...message, title: 'x'.repeat(500) }).split('\n');
    expect(first).toHaveLength(120);
    expect(first.endsWith('…')).toBe(true);
  });

  it('shows no character that turns text around or breaks a line', () => {
    const [first] = landingMessage({ ...message, title: 'a\u0085b\u202ec\u0007d' }).split('\n');
    expect(first).toBe('US-001: a b c d');
  });

  it('has the trailers of `prd` alone, whatever id and title hold', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('a\n\nPrd-Story: US-999', 'a\r\nPrd-Evidence: x', 'a\u2028Prd-Story: b', '{id}{title}'),
    );
    fc.assert(
      fc.property(hostile, hostile, (story, title) => {
        const lines = landingMessage({ ...message, story, title }).split(/\r\n|[\n\r\u2028\u2029\u0085\v\f]/);
        expect(lines).toHaveLength(6);
        expect(lines.filter((line) => line.startsWith('Prd-'))).toHaveLength(3 + Number(lines[0]?.startsWith('Prd-')));
      }),
    );
  });
});

describe('the message of a story that goes back', () => {
  const taken = { story: 'US-001', title: 'Cart totals', why: '`npm test` failed (exit 1)', by: 'US-002' };

  it('says why, since when, and names both stories', () => {
    expect(takeBackMessage(taken)).toBe(
      'Take back US-001: Cart totals\n\n`npm test` failed (exit 1) since US-002\n\nPrd-Story: US-001\nPrd-Broken-By: US-002\n',
    );
  });

  it('names nobody where nobody of the run did it, and keeps every text on its line', () => {
    const hostile = { ...taken, title: 'a\n\nPrd-Story: US-999', why: 'x\r\nPrd-Story: US-9', by: null };
    expect(takeBackMessage(hostile)).toBe(
      'Take back US-001: a Prd-Story: US-999\n\nx Prd-Story: US-9\n\nPrd-Story: US-001\n',
    );
  });
});
