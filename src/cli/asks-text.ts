import type { Out } from '../report/reporter.ts';
import { typeset } from '../report/symbols.ts';
import { align } from '../report/text.ts';
import type { Ask } from '../verify/approval.ts';
import type { SandboxLevel } from '../verify/check.ts';

const levels: Readonly<Record<SandboxLevel, string>> = {
  none: 'without a sandbox: they can do what you can do',
  guard: 'at sandbox level guard: they can read what you can read',
  os: 'in a sandbox, with network',
};

/** What somebody is asked to approve, whole, with nothing that could hide. */
export function askText(asks: readonly Ask[], level: SandboxLevel, out: Out): string {
  return listed(`this repository wants to run, ${levels[level]}:`, asks, out);
}

/** The same for what checks are to see or reach. */
export function needText(asks: readonly Ask[], out: Out): string {
  return listed('this repository asks for more than its checks are given:', asks, out);
}

function listed(head: string, asks: readonly Ask[], out: Out): string {
  const rows = asks.map(({ kind, text, cwd, careful }) => [
    `  ${kind}`,
    `${visible(text)}${cwd === null ? '' : ` (in ${visible(cwd)})`}${careful && kind !== 'need' ? ' (changes things outside, or needs the network)' : ''}`,
  ]);
  return [head, ...align(rows)].map((line) => `${typeset(line, out)}\n`).join('');
}

/** Text with control, format and unusual space characters written out, so that what is read is what runs. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
