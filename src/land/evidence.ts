import * as z from 'zod';
import { storyDigest } from '../prd/digest.ts';
import { bodyOf, type EvidenceInput, subjectsOf } from './evidence-body.ts';
import { selfDigest, sha256 } from './evidence-digest.ts';
import { fitEvidence } from './evidence-size.ts';

const hex = z.string().regex(/^[0-9a-f]+$/);
const count = z.number().int().min(0);
const exit = z.number().int().nullable();

const counts = z.object({ runner: z.string(), executed: count, failed: count.nullable(), skipped: count.nullable() });

const check = z.object({
  /** As in the journal: first 16 hex digits over command, folder, expectation and timeout. */
  id: hex,
  weight: z.enum(['proof', 'guard']),
  baseline: z
    .object({ kind: z.enum(['proof', 'guard', 'absent', 'invalid', 'flaky']), reason: z.string(), exit })
    .optional(),
  /** The candidate without the attempt's own sources. */
  nullPatch: z.object({ outcome: z.string(), reason: z.string(), exit }).optional(),
  exits: z.array(exit).optional(),
  counts: counts.optional(),
  durationMs: count.optional(),
  /** First 16 hex digits of sha256 over the output. */
  output: hex.optional(),
});

const quote = z.object({
  n: count,
  status: z.enum(['met', 'unmet', 'unclear']),
  path: z.string().nullable(),
  line: count.nullable(),
  /** First 16 hex digits of sha256 over the quoted text. */
  quote: hex.nullable(),
});

const subject = z.object({
  /** Path of a file; a folder's, ending in `/`, where the files were too many; or the PRD with `#<story>`. */
  name: z.string(),
  digest: z.union([z.object({ gitBlob: hex }), z.object({ sha256: hex })]),
});

/** Evidence of one pass: an in-toto statement with the test-result predicate, at most 4 KB, digests instead of output. */
export const evidenceSchema = z.object({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(subject).min(1),
  predicateType: z.literal('https://in-toto.io/attestation/test-result/v0.1'),
  predicate: z.object({
    result: z.literal('PASSED'),
    configuration: z.array(z.object({ name: z.string(), digest: z.object({ sha256: hex }) })),
    prd: z.object({
      version: z.literal(1),
      story: z.object({ id: z.string(), digest: hex }),
      strength: z.enum(['proven', 'reviewed', 'accepted']),
      acceptance: z.object({ name: z.string(), reason: z.string() }).nullable(),
      /** Commits and trees are information: a squash merge or a shallow clone loses nothing that is checked. */
      base: hex,
      tree: hex,
      checks: z.array(check),
      /** sha256 over the sorted ids of all checks of the story. */
      checksDigest: hex,
      regression: z.object({ checks: count, stories: z.array(z.string()) }),
      policy: z.object({ digest: hex, owned: z.array(z.string()), dropped: z.array(z.string()) }),
      setup: z.string().nullable(),
      flags: z.array(z.object({ code: z.string(), detail: z.string() })),
      review: z.object({ criteria: z.array(quote) }).nullable(),
      attempts: z.array(
        z.object({
          n: count,
          role: z.enum(['orchestrator', 'delegate']),
          asked: z.string(),
          served: z.string().nullable(),
          costUsd: z.number().nullable(),
        }),
      ),
      sandbox: z.enum(['none', 'guard', 'os']),
      tools: z.record(z.string(), z.string()),
      startedAt: z.string(),
      finishedAt: z.string(),
      /** sha256 over everything else, keys sorted: an edited file does not pass for a written one. */
      digest: hex,
    }),
  }),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export type EvidenceBody = Evidence['predicate']['prd'];
export type EvidenceSubject = Evidence['subject'][number];

/** The evidence file of a pass: where it goes and what is in it. */
export interface EvidenceFile {
  readonly path: string;
  readonly text: string;
}

/** Writes the evidence of a pass. Only a verdict that passed has any. */
export function evidenceOf(input: EvidenceInput): EvidenceFile {
  const { id } = input.story;
  const digest = storyDigest(input.story);
  const bound = { name: `${input.prdPath}#${id}`, digest: { sha256: digest } };
  const subject = subjectsOf(input);
  const statement: Evidence = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: subject.length > 0 ? [...subject] : [bound],
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: { result: 'PASSED', configuration: [bound], prd: bodyOf(input, digest) },
  };
  return { path: evidencePath(id, digest), text: fitEvidence(statement, input) };
}

/**
 * `.prd/evidence/<id>-<8 hex of the story digest>.json`. Ids that are no plain names become one, with 6 hex digits that
 * keep them apart.
 */
export function evidencePath(storyId: string, digest: string): string {
  const plain = storyId
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const name = plain === storyId ? plain : `${plain === '' ? 'story' : plain}-${sha256(storyId).slice(0, 6)}`;
  return `.prd/evidence/${name}-${digest.slice(0, 8)}.json`;
}

export type EvidenceRead =
  | { readonly kind: 'read'; readonly evidence: Evidence }
  | { readonly kind: 'damaged'; readonly why: string };

/** Reads an evidence file. What is not JSON, not of the schema, or not as it was written is damaged, never half believed. */
export function readEvidence(text: string): EvidenceRead {
  const value = parseJson(text);
  const parsed = evidenceSchema.safeParse(value);
  if (!parsed.success)
    return { kind: 'damaged', why: value === undefined ? 'it is not JSON' : firstIssue(parsed.error.issues) };
  const said = parsed.data.predicate.prd.digest;
  return selfDigest(value) === said
    ? { kind: 'read', evidence: parsed.data }
    : { kind: 'damaged', why: 'it was edited after it was written' };
}

function firstIssue(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const [issue] = issues;
  return issue === undefined ? 'it is not evidence' : `${issue.path.map(String).join('.') || 'it'}: ${issue.message}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
