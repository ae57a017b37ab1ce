import type { z } from 'zod';
import type { AttemptEnd } from '../agent/implementer.ts';
import type { Purpose } from '../models/model.ts';

/** The face of the strong model when it is asked and does not build: one question, one structured answer. */
export interface Orchestrator {
  /**
   * Resolves for every outcome, within a handful of turns. Usage is booked where every request is; an answer has passed
   * the schema, and nothing else of it can be trusted.
   */
  consult<Answer>(question: Question<Answer>): Promise<Consulted<Answer>>;
}

export interface Question<Answer> {
  readonly purpose: Purpose;
  /** The tool that carries the answer. */
  readonly tool: 'submit_refinement' | 'submit_review';
  /** The user message. Its first line names the step and the story: `# Review US-1: Cart view`. */
  readonly text: string;
  /** Clamps what can be clamped; rejects only what cannot be used at all. */
  readonly schema: z.ZodType<Answer>;
  readonly maxTokens: number;
  /** Sent only to models that know the setting. */
  readonly effort: 'low' | 'medium';
  /** Files that may be looked up before answering; null: none. */
  readonly reading: Reading | null;
  /** What is asked about the first answer, once; null, or a resolved null: nothing. */
  readonly followUp: ((answer: Answer) => Promise<FollowUp<Answer> | null>) | null;
}

export interface FollowUp<Answer> {
  readonly text: string;
  /** Puts the second answer beside the first. Not called when there is none: then the first one counts. */
  join(second: Answer): Answer;
}

/** Ranges of files, bounded: judging is not exploring. */
export interface Reading {
  readonly turns: number;
  /** In all turns together. */
  readonly ranges: number;
  /** Numbered lines, or why there are none. */
  read(range: FileRange): Promise<string>;
}

export interface FileRange {
  readonly path: string;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

export type Consulted<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** The model answered, also when asked again, with nothing that can be used. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** Provider, money or interruption: the same ends as an attempt's. */
  | { readonly kind: 'stopped'; readonly end: AttemptEnd };
