import { z } from 'zod';
import { lineOf, listOf, optionalLine, someOf } from './clamp.ts';

/** A path as git knows it: relative, without dots that lead elsewhere. */
export const repositoryPath = z
  .string()
  .transform((path) => path.trim().replace(/^(?:\.\/)+/, ''))
  .refine((path) => /^[^/\\\p{Cc}][^\\\p{Cc}]{0,300}$/u.test(path) && !path.split('/').includes('..'));

const file = z.object({
  path: repositoryPath,
  action: z.enum(['create', 'modify']).catch('modify'),
  why: optionalLine(120),
});

const edit = z.object({ path: repositoryPath, old: z.string().max(20_000), new: z.string().max(20_000) });

/** What a refinement adds to one story, within its bounds. Idempotent: what it returned reads as the same. */
export const refinement = z.object({
  ready: z.boolean().catch(false),
  /** Recommends only; an explicit `implementModel` is obeyed. */
  route: z.enum(['delegate', 'orchestrator']).catch('delegate'),
  reason: optionalLine(160),
  files: listOf(file, 10),
  steps: listOf(lineOf(300), 8),
  signatures: listOf(lineOf(200), 6),
  copyFrom: listOf(z.object({ path: repositoryPath, symbol: lineOf(80) }), 3),
  extraCriteria: listOf(lineOf(300), 5),
  /** Commands, added to the story's own. */
  verify: listOf(lineOf(300), 3),
  outOfScope: listOf(lineOf(200), 4),
  risks: listOf(lineOf(200), 3),
  needs: listOf(repositoryPath, 4),
  /** For repetition: exact before and after, applied by the program. All of them or none, so none is cut. */
  edits: z.array(edit).max(60).catch([]),
});

export type Refinement = z.infer<typeof refinement>;

const storyRefinement = z.object({ storyId: lineOf(100) }).and(refinement);

/** The clamped input of `submit_refinement`. Rejects only an answer that names no story. */
export const refinementAnswer = z.object({ stories: someOf(storyRefinement, 6) });

export type RefinementAnswer = z.infer<typeof refinementAnswer>;
