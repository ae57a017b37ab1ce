import type { Out } from './reporter.ts';

/** Marks that stand beside a word, never instead of it. */
export const symbols = { good: '✓', bad: '✗', warn: '!', dot: '·', arrow: '→' } as const;

const inAscii: Readonly<Record<string, string>> = {
  '✓': '+',
  '✗': 'x',
  '·': '-',
  '→': '->',
  '…': '...',
  '–': '-',
  '━': '#',
  '─': '-',
};

/** Text as the stream can show it: our own marks become ASCII where Unicode is missing. */
export function typeset(text: string, out: Pick<Out, 'unicode'>): string {
  return out.unicode ? text : text.replace(/[✓✗·→…–━─]/g, (mark) => inAscii[mark] ?? mark);
}
