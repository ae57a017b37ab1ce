import type { Answer } from './answer-calls.ts';
import type { LabelledResult } from './conversation.ts';
import type { CallRecord, Noted } from './turn-limits.ts';

/** The answers of a turn as the model will read them, and why the attempt must stop, if it must. */
export function turnResults(
  answers: readonly Answer[],
  watch: (turn: readonly CallRecord[]) => Noted,
): { readonly results: readonly LabelledResult[]; readonly stop: string | null } {
  const counted = answers.filter(countsAsProgress);
  const { warnings, stop } = watch(counted.map(recordOf));
  const results = answers.map((answer) => resultOf(answer, warnings[counted.indexOf(answer)] ?? null));
  return { results, stop };
}

/** How often finish may come back red is decided by whoever runs the checks, so a red finish is no repetition. */
function countsAsProgress({ ran, result, call }: Answer): boolean {
  return ran && (result.isError === true || !('kind' in call && call.kind === 'finish'));
}

function recordOf({ name, input, result, unparseable }: Answer): CallRecord {
  const failed = unparseable ? 'unparseable' : 'error';
  const outcome = result.isError ? failed : 'ok';
  return { tool: name, input, result: result.content, outcome, changed: result.changed ?? false };
}

function resultOf({ id, label, result }: Answer, warning: string | null): LabelledResult {
  const content = warning === null ? result.content : `${result.content}\n${warning}`;
  const failed = result.isError ? { isError: true } : {};
  return { label, block: { type: 'tool_result', toolUseId: id, content, ...failed } };
}
