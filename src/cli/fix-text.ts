import type { Edit, Finding } from '../lint/rule.ts';
import { editText } from '../prd/edit.ts';
import type { Judged } from './judge.ts';
import { strictJson } from './strict-json.ts';

export interface Fixed {
  readonly text: string;
  /** Findings whose fix was applied. */
  readonly fixes: number;
}

/** A fix may uncover another; this many rounds are more than any chain of them. */
const mostRounds = 10;

/**
 * Applies the fixes of a document's findings, round after round until nothing changes. A fix that will not apply is left out;
 * the text that comes out reads back, or nothing was changed.
 */
export function fixText(text: string, file: string, unsafe: boolean, judge: (text: string) => Judged): Fixed {
  let now: Fixed = { text, fixes: 0 };
  for (let round = 0; round < mostRounds; round += 1) {
    const judged = judge(now.text);
    if (judged.kind === 'refused') return now;
    const wanted = judged.report.findings.filter((finding) => isWanted(finding, unsafe));
    const next = applyRound(now, file, wanted);
    if (next.text === now.text) return now;
    now = next;
  }
  return now;
}

function isWanted({ fix, suppressed, edits }: Finding, unsafe: boolean): boolean {
  if (fix === null || suppressed !== undefined || edits.length === 0) return false;
  return fix === 'safe' || unsafe;
}

/** All at once, because paths are those of the text before; where two do not fit together the first stays. */
function applyRound(now: Fixed, file: string, findings: readonly Finding[]): Fixed {
  const all = findings.flatMap(({ edits }) => edits);
  const text = apply(now.text, file, all);
  if (text !== null) return { text, fixes: now.fixes + findings.length };
  let kept: { readonly edits: readonly Edit[]; readonly text: string; readonly fixes: number } = { ...now, edits: [] };
  for (const finding of findings) {
    const edits = [...kept.edits, ...finding.edits];
    const changed = apply(now.text, file, edits);
    if (changed !== null) kept = { edits, text: changed, fixes: kept.fixes + 1 };
  }
  return { text: kept.text, fixes: kept.fixes };
}

function apply(text: string, file: string, edits: readonly Edit[]): string | null {
  const changes = edits.filter((edit) => edit.kind !== 'strict');
  const edited = editText(text, file, changes);
  if (edited.kind === 'refused') return null;
  return edits.length === changes.length ? edited.text : strictJson(edited.text);
}
