import type { Problem } from '../../problem.ts';

/** Plans of other tools that can be read. */
export const importFormats = ['markdown', 'feature-list', 'task-master', 'spec-kit', 'github-issues'] as const;

export type ImportFormat = (typeof importFormats)[number];

/** One story as another tool has it, before anything is left out. */
export interface ImportedStory {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly criteria: readonly string[];
  readonly priority?: number | null;
  readonly dependsOn?: readonly string[];
  readonly phase?: string | number | null;
  readonly files?: readonly string[];
  readonly implementModel?: string | null;
  readonly notes?: string;
  /** `done` there, or given up there: then it is no story. */
  readonly state: 'open' | 'done' | 'dropped';
}

export interface ImportedPlan {
  readonly project: string | null;
  readonly description: string;
  /** What stands in the plan and is no story: goals, requirements, limits. */
  readonly notes: string;
  readonly stories: readonly ImportedStory[];
  /** What had no place, in words. */
  readonly lost: readonly string[];
}

export type ReadPlan =
  | { readonly kind: 'read'; readonly plan: ImportedPlan }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface PlanOptions {
  /** List of a Task Master file. */
  readonly tag: string | null;
  /** The `spec.md` beside a Spec Kit `tasks.md`. */
  readonly spec: string | null;
}

/** A plan that holds stories and nothing else. */
export function planOf(stories: readonly ImportedStory[], more: Partial<ImportedPlan> = {}): ReadPlan {
  return { kind: 'read', plan: { project: null, description: '', notes: '', lost: [], stories, ...more } };
}
