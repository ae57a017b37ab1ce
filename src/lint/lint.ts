import picomatch from 'picomatch';
import type { PrdDocument } from '../prd/parse.ts';
import type { Disable, Story } from '../prd/prd.ts';
import { silencers } from './disable.ts';
import { type Readiness, readiness } from './readiness.ts';
import { type LintedStory, type LintReport, lintedStory } from './report.ts';
import type { Finding, LintRole } from './rule.ts';
import { rules } from './rules/index.ts';
import { rulesByCheck } from './rules-by-check.ts';
import type { LevelSettings } from './severity.ts';
import { type Sighting, type SightingsByStory, sightings } from './sighting.ts';
import { readTerms } from './text/terms.ts';
import type { RepoFacts } from './view.ts';
import { type Scales, weigh } from './weigh.ts';

export type { LintReport } from './report.ts';

export interface LintOptions {
  roleOf(story: Story): LintRole;
  /** Severities of `prd.config.json` and of the command line, and the project's own terms. */
  readonly config: { readonly rules?: LevelSettings | undefined; readonly terms?: readonly string[] | undefined };
  readonly repo: RepoFacts | null;
  /** Names that `implementModel` may hold. Without them no name is unknown. */
  readonly models?: readonly string[] | null;
  /** Judge finished stories too. */
  readonly all?: boolean;
  /** Show findings of low confidence. */
  readonly pedantic?: boolean;
  /** Globs of rule ids to report. Readiness is judged by all rules. */
  readonly only?: readonly string[];
  /** `ignore` for gates that must not trust the document. */
  readonly disables?: 'obey' | 'ignore';
}

/** Judges a document. Executes nothing, reads nothing else, and answers the same for the same input. */
export function lint(document: PrdDocument, options: LintOptions): LintReport {
  const session: Session = { document, options, seen: lookAround(document, options), used: new Set() };
  const ofFile = weigh(session.seen.get(null) ?? [], scales(null, 'unset', session));
  const judged = document.prd.stories.map((story) => judge(story, session));
  const findings = [
    ...ofFile,
    ...disableFindings(document.prd.disables ?? [], null, session),
    ...judged.flatMap(({ story, findings }) => [...findings, ...ownDisables(story, session)]),
  ];
  return {
    findings: findings.filter(wanted(options.only ?? [])),
    stories: judged.flatMap(({ linted }) => linted ?? []),
  };
}

const sorted = rulesByCheck(rules);

interface Session {
  readonly document: PrdDocument;
  readonly options: LintOptions;
  readonly seen: SightingsByStory;
  readonly used: Set<Disable>;
}

interface Judged {
  readonly story: Story;
  readonly findings: readonly Finding[];
  /** Null for a finished story that was not asked for. */
  readonly linted: LintedStory | null;
}

function lookAround(document: PrdDocument, options: LintOptions): SightingsByStory {
  const byId = new Map<string, Story>();
  for (const story of document.prd.stories) if (!byId.has(story.id)) byId.set(story.id, story);
  const view = { document, prd: document.prd, byId, repo: options.repo, models: options.models ?? null };
  return sightings(view, {
    rules: sorted,
    terms: readTerms(options.config.terms ?? []),
    roleOf: options.roleOf,
    isJudged: (story) => isJudged(story, options),
  });
}

function isJudged(story: Story, { all }: LintOptions): boolean {
  return !story.passes || all === true;
}

function judge(story: Story, session: Session): Judged {
  const role = session.options.roleOf(story);
  const seen = session.seen.get(story) ?? [];
  const findings = weigh(seen, scales(story, role, session));
  if (!isJudged(story, session.options)) return { story, findings, linted: null };
  const asDelegate = role === 'delegate' ? findings : weigh(seen, scales(story, 'delegate', session));
  const verdict = readiness(asDelegate, { criteria: story.criteria.length, runs: runs(story) });
  const ofVerdict = weigh(verdictSightings(story, verdict), scales(story, role, session));
  return { story, findings: [...findings, ...ofVerdict], linted: lintedStory(story, role, verdict) };
}

function scales(story: Story | null, role: LintRole, { document, options, used }: Session): Scales {
  const obeyed = story !== null && options.disables !== 'ignore';
  return {
    story: story?.id ?? null,
    role,
    settings: options.config.rules ?? {},
    silencers: obeyed ? silencers(story, document.prd.disables ?? []) : [],
    pedantic: options.pedantic ?? false,
    used,
  };
}

/** Something in the story is executable. */
function runs({ criteria }: Story): boolean {
  return criteria.some(
    ({ reading }) => reading.kind === 'command' || (reading.kind === 'check' && reading.commands.length > 0),
  );
}

function verdictSightings(story: Story, verdict: Readiness): readonly Sighting[] {
  return sorted.ready.flatMap(({ rule, find }) =>
    find(story, verdict).map((spot) => ({ rule, spot, criterion: null, path: story.path })),
  );
}

/** A finished story was not judged, so nobody knows what its disables would silence. */
function ownDisables(story: Story, session: Session): readonly Finding[] {
  return isJudged(story, session.options) ? disableFindings(story.disables, story, session) : [];
}

/** Only after everything is weighed is it known which disables were of use. */
function disableFindings(disables: readonly Disable[], story: Story | null, session: Session): readonly Finding[] {
  if (session.options.disables === 'ignore' || disables.length === 0) return [];
  const seen = disables.flatMap((disable) => disableSightings(disable, session.used));
  const role = story === null ? 'unset' : session.options.roleOf(story);
  return weigh(seen, { ...scales(story, role, session), silencers: [] });
}

function disableSightings(disable: Disable, used: ReadonlySet<Disable>): readonly Sighting[] {
  const isFixed = rules.some(({ id, fixed }) => id === disable.rule && fixed === true);
  return sorted.disable.flatMap(({ rule, find }) => {
    const spots = find({ disable, used: used.has(disable), isFixed });
    return spots.map((spot) => ({ rule, spot, criterion: null, path: disable.path }));
  });
}

function wanted(globs: readonly string[]): (finding: Finding) => boolean {
  if (globs.length === 0) return () => true;
  const matches = picomatch([...globs]);
  return ({ rule }) => matches(rule);
}
