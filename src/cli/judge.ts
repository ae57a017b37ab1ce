import { type LintReport, lint } from '../lint/lint.ts';
import type { LintRole } from '../lint/rule.ts';
import { rules } from '../lint/rules/index.ts';
import type { RepoFacts } from '../lint/view.ts';
import { type ModelRoster, rosterOf } from '../models/catalog.ts';
import { routeStory } from '../plan/route.ts';
import { type PrdDocument, parsePrd } from '../prd/parse.ts';
import type { Story } from '../prd/prd.ts';
import type { Problem } from '../problem.ts';
import type { LintOptions } from './commands/lint.ts';
import type { Context } from './context.ts';
import { repositoryTop } from './find-prd.ts';
import { levelSettings, requireMatches } from './lint-settings.ts';
import type { LintSource } from './lint-sources.ts';
import { openConfig } from './open-config.ts';

export type Judged =
  | { readonly kind: 'judged'; readonly document: PrdDocument; readonly report: LintReport }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface JudgedSource {
  readonly source: LintSource;
  readonly result: Judged;
}

export interface Judge {
  /** Reads and judges one text. Pure: the same text gets the same answer. */
  judge(text: string, file: string): Judged;
  roleOf(story: Story): LintRole;
  /** Warnings allowed by the configuration; null: any number. */
  readonly maxWarnings: number | null;
}

/** Lint with the configuration, models and facts of this repository. Rejects unusable settings. */
export async function openJudge(options: LintOptions, context: Context): Promise<Judge> {
  const root = await repositoryTop(context.cwd);
  const config = await openConfig(context, options.config ? (root ?? context.cwd) : null);
  const ids = rules.map(({ id }) => id);
  const settings = levelSettings(options, config, ids);
  requireMatches(options.only ?? [], ids);
  const roster = rosterOf({ roles: config.roles, models: config.models, baseUrl: config.baseUrl ?? undefined });
  const repo = options.repo === true ? await factsOf(root ?? context.cwd) : null;
  const judge = (text: string, file: string): Judged => {
    const parsed = parsePrd(text, file, {
      ...(options.stories !== undefined && { storiesPointer: options.stories }),
      ...(repo !== null && { programs: ownPrograms(repo) }),
    });
    if (parsed.kind === 'refused') return parsed;
    const report = lint(parsed.document, {
      roleOf: (story) => roleOf(story, roster),
      config: { rules: settings, terms: config.lint.terms },
      repo,
      models: roster.names,
      all: options.all ?? false,
      pedantic: options.pedantic ?? false,
      only: options.only ?? [],
      disables: options.config ? 'obey' : 'ignore',
    });
    return { kind: 'judged', document: parsed.document, report };
  };
  return {
    judge,
    roleOf: (story) => roleOf(story, roster),
    maxWarnings: options.maxWarnings ?? config.lint.maxWarnings ?? null,
  };
}

/** Imported only when asked for: the plain lint answers on every keystroke. */
async function factsOf(root: string): Promise<RepoFacts> {
  return (await import('./repo-facts.ts')).readRepoFacts(root);
}

/** A story that names nobody is a candidate; one that names somebody unknown is judged as a delegate's. */
function roleOf(story: Story, roster: ModelRoster): LintRole {
  const routed = routeStory(story, roster);
  if (routed === null) return 'delegate';
  return routed.reason.kind === 'default' ? 'unset' : routed.role;
}

/** Words that begin a command of this project: its scripts by path, its targets by program. */
function ownPrograms({ targets }: RepoFacts): ReadonlySet<string> {
  return new Set([...targets].flatMap((target) => ['make', 'just', 'task'].map((program) => `${program} ${target}`)));
}
