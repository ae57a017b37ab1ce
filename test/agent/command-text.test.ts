import { describe, expect, it } from 'vitest';
import { headAndTail, plainOutput } from '../../src/agent/command-text.ts';

describe('plainOutput', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m and \u001b[1;32mgreen\u001b[m', 'red and green'],
    ['a window title', '\u001b]0;evil title\u0007text', 'text'],
    ['a hyperlink', '\u001b]8;;https://x.test\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['the clipboard', '\u001b]52;c;ZXZpbA==\u0007ok', 'ok'],
    ['cursor moves', 'a\u001b[2K\u001b[1Gb', 'ab'],
    ['a repainted line', 'progress 1%\rprogress 50%\rprogress 100%\ndone', 'progress 100%\ndone'],
    ['a line that was wiped', 'wait...\r', 'wait...'],
    ['CRLF', 'a\r\nb\r\n', 'a\nb\n'],
    ['tabs', 'a\tb', 'a\tb'],
    ['bells, backspaces and eight-bit controls', 'a\u0007b\u0008c\u009bd', 'abc'],
    ['a lone escape', 'x\u001b', 'x'],
    ['text beyond ASCII', 'grün ✓ 日本', 'grün ✓ 日本'],
  ])('removes or keeps %s', (_, raw, plain) => {
    expect(plainOutput(raw)).toBe(plain);
  });
});

describe('headAndTail', () => {
  const limits = { head: 40, tail: 120 };
  const note = (cut: number): string => `${cut} characters cut`;

  it('leaves short text alone', () => {
    expect(headAndTail('x'.repeat(160), limits, note)).toBe('x'.repeat(160));
  });

  it('cuts at line ends and counts what is missing', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${String(index).padStart(3, '0')}`).join('\n');
    const cut = headAndTail(lines, limits, note).split('\n');
    expect(cut.slice(0, 5)).toEqual(['line 000', 'line 001', 'line 002', 'line 003', '[748 characters cut]']);
    expect(cut.at(-1)).toBe('line 099');
    expect(cut.slice(5).every((line) => /^line \d{3}$/.test(line))).toBe(true);
  });

  it('cuts in the middle where there are no lines', () => {
    expect(headAndTail('ab'.repeat(500), limits, note)).toBe(
      `${'ab'.repeat(20)}\n[840 characters cut]\n${'ab'.repeat(60)}`,
    );
  });
});
