import { createHash } from 'node:crypto';
import type { CheckResult } from './check.ts';
import { collapseRepeats, headAndTail } from './output.ts';
import { sayResult } from './verdict-words.ts';

/** Bytes of feedback that an implementer reads at most. */
export const feedbackLimit = 8_192;

const outputRoom = { head: 2_000, all: 8_000 };

export interface FeedbackInput {
  /** Results in the order of the story's checks, up to and with the first that is not green. */
  readonly results: readonly CheckResult[];
  /** How many checks the story has. */
  readonly total: number;
  /** Texts of the story's criteria. */
  readonly criteria: readonly string[];
  /** Signature of the failure before this one, or null. */
  readonly previous: string | null;
  /** Protected paths that were left out of what was checked. */
  readonly dropped: readonly string[];
  readonly roundsLeft: number;
}

export interface Feedback {
  readonly text: string;
  /** Equal for failures that differ only in numbers, times and folders. Null when everything is green. */
  readonly signature: string | null;
}

/** What the implementer is told after its checks ran: the failure first, within `feedbackLimit` bytes. */
export function feedbackOf(input: FeedbackInput): Feedback {
  const failed = input.results.find(({ outcome }) => outcome !== 'green');
  if (failed === undefined) return { text: [...allGreen(input), ...droppedLines(input)].join('\n'), signature: null };
  const signature = failureSignature(failed);
  const before = headerLines(failed, input);
  const after = footerLines(failed, signature, input);
  const room = feedbackLimit - Buffer.byteLength([...before, ...after].join('\n')) - 64;
  const output = headAndTail(
    collapseRepeats(failed.output.trim()),
    Math.min(outputRoom.all, Math.max(500, room)),
    outputRoom.head,
  );
  return { text: headAndTail([...before, output, ...after].join('\n'), feedbackLimit), signature };
}

/** Digest of command, exit and first error lines, with everything masked that changes from run to run. */
export function failureSignature(result: CheckResult): string {
  const lines = result.output
    .split('\n')
    .filter((line) => /error|fail|expected|assert|exception|not ok|✖|✗|×|panic/i.test(line));
  const said = lines.slice(0, 5).map(masked).join('\n');
  return createHash('sha256')
    .update(JSON.stringify([result.check.run, result.reason, result.exitCode, said]))
    .digest('hex')
    .slice(0, 16);
}

function masked(line: string): string {
  return line
    .replace(/(?:[A-Za-z]:)?(?:[\w.~-]{0,255}\/)+[\w.@-]{0,255}/g, '<path>')
    .replace(/\b0x[0-9a-f]+\b|\b[0-9a-f]{7,64}\b/gi, '<hex>')
    .replace(/\d+(?:\.\d+)?\s?(?:ms|s|m)\b/g, '<time>')
    .replace(/\d+/g, '<n>')
    .replace(/\s+/g, ' ')
    .trim();
}

function headerLines(failed: CheckResult, { results, total, criteria }: FeedbackInput): readonly string[] {
  const criterion = failed.check.criteria.map((n) => criteria[n]).find((text) => text !== undefined);
  return [
    `Check ${results.indexOf(failed) + 1} of ${total}: ${sayResult(failed)}.`,
    ...(criterion === undefined ? [] : [`It decides: ${shortened(criterion)}`]),
    'Output:',
  ];
}

function footerLines(failed: CheckResult, signature: string, input: FeedbackInput): readonly string[] {
  const green = input.results.filter(({ outcome }) => outcome === 'green').map(({ check }) => shortened(check.run));
  const again = input.previous === signature ? 'This is the same failure as last time.' : 'This is a new failure.';
  return [
    '',
    ...(input.previous === null ? [] : [again]),
    ...(green.length === 0 ? [] : [`Green: ${shortList(green)}`]),
    ...droppedLines(input),
    `${failed.reason === 'timeout' ? 'Make it end by itself. ' : ''}Fix the cause; do not change the check. ${roundsWords(input.roundsLeft)}`,
  ];
}

function allGreen({ results, total }: FeedbackInput): readonly string[] {
  return [
    results.length === 0 || results.length < total
      ? `${results.length} of ${total} checks ran.`
      : `All ${total} checks are green.`,
  ];
}

function droppedLines({ dropped }: FeedbackInput): readonly string[] {
  if (dropped.length === 0) return [];
  return [
    `Left out, because this story may not change it: ${shortList(dropped)}. The checks ran without these changes.`,
  ];
}

function shortList(items: readonly string[]): string {
  const shown = items.slice(0, 8).join(', ');
  return items.length > 8 ? `${shown} and ${items.length - 8} more` : shown;
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function roundsWords(left: number): string {
  if (left <= 0) return 'This was the last round.';
  return left === 1 ? '1 round is left.' : `${left} rounds are left.`;
}
