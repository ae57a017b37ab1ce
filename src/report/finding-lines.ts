import { count } from './figures.ts';
import { countFindings, type ListedFile, type ListedFinding, type StoryName } from './listing.ts';
import type { Out } from './reporter.ts';
import { lineWidth, pad, printable, width, wrap } from './text.ts';

const severityColumns = 'warning'.length;
const tones = { error: 'bad', warning: 'warn', info: 'faint' } as const;

/** A finding for a person: place, severity, message, rule, and below it how to go on. */
export function findingLines({ file }: ListedFile<StoryName>, finding: ListedFinding, out: Out): readonly string[] {
  const { severity, line, column, message, hint, rule } = finding;
  const position = `${printable(file)}:${line}:${column}`;
  const indent = 4 + width(position) + 2 + severityColumns + 2;
  const room = Math.max(20, lineWidth(out.columns) - indent);
  const [first = '', ...more] = withRule(wrap(printable(message), room), rule, room, out);
  const head = `    ${out.paint.accent(position)}  ${out.paint[tones[severity]](pad(severity, severityColumns))}  ${first}`;
  const hints = hint === null ? [] : wrap(`hint: ${printable(hint)}`, room).map((line) => out.paint.accent(line));
  return [head, ...[...more, ...hints].map((line) => ' '.repeat(indent) + line)];
}

/** The rule id stands at the right of the message's last line, or on a line of its own. */
function withRule(lines: readonly string[], rule: string, room: number, out: Out): readonly string[] {
  const last = lines.at(-1) ?? '';
  const id = out.paint.faint(rule);
  if (width(last) + 2 + width(rule) > room) return [...lines, id];
  return [...lines.slice(0, -1), pad(last, room - width(rule)) + id];
}

/** `3 findings (1 error, 2 warnings)`, `no findings`. */
export function countWords(files: readonly ListedFile<StoryName>[], { paint }: Pick<Out, 'paint'>): string {
  const counts = countFindings(files);
  const total = counts.error + counts.warning + counts.info;
  const kinds = [
    ...(counts.error > 0 ? [paint.bad(count(counts.error, 'error'))] : []),
    ...(counts.warning > 0 ? [paint.warn(count(counts.warning, 'warning'))] : []),
    ...(counts.info > 0 ? [count(counts.info, 'note')] : []),
  ];
  return total === 0 ? 'no findings' : `${count(total, 'finding')} (${kinds.join(', ')})`;
}
