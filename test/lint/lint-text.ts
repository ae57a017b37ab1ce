import { type LintOptions, type LintReport, lint } from '../../src/lint/lint.ts';
import type { Finding, LintRole } from '../../src/lint/rule.ts';
import type { RepoFacts } from '../../src/lint/view.ts';
import { parsePrd } from '../../src/prd/parse.ts';
import type { Story } from '../../src/prd/prd.ts';

const models = ['orchestrator', 'delegate', 'opus', 'sonnet', 'haiku'];

/** Lints a text with the house's models. Throws when the text is no PRD: a test that means that asks the parser. */
export function lintText(text: string, options: Partial<LintOptions> = {}): LintReport {
  const parsed = parsePrd(text, 'PRD.json');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  return lint(parsed.document, { roleOf, config: {}, repo: null, models, ...options });
}

/** Findings on one criterion of a delegated story. */
export function lintCriterion(criterion: string, options: Partial<LintOptions> = {}): readonly Finding[] {
  return lintStory({ acceptanceCriteria: [criterion] }, options).findings;
}

/** Lints a PRD with one story; fields that are not given are harmless. */
export function lintStory(fields: Readonly<Record<string, unknown>>, options: Partial<LintOptions> = {}): LintReport {
  return lintStories([fields], options);
}

export function lintStories(
  stories: readonly Readonly<Record<string, unknown>>[],
  options: Partial<LintOptions> = {},
): LintReport {
  return lintText(storiesText(stories), options);
}

export function storiesText(stories: readonly Readonly<Record<string, unknown>>[], top: object = {}): string {
  const filled = stories.map((fields, index) => ({
    id: `US-00${index + 1}`,
    title: `Story number ${index + 1}`,
    implementModel: 'delegate',
    passes: false,
    ...fields,
  }));
  return JSON.stringify({ ...top, userStories: filled }, null, 2);
}

/** Facts of a repository; what is not given is empty. */
export function repoFacts(facts: Partial<RepoFacts> = {}): RepoFacts {
  return { paths: new Set(), scripts: new Set(), targets: new Set(), evidence: null, ...facts };
}

export function ids(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ suppressed }) => suppressed === undefined).map(({ rule }) => rule);
}

function roleOf({ implementModel }: Story): LintRole {
  if (implementModel === null) return 'unset';
  return implementModel === 'orchestrator' || implementModel === 'opus' ? 'orchestrator' : 'delegate';
}
