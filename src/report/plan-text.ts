import { defaultLimits, type Limits } from '../plan/limits.ts';
import type { Plan, PlannedStory } from '../plan/plan.ts';
import { storyChecks, unresolvedChecks } from '../prd/story-checks.ts';
import type { BaselineKind } from '../verify/check.ts';
import { count, span, usd } from './figures.ts';
import type { Out } from './reporter.ts';
import { typeset } from './symbols.ts';
import { align, cut, lineWidth, printable, tick, width, wrap } from './text.ts';

/** What `prd run` is about to do, as far as it is known without running anything. */
export interface PlanFacts {
  readonly plan: Plan;
  readonly branch: string;
  readonly prdPath: string;
  readonly limits: Limits;
  readonly parallel: number;
  readonly implementer: string;
  /** Commands that prepare dependencies, with what made us think of them. */
  readonly setup: readonly { readonly command: string; readonly because: string }[];
  /** Files of the checkout that differ from the branch: they are not in the base. */
  readonly changedFiles: number;
  /** Kind of a check's baseline at this base, or null when nobody has measured it. */
  readonly baselineOf: (check: string) => BaselineKind | null;
  /** What it will cost, and what that stands on; empty when nothing can be said. */
  readonly cost: readonly string[];
  /** What somebody should know before money is spent. */
  readonly notes: readonly string[];
}

const widestTitle = 40;
/** Below this a title says nothing; the line breaks instead. */
const narrowestTitle = 12;

/** The plan as text: stories in running order with what decides them, what stands in the way of the others, limits. */
export function planText(facts: PlanFacts, out: Out): string {
  const { stories } = facts.plan;
  const ready = stories.filter(({ state }) => state.kind === 'ready');
  const columns = titleColumns(ready, out);
  const rows = align(ready.map((planned, index) => storyRow(planned, index + 1, columns)));
  const lines = [
    ...ready.flatMap((planned, index) => [rows[index] ?? '', ...checkLines(planned, facts, out)]),
    ...waiting(stories, out),
    ...setupLines(facts),
    ...onScreen(summaryLine(facts, ready), out),
    ...facts.cost.flatMap((line) => wrap(line, lineWidth(out.columns))),
    ...facts.notes.flatMap((note) => onScreen(`note: ${note}`, out)),
  ];
  return lines.map((line) => `${typeset(line, out)}\n`).join('');
}

/** A story that runs, in cells: its place, id, role, model, title, and what decides its turn. */
export function storyRow(planned: PlannedStory, place: number, columns = widestTitle): readonly string[] {
  const { story, role, model, reason } = planned;
  const after = story.dependsOn.length === 0 ? '' : `after ${story.dependsOn.join(', ')}`;
  const why = { explicit: '', default: 'no model named', upgraded: 'upgraded' }[reason.kind];
  const title = cut(printable(story.title), columns);
  return [String(place), printable(story.id), role, printable(model), title, [why, after].filter(Boolean).join(', ')];
}

/** On a terminal a row takes one line: the title gives what the other columns take. */
function titleColumns(ready: readonly PlannedStory[], { isTTY, columns }: Out): number {
  if (!isTTY) return widestTitle;
  const others = align(ready.map((planned, index) => storyRow(planned, index + 1, 0).toSpliced(4, 1)));
  const taken = Math.max(0, ...others.map(width)) + 2;
  return Math.max(narrowestTitle, Math.min(widestTitle, lineWidth(columns) - taken));
}

/** Broken at spaces where a terminal would break it anywhere; a file has no width. */
function onScreen(line: string, { isTTY, columns }: Out): readonly string[] {
  return isTTY ? wrap(line, lineWidth(columns)) : [line];
}

function checkLines({ story }: PlannedStory, { baselineOf }: PlanFacts, out: Out): readonly string[] {
  return storyChecks(story).map((check) => {
    const place = check.cwd === null ? '' : ` (in ${printable(check.cwd)})`;
    const line = `     ${baselineOf(check.id) ?? 'unmeasured'}: ${printable(check.run)}${place}`;
    return cut(line, lineWidth(out.columns));
  });
}

/** Stories that do not run, grouped by the reason, each with its cure. */
export function waiting(stories: readonly PlannedStory[], out: Out): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { story, state } of stories) {
    const why = reasonOf(state, story);
    if (why !== null) groups.set(why, [...(groups.get(why) ?? []), story.id]);
  }
  return [...groups].map(([why, ids]) => cut(`${idList(ids)}: ${why}`, 4 * lineWidth(out.columns)));
}

/** Why a story does not run; null for one that does, or that nobody asked for. */
export function reasonOf(state: PlannedStory['state'], story: PlannedStory['story']): string | null {
  switch (state.kind) {
    case 'ready':
    case 'not-selected':
      return null;
    case 'passes':
      return 'already passes';
    case 'on-hold':
      return `on hold (${printable(state.word)}); name it to run it`;
    case 'blocked':
      return `blocked: ${printable(state.reason)}; change the story, or name it to try again`;
    case 'waits':
      return `waits for ${state.for.join(', ')}`;
    case 'unprovable':
      return unprovable(unresolvedChecks(story));
    default:
      return state satisfies never;
  }
}

function unprovable(unresolved: readonly string[]): string {
  if (unresolved.length === 0)
    return 'no command decides it, so it can never pass by itself; add `Verify: <command>` to its criteria';
  const names = unresolved.map((name) => `\`checks.${printable(name)}\``).join(', ');
  return `its checks name no command; add ${names} to the PRD (\`prd init\` guesses them)`;
}

function idList(ids: readonly string[]): string {
  const shown = ids.slice(0, 6).map(printable).join(', ');
  return ids.length > 6 ? `${shown} and ${ids.length - 6} more` : shown;
}

function setupLines({ setup }: PlanFacts): readonly string[] {
  return setup.map(({ command, because }) => `setup: ${tick(command)} because of ${printable(because)}`);
}

function summaryLine(facts: PlanFacts, ready: readonly PlannedStory[]): string {
  const parts = [
    `${count(ready.length, 'story', 'stories')} to run, ${facts.parallel === 1 ? 'one at a time' : `${facts.parallel} at once`}`,
    `branch ${printable(facts.branch)}`,
    `built by ${facts.implementer}`,
    `baseline: ${baselineWords(facts, ready)}`,
    `limits: ${limitWords(facts.limits)}`,
    ...(facts.changedFiles > 0 ? [`${count(facts.changedFiles, 'changed file')} not in the base`] : []),
  ];
  return parts.join(' · ');
}

function baselineWords({ baselineOf }: PlanFacts, ready: readonly PlannedStory[]): string {
  const kinds = ready.flatMap(({ story }) => storyChecks(story).map(({ id }) => baselineOf(id) ?? 'unmeasured'));
  const counted = [...new Set(kinds)].map((kind) => `${kinds.filter((one) => one === kind).length} ${kind}`);
  return counted.length === 0 ? 'nothing to measure' : counted.join(', ');
}

function limitWords(limits: Limits): string {
  const attempts = limits.delegateAttempts + limits.orchestratorAttempts.takeOver;
  const money = limits.runCostUsd === null ? [] : [usd(limits.runCostUsd)];
  const tokens = limits.runTokens === null ? [] : [`${limits.runTokens} tokens`];
  const time = limits.runWallMs === null ? [] : [span(limits.runWallMs)];
  const words = [`${attempts} attempts a story`, ...money, ...tokens, ...time];
  return limits === defaultLimits ? `${words.join(', ')}, no budget` : words.join(', ');
}
