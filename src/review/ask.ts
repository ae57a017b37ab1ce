import { scrubLesson } from '../spec/lesson.ts';
import type { Orchestrator } from '../spec/orchestrator.ts';
import type { Vault } from '../workspace/workspace.ts';
import { askParts } from './ask-parts.ts';
import { type ChangedFile, changedLines, readChanges } from './changed-file.ts';
import { withEarlier } from './check-answer.ts';
import { decideReview } from './decide.ts';
import { readSurroundings } from './gather.ts';
import { provenCriteria, reviewQuestions } from './input.ts';
import { mergeAnswers } from './merge.ts';
import type { Unread } from './parts.ts';
import type { CheckedAnswer } from './quotes.ts';
import type { ReviewOrder, ReviewResult } from './review-order.ts';

/** Above this many changed lines the reviewer thinks harder. */
const manyLines = 150;

/**
 * Has a candidate read by the orchestrator and computes the verdict from its answers: every quote is looked up, what was
 * not answered is unclear, and what could not be shown is named. Usage is booked where the requests are sent.
 */
export async function reviewCandidate(
  order: ReviewOrder,
  orchestrator: Orchestrator,
  vault: Vault,
): Promise<ReviewResult> {
  const files = await filesToRead(order, vault);
  const { facts, near } = await readSurroundings(files, order.policy, order.to, vault);
  const before = order.earlier?.remarks ?? [];
  const { changesTests } = order.policy;
  const openRemarks = order.earlier?.remarks ?? null;
  const { questions, unread } = reviewQuestions({ ...order, facts, files, changesTests, openRemarks });
  const effort = changedLines(files) < manyLines ? 'low' : 'medium';
  // Nothing new since the first review: nobody has to be asked whether its remarks still hold.
  const parts =
    order.earlier !== null && files.length === 0 ? [] : questions.map((one) => ({ ...one, effort }) as const);
  const heard = await askParts(order, parts, orchestrator, vault);
  if (heard.kind === 'stopped') return heard;
  const merged = mergeAnswers(heard.answers, order.story.criteria.length);
  const answer = await withEarlier(merged, order, vault);
  return resultOf(
    order,
    { ...answer, remarks: parts.length === 0 ? before : answer.remarks },
    {
      // What the first review said may be said again, wherever the new changes are.
      near: new Set([...near, ...before.map(({ path }) => path)]),
      unread: [...unread, ...heard.unread],
      parts: parts.length,
    },
  );
}

/** All that would land; in the second round only what is new of it. What others landed meanwhile is not judged here. */
async function filesToRead({ from, to, earlier }: ReviewOrder, vault: Vault): Promise<readonly ChangedFile[]> {
  if (earlier === null) return readChanges(vault, from, to);
  const own = new Set((await vault.changes(from, to)).map(({ path }) => path));
  return (await readChanges(vault, earlier.candidate, to)).filter(({ path }) => own.has(path));
}

function resultOf(
  order: ReviewOrder,
  answer: CheckedAnswer,
  { near, unread, parts }: { near: ReadonlySet<string>; unread: readonly Unread[]; parts: number },
): ReviewResult {
  const remarks = answer.remarks.filter(({ path }) => near.has(path));
  const verdict = decideReview(
    { ...answer, remarks },
    {
      round: order.earlier === null ? 0 : 1,
      proven: provenCriteria(order.checks, order.policy.changesTests),
      condition: order.condition,
      unread: [...new Set(unread.map(({ path }) => path))],
    },
  );
  return {
    kind: 'reviewed',
    verdict,
    said: answer.said,
    criteria: answer.criteria,
    remarks,
    droppedRemarks: answer.remarks.length - remarks.length,
    coaching: answer.coaching === null ? null : scrubLesson(answer.coaching),
    unread,
    parts,
  };
}
