import * as z from 'zod';

/**
 * Everything a run says. The journal, the terminal, and `--json` listen to the same events, so a replayed
 * journal renders exactly what was shown live. Times are milliseconds, money is USD, unknown is null.
 */

const oid = z.string();
const role = z.enum(['orchestrator', 'delegate']);
const money = z.number().nullable();
const usage = z.object({
  fresh: z.number(),
  write5m: z.number(),
  write1h: z.number(),
  cacheRead: z.number(),
  output: z.number(),
});
const problem = z.looseObject({ code: z.string() });

/** Where a check ran. */
const where = z.enum(['baseline', 'finish', 'candidate', 'regression']);

const verdictKind = z.enum([
  'passed',
  'failed',
  'inconclusive',
  'tampered',
  'blocked',
  'needs-person',
  'conflict',
  'infra',
]);
const strength = z.enum(['proven', 'reviewed', 'accepted']);

const criterionAnswer = z.object({
  n: z.number(),
  status: z.enum(['met', 'unmet', 'unclear']),
  evidence: z.object({ path: z.string(), line: z.number(), quote: z.string() }).nullable(),
});
const remark = z.object({
  severity: z.enum(['blocker', 'major', 'minor']),
  path: z.string(),
  line: z.number(),
  problem: z.string(),
  fix: z.string(),
});

const planned = z.object({
  story: z.string(),
  title: z.string(),
  role,
  model: z.string(),
  state: z.string(),
  detail: z.string().nullable(),
  wave: z.number(),
});

export const eventData = {
  'run.started': z.object({
    run: z.string(),
    prdVersion: z.string(),
    file: z.string(),
    /** Short name of the branch that stories land on. */
    branch: z.string(),
    base: oid,
    implementer: z.string(),
    sandbox: z.enum(['none', 'guard', 'os']),
    scripted: z.boolean(),
    limits: z.object({
      attempts: z.number(),
      maxCostUsd: money,
      maxTokens: z.number().nullable(),
      wallMs: z.number().nullable(),
    }),
    stories: z.array(planned),
  }),
  /** The first run of a repository may commit PRD.json alone, so that a landing can flip it. */
  'prd.committed': z.object({ commit: oid, branch: z.string() }),
  'setup.started': z.object({ command: z.string(), because: z.string() }),
  'setup.finished': z.object({ digest: z.string(), durationMs: z.number(), cached: z.boolean() }),
  /** `digest` binds the attempts that follow to the story's text: another text starts over. */
  'story.started': z.object({
    story: z.string(),
    title: z.string(),
    role,
    model: z.string(),
    base: oid,
    digest: z.string(),
  }),
  'baseline.finished': z.object({
    story: z.string(),
    checks: z.array(
      z.object({
        check: z.string(),
        run: z.string(),
        kind: z.enum(['proof', 'guard', 'absent', 'invalid', 'flaky']),
        reason: z.string(),
      }),
    ),
  }),
  /** Who builds a delegated story, as it is written or refined, and why. `recommends` never decides by itself. */
  'spec.decided': z.object({
    story: z.string(),
    refined: z.boolean(),
    /** The refinement was made earlier, and nothing it names has changed since. */
    reused: z.boolean(),
    builder: role,
    recommends: role,
    because: z.string(),
    /** What the refinement wanted and could not have. */
    dropped: z.array(z.string()),
  }),
  'attempt.started': z.object({
    story: z.string(),
    attempt: z.number(),
    role,
    model: z.string(),
    base: oid,
    /** Commit the workspace started from: the base, or an earlier snapshot. */
    from: oid,
    workspace: z.string(),
    marker: z.string(),
    why: z.string(),
  }),
  /** What stands in the prompt of an attempt beside the story: ids of coaching notes, paths of files. */
  'spec.written': z.object({
    story: z.string(),
    attempt: z.number(),
    notes: z.array(z.string()),
    files: z.array(z.string()),
  }),
  /** Booked before it is sent: what it may cost at most counts as spent until the answer is known. */
  'request.sent': z.object({
    request: z.string(),
    story: z.string().nullable(),
    attempt: z.number().nullable(),
    step: z.enum(['implement', 'refine', 'review', 'diagnose', 'lint']),
    role,
    model: z.string(),
    reservedUsd: money,
    reservedTokens: z.number(),
  }),
  'request.settled': z.object({
    request: z.string(),
    story: z.string().nullable(),
    attempt: z.number().nullable(),
    step: z.enum(['implement', 'refine', 'review', 'diagnose', 'lint']),
    role,
    model: z.string(),
    served: z.string().nullable(),
    outcome: z.string(),
    usage: usage.nullable(),
    costUsd: money,
    durationMs: z.number(),
  }),
  /** What an external agent says it used; it speaks to its provider itself. */
  'agent.reported': z.object({
    story: z.string(),
    attempt: z.number(),
    role,
    model: z.string(),
    usage: usage.nullable(),
    costUsd: money,
    requests: z.number().nullable(),
  }),
  'agent.turn': z.object({ story: z.string(), attempt: z.number(), turn: z.number(), calls: z.array(z.string()) }),
  wait: z.object({ story: z.string().nullable(), for: z.string(), waitMs: z.number().nullable() }),
  'check.started': z.object({ story: z.string(), check: z.string(), run: z.string(), where }),
  'check.finished': z.object({
    story: z.string(),
    check: z.string(),
    run: z.string(),
    where,
    outcome: z.enum(['green', 'red', 'absent', 'invalid']),
    reason: z.string(),
    exitCode: z.number().nullable(),
    durationMs: z.number(),
    executed: z.number().nullable(),
    cached: z.boolean(),
    log: z.string().nullable(),
  }),
  'snapshot.stored': z.object({
    story: z.string(),
    attempt: z.number(),
    commit: oid.nullable(),
    ref: z.string(),
    files: z.number(),
    dropped: z.array(z.string()),
    refused: z.array(z.string()),
  }),
  'attempt.finished': z.object({
    story: z.string(),
    attempt: z.number(),
    end: z.string(),
    detail: z.string(),
    snapshot: oid.nullable(),
    turns: z.number(),
    durationMs: z.number(),
  }),
  verdict: z.object({
    story: z.string(),
    attempt: z.number(),
    verdict: verdictKind,
    reason: z.string(),
    strength: strength.nullable(),
  }),
  /** Right where it started, and not beside what landed meanwhile: nobody's fault, so it counts as no attempt. */
  'attempt.overtaken': z.object({
    story: z.string(),
    attempt: z.number(),
    head: oid,
    /** In conflict; empty when it merges and is red there. */
    paths: z.array(z.string()),
    /** What the attempt changed. */
    files: z.array(z.string()),
    /** Stories that landed meanwhile, and what they changed. */
    met: z.array(z.object({ story: z.string(), files: z.array(z.string()) })),
  }),
  /** `condition`: without an approving review the story cannot pass. */
  'review.decided': z.object({
    story: z.string(),
    attempt: z.number(),
    review: z.boolean(),
    condition: z.boolean(),
    because: z.string(),
  }),
  /** What the program made of a review; `said` is the model's own word and decides nothing. */
  'review.finished': z.object({
    story: z.string(),
    attempt: z.number(),
    candidate: oid,
    verdict: z.enum(['approved', 'revise', 'escalate', 'inconclusive']),
    reason: z.string(),
    said: z.enum(['approve', 'revise', 'escalate']),
    criteria: z.array(criterionAnswer),
    remarks: z.array(remark),
    unread: z.array(z.string()),
  }),
  'diagnosis.finished': z.object({
    story: z.string(),
    attempt: z.number(),
    next: z.enum(['retry', 'take-over']),
    reason: z.string(),
    hint: z.string().nullable(),
  }),
  /** Waits for the end of its wave, when it goes into the coaching file. */
  'lesson.learned': z.object({ story: z.string(), text: z.string(), scope: z.string(), on: z.string() }),
  'coaching.committed': z.object({ lessons: z.number(), commit: oid.nullable() }),
  'landing.intent': z.object({ story: z.string(), attempt: z.number(), branch: z.string(), from: oid, commit: oid }),
  'landing.done': z.object({
    story: z.string(),
    attempt: z.number(),
    branch: z.string(),
    from: oid,
    commit: oid,
    strength,
    evidence: z.string(),
  }),
  'landing.lost': z.object({ story: z.string(), attempt: z.number(), branch: z.string(), from: oid, head: oid }),
  /** A check of a passing story is not green any more: back to false. `by`: the story of this run that broke it, if one did. */
  'pass.revoked': z.object({ story: z.string(), why: z.string(), by: z.string().nullable(), commit: oid.nullable() }),
  'follow.intent': z.object({ branch: z.string(), from: oid, to: oid }),
  'follow.done': z.object({ branch: z.string(), to: oid, how: z.enum(['followed', 'left']) }),
  'story.finished': z.object({
    story: z.string(),
    outcome: z.enum(['passes', 'blocked', 'waits', 'stopped', 'skipped']),
    verdict: verdictKind.nullable(),
    strength: strength.nullable(),
    reason: z.string(),
    /** Digest of the story's text and the base it was judged on: a blocked story is tried again when either changes. */
    key: z.string(),
    attempts: z.number(),
    commit: oid.nullable(),
    costUsd: money,
  }),
  adopted: z.object({ what: z.string(), story: z.string().nullable(), detail: z.string() }),
  warning: z.object({ code: z.string(), message: z.string(), story: z.string().nullable() }),
  problem: z.object({ problem, story: z.string().nullable() }),
  'run.finished': z.object({
    run: z.string(),
    reason: z.enum(['done', 'nothing-to-do', 'limit', 'interrupted', 'problem', 'confirm']),
    exitCode: z.number(),
    passes: z.number(),
    selected: z.number(),
    total: z.number(),
    needsYou: z.array(z.string()),
    costUsd: money,
    unpriced: z.number(),
    requests: z.number(),
    durationMs: z.number(),
    /** `git merge` is up to the user when landings went to a branch of their own. */
    mergeBranch: z.string().nullable(),
    /** Stories that were not tried: what they wait for, and the command that goes on. Older journals do not say. */
    waiting: z
      .array(z.object({ stories: z.array(z.string()), for: z.array(z.string()), why: z.string(), next: z.string() }))
      .optional(),
  }),
} as const;

export type EventType = keyof typeof eventData;
export type EventData<T extends EventType> = z.infer<(typeof eventData)[T]>;

/** One thing that happened, before the journal gives it a number and a time. */
export type RunEvent = { readonly [T in EventType]: { readonly type: T; readonly data: EventData<T> } }[EventType];

/** Appends an event. Resolves when it is durable if the event's kind demands that (see `journal/journal.ts`). */
export type EmitEvent = (event: RunEvent) => Promise<void>;

/** One line of the journal and of `run --json`. */
export type JournalRecord = RunEvent & {
  readonly v: 1;
  readonly seq: number;
  readonly ts: string;
  readonly mono: number;
};

const recordOf = (type: EventType) =>
  z.object({
    v: z.literal(1),
    seq: z.number().int().min(0),
    /** Wall clock, ISO 8601 UTC: display only. */
    ts: z.string(),
    /** Monotonic milliseconds since the run started. */
    mono: z.number(),
    type: z.literal(type),
    data: eventData[type],
  });

const records = (Object.keys(eventData) as EventType[]).map(recordOf);

/** Strict parse of a journal line, and the published event schema. */
export const journalRecord = z.discriminatedUnion('type', records as [(typeof records)[0], ...typeof records]);
