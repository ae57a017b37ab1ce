import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactor } from '../../src/host/redact.ts';

const value = 'p@ss/word "quoted"+ünï';
const one = redactor([{ name: 'DB_PASSWORD', value }]);

function streamed(pieces: readonly string[], hiding = one): string {
  let shown = '';
  const stream = hiding.stream((text) => {
    shown += text;
  });
  for (const piece of pieces) stream.push(piece);
  stream.end();
  return shown;
}

describe('a secret value', () => {
  const base64 = (before: string, after: string) => Buffer.from(`${before}${value}${after}`).toString('base64');

  it.each([
    ['plain', value],
    ['in JSON', JSON.stringify(value).slice(1, -1)],
    ['in JSON with escaped slashes', JSON.stringify(value).slice(1, -1).replaceAll('/', '\\/')],
    ['in a URL', encodeURIComponent(value)],
    ['in a URL with small hex digits', encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase())],
  ])('is hidden %s', (_, text) => {
    expect(one.text(`a ${text} b`)).toBe('a [redacted:DB_PASSWORD] b');
  });

  it.each([
    ['alone', base64('', '')],
    ['after a user name', base64('ada:', '')],
    ['after one letter', base64('x', '')],
    ['after two letters', base64('xy', '')],
    ['in the middle', base64('user:', ' and more')],
    ['in the URL alphabet', base64('ab', 'c').replaceAll('+', '-').replaceAll('/', '_')],
  ])('is hidden in base64, %s', (_, text) => {
    const middle = Buffer.from(value).toString('base64').slice(8, 20);
    expect(one.text(text)).toContain('[redacted:DB_PASSWORD]');
    expect(one.text(text)).not.toContain(middle);
  });

  it('is hidden wherever it stands', () => {
    expect(one.text(`${value}${value} ${value}`)).toBe(
      '[redacted:DB_PASSWORD][redacted:DB_PASSWORD] [redacted:DB_PASSWORD]',
    );
  });

  it('of less than 8 characters is not looked for: it would hide ordinary words', () => {
    expect(redactor([{ name: 'PIN', value: 'failed' }]).text('the test failed')).toBe('the test failed');
  });

  it('that holds another is hidden whole', () => {
    const both = redactor([
      { name: 'INNER', value: 'inner-secret' },
      { name: 'OUTER', value: 'outer-inner-secret-outer' },
    ]);
    expect(both.text('x outer-inner-secret-outer y inner-secret z')).toBe('x [redacted:OUTER] y [redacted:INNER] z');
  });
});

describe('what looks like a secret', () => {
  const a = (count: number) => 'aB3'.repeat(count).slice(0, count);
  it.each([
    ['anthropic-key', `sk-ant-api03-${a(40)}`],
    ['openai-key', `sk-proj-${a(48)}`],
    ['aws-key', `AKIA${'A1B2'.repeat(4)}`],
    ['github-token', `ghp_${a(36)}`],
    ['github-token', `github_pat_${a(30)}`],
    ['gitlab-token', `glpat-${a(20)}`],
    ['google-key', `AIza${a(35)}`],
    ['npm-token', `npm_${a(36)}`],
    ['slack-token', `xoxb-${a(24)}`],
    ['stripe-key', `sk_live_${a(24)}`],
    ['jwt', `eyJ${a(20)}.eyJ${a(30)}.${a(30)}`],
    ['private-key', `-----BEGIN RSA PRIVATE KEY-----\n${a(64)}\n${a(64)}\n-----END RSA PRIVATE KEY-----`],
  ])('is hidden as %s', (name, secret) => {
    expect(one.text(`key=${secret};`)).toBe(`key=[redacted:${name}];`);
  });

  it.each([
    ['Authorization: Bearer abcdefghijklmnopqrstuv', 'Authorization: Bearer [redacted:bearer]'],
    ['https://ada:s3cret@host/x', 'https://ada:[redacted:url-password]@host/x'],
  ])('is hidden without what stands around it: %s', (text, shown) => {
    expect(one.text(text)).toBe(shown);
  });

  it.each([
    'commit 3f9c2ab0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6',
    'sha512-abcdefghijklmnopqrstuvwxyz0123456789abcdefghij==',
    'src/host/atomic-write.ts:12:3 - error TS2322',
    'sk-learn is not a key, nor is task-ant-farm',
    'class="sk-spinner-with-a-very-long-and-wordy-name-2"',
    'https://host:8080/path@2x.png',
    'the bearer of bad news',
  ])('is not seen in ordinary output: %s', (text) => {
    expect(one.text(text)).toBe(text);
  });
});

describe('text that arrives in pieces', () => {
  const words = fc.constantFrom(
    'x',
    ' ',
    '\n',
    value,
    encodeURIComponent(value),
    'Bearer abcdefghijklmnopqrstuv',
    'w'.repeat(9_000),
  );

  it('is hidden as if it came at once', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), fc.array(fc.nat(100_000)), (parts, cuts) => {
        const text = parts.join('');
        const borders = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((x, y) => x - y), text.length];
        const pieces = borders.slice(1).map((end, index) => text.slice(borders[index], end));
        expect(streamed(pieces)).toBe(one.text(text));
      }),
      { numRuns: 60 },
    );
  });

  it('is never cut inside a secret, wherever that falls', () => {
    for (let before = 32_700; before < 32_790; before += 1) {
      const text = `${'x'.repeat(before)}${value}${'y'.repeat(9_000)}`;
      expect(streamed([text.slice(0, 32_768), text.slice(32_768), ''])).toBe(one.text(text));
    }
  });

  it('says whether anything was hidden', () => {
    const changed = (text: string) => {
      const stream = one.stream(() => {});
      stream.push(text);
      stream.end();
      return stream.changed();
    };
    expect([changed('nothing here'), changed(value)]).toEqual([false, true]);
  });
});
