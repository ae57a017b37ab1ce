import * as z from 'zod';

/**
 * What the orchestrator answers with when it refines, reviews or diagnoses. On the wire every key is required and nothing
 * is bounded, as strict tools demand; whoever uses an answer clamps it with a schema of its own.
 */
const refinementWire = z.object({
  stories: z.array(
    z.object({
      storyId: z.string(),
      ready: z.boolean(),
      route: z.enum(['delegate', 'orchestrator']),
      reason: z.string(),
      files: z.array(z.object({ path: z.string(), action: z.enum(['create', 'modify']), why: z.string() })),
      steps: z.array(z.string()),
      signatures: z.array(z.string()),
      copyFrom: z.array(z.object({ path: z.string(), symbol: z.string() })),
      extraCriteria: z.array(z.string()),
      verify: z.array(z.string()),
      outOfScope: z.array(z.string()),
      risks: z.array(z.string()),
      needs: z.array(z.string()),
      edits: z.array(z.object({ path: z.string(), old: z.string(), new: z.string() })),
    }),
  ),
});

const reviewWire = z.object({
  verdict: z.enum(['approve', 'revise', 'escalate']),
  criteria: z.array(
    z.object({
      n: z.number(),
      status: z.enum(['met', 'unmet', 'unclear']),
      evidence: z.object({ path: z.string(), line: z.number(), quote: z.string() }),
    }),
  ),
  remarks: z.array(
    z.object({
      severity: z.enum(['blocker', 'major', 'minor']),
      path: z.string(),
      line: z.number(),
      problem: z.string(),
      fix: z.string(),
    }),
  ),
  coaching: z.string().nullable(),
});

export const submitTools = [
  {
    name: 'submit_refinement',
    description:
      'Only when asked to refine. 700-1,200 tokens a story. files up to 10, steps 8, signatures 6 (one line each), copyFrom 3, extraCriteria 5, verify 3, outOfScope 4, risks 3, needs 4 paths to see first. No code, except edits for repetition: exact old and new.',
    wire: refinementWire,
  },
  {
    name: 'submit_review',
    description:
      'Only when asked to review or diagnose. 300-800 tokens. Every criterion gets a status; met needs a quote that stands in path near line. remarks up to 5. coaching: a rule worth teaching for other stories, or null. To diagnose: revise retries with your remarks, escalate takes over.',
    wire: reviewWire,
  },
] as const;
