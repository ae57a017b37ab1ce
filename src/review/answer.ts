import { z } from 'zod';
import { lineOf, listOf, optionalLine, someOf } from '../spec/clamp.ts';
import type { Answer } from './review.ts';

const lineNumber = z.coerce.number().int().min(1).max(10_000_000).catch(1);

/** Kept as it is, white space and all: it is looked up in a file. */
const quote = z
  .object({ path: lineOf(300), line: lineNumber, quote: z.string().min(1).max(20_000) })
  .transform((given) => ({ ...given, quote: given.quote.slice(0, 2_000) }))
  .nullable()
  .catch(null);

const criterion = z.object({
  n: z.coerce.number().int().min(1).max(1_000),
  // Anything but a clear word is unclear.
  status: z.enum(['met', 'unmet', 'unclear']).catch('unclear'),
  evidence: quote,
});

const remark = z.object({
  severity: z.enum(['blocker', 'major', 'minor']).catch('minor'),
  path: lineOf(300),
  line: lineNumber,
  problem: lineOf(300),
  fix: optionalLine(300),
});

const shared = { remarks: listOf(remark, 5), coaching: z.string().nullable().catch(null) };

/** The clamped input of `submit_review`, as a review. Rejects only an answer that judges no criterion. */
export const reviewAnswer = z
  .object({
    verdict: z.enum(['approve', 'revise', 'escalate']).catch('revise'),
    criteria: someOf(criterion, 100),
    ...shared,
  })
  .transform(({ verdict, ...rest }): Answer => ({ said: verdict, ...rest }));

/** The same tool's input as a diagnosis: there is nothing to approve, and the criteria do not matter. */
export const diagnosisAnswer = z.object({
  verdict: z.enum(['revise', 'escalate'], 'expected revise (try again with these remarks) or escalate (take over)'),
  ...shared,
});

export type DiagnosisAnswer = z.infer<typeof diagnosisAnswer>;
