import * as z from 'zod';
import type { FinishClaim } from '../implementer.ts';
import { boundedNumber, wellFormed, withAliases } from './tolerance.ts';
import { defineTool, type ToolContext, type ToolResult } from './tool.ts';

const maxSummary = 600;

const criterion = withAliases(
  { n: ['criterion', 'id', 'number'], met: ['done', 'passed'], evidence: ['reason', 'note'] },
  z.object({ n: boundedNumber(0, 999), met: z.boolean(), evidence: wellFormed }),
);
const input = withAliases(
  { summary: ['message', 'reason', 'question'] },
  z.object({
    status: z.enum(['done', 'blocked', 'needs_orchestrator']),
    summary: wellFormed,
    // A claim decides nothing, so one that cannot be read is no reason to refuse the call.
    criteria: z.array(criterion).optional().catch([]),
  }),
);

export const finish = defineTool({
  name: 'finish',
  kind: 'finish',
  description:
    "End the attempt; the only way out. done: the story's checks run, what is red comes back. blocked, needs_orchestrator: summary says why.",
  input,
  label: ({ status }) => `finish ${status}`,
  use: async ({ status, summary, criteria = [] }, context) => {
    const said = clip(summary);
    if (status === 'done') return claimDone({ summary: said, criteria: criteria.map(clipped) }, context);
    if (status === 'needs_orchestrator' && context.role === 'delegate') {
      return { content: 'noted', end: { kind: 'needs-orchestrator', question: said } };
    }
    return { content: 'noted', end: { kind: 'blocked', reason: said } };
  },
});

/** Runs the checks. Red comes back as the result while the job allows another round. */
export async function claimDone(
  claim: FinishClaim,
  { finish: check }: Pick<ToolContext, 'finish'>,
): Promise<ToolResult> {
  const { green, again, feedback } = await check(claim);
  if (!green && again) return { content: feedback };
  return { content: feedback, end: { kind: 'finished', green, summary: claim.summary } };
}

function clipped(entry: z.infer<typeof criterion>): FinishClaim['criteria'][number] {
  return { ...entry, evidence: clip(entry.evidence) };
}

function clip(text: string): string {
  return text.length <= maxSummary ? text : `${text.slice(0, maxSummary - 1)}…`;
}
