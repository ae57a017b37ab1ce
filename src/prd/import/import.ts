import type { Problem } from '../../problem.ts';
import { canonicalText } from './canonical.ts';
import { detectFormat } from './detect.ts';
import { readFeatureList } from './feature-list.ts';
import { readGithubIssues } from './github-issues.ts';
import type { ImportFormat, PlanOptions, ReadPlan } from './imported.ts';
import { readMarkdown } from './markdown.ts';
import { readSpecKit } from './spec-kit.ts';
import { readTaskMaster } from './task-master.ts';

export interface ImportRequest extends PlanOptions {
  /** What the text is; null: as it looks. */
  readonly from: ImportFormat | null;
  readonly includeDone: boolean;
  /** What `$schema` shall say. */
  readonly schema: string;
}

export type Import =
  | {
      readonly kind: 'imported';
      readonly text: string;
      readonly format: ImportFormat;
      readonly stories: number;
      /** Finished or given up there, and therefore left out. */
      readonly leftOut: number;
      /** What had no place, in words. */
      readonly lost: readonly string[];
    }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const readers = {
  markdown: readMarkdown,
  'feature-list': readFeatureList,
  'task-master': readTaskMaster,
  'spec-kit': readSpecKit,
  'github-issues': readGithubIssues,
} satisfies Record<ImportFormat, (text: string, file: string, options: PlanOptions) => ReadPlan>;

/** Turns a plan of another tool into the text of a canonical PRD. Nothing in it is executed, and nothing of it passes. */
export function importPlan(text: string, file: string, request: ImportRequest): Import {
  const format = request.from ?? detectFormat(text, file);
  if (typeof format !== 'string') return { kind: 'refused', problems: [format] };
  const read = readers[format](text, file, request);
  if (read.kind === 'refused') return read;
  const { stories, ...rest } = read.plan;
  const taken = stories.filter(({ state }) => state === 'open' || (state === 'done' && request.includeDone));
  if (stories.length === 0) {
    return { kind: 'refused', problems: [{ code: 'no-stories', at: { file, line: 1, column: 1 }, candidates: [] }] };
  }
  return {
    kind: 'imported',
    text: canonicalText({ ...rest, stories: taken }, request.schema),
    format,
    stories: taken.length,
    leftOut: stories.length - taken.length,
    lost: rest.lost,
  };
}
