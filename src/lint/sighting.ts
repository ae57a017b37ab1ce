import type { JsonPath, Story } from '../prd/prd.ts';
import { commandsOf, factsOf, madeFiles, noFacts, readStory } from './read-story.ts';
import type { LintRole, Rule, Spot } from './rule.ts';
import type { RulesByCheck } from './rules-by-check.ts';
import { segments } from './shell.ts';
import type { Terms } from './text/terms.ts';
import type { CommandView, CriterionView, DocumentView, StoryFacts, StoryView, WholeView } from './view.ts';

/** What a rule saw, and where. Nobody has said yet how much it weighs. */
export interface Sighting {
  readonly rule: Rule;
  readonly spot: Spot;
  /** Index of the criterion, or null. */
  readonly criterion: number | null;
  readonly path: JsonPath;
}

/** Sightings by the story they are about; null stands for the file. */
export type SightingsByStory = ReadonlyMap<Story | null, readonly Sighting[]>;

export interface Lookout {
  readonly rules: RulesByCheck;
  readonly terms: Terms;
  roleOf(story: Story): LintRole;
  isJudged(story: Story): boolean;
}

/** Lets the rules look at everything once. The texts of a story are let go before the next one is read. */
export function sightings(document: Omit<DocumentView, 'made'>, lookout: Lookout): SightingsByStory {
  const made = new Map<string, number>();
  const view: DocumentView = { ...document, made };
  const found = new Map<Story | null, Sighting[]>([[null, ofNamedChecks(view, lookout.rules)]]);
  const stories = view.prd.stories.map((story) => {
    const { seen, facts } = lookAt(story, view, lookout, made);
    found.set(story, seen);
    return facts;
  });
  const whole: WholeView = { ...view, stories, open: stories.filter(({ story }) => lookout.isJudged(story)) };
  for (const one of ofDocument(whole, lookout.rules)) found.get(one.spot.about ?? null)?.push(one);
  return found;
}

interface Looked {
  readonly seen: Sighting[];
  readonly facts: StoryFacts;
}

function lookAt(story: Story, within: DocumentView, lookout: Lookout, made: Map<string, number>): Looked {
  const role = lookout.roleOf(story);
  if (!lookout.isJudged(story)) return { seen: [], facts: noFacts(story, role) };
  const view = readStory(story, role, within, lookout.terms);
  if (within.repo !== null) for (const file of madeFiles(view)) if (!made.has(file)) made.set(file, story.index);
  return { seen: ofStory(view, lookout.rules), facts: factsOf(view) };
}

function ofStory(view: StoryView, rules: RulesByCheck): Sighting[] {
  const found: Sighting[] = [];
  for (const { rule, find } of rules.story) {
    for (const spot of find(view)) found.push(sighting(rule, spot, null, view.story.path));
  }
  for (const criterion of view.criteria) found.push(...ofCriterion(criterion, rules));
  for (const command of commandsOf(view)) {
    found.push(...ofCommand(command, command.of?.criterion.path ?? view.story.path, rules));
  }
  return found;
}

function ofCriterion(view: CriterionView, rules: RulesByCheck): readonly Sighting[] {
  const found: Sighting[] = [];
  const { hits } = view.passage;
  for (const { rule, find, words } of rules.criterion) {
    if (words !== undefined && !hits.has(words)) continue;
    for (const spot of find(view)) found.push(sighting(rule, spot, view.index, view.criterion.path));
  }
  return found;
}

function ofCommand(view: CommandView, path: JsonPath, rules: RulesByCheck): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const { rule, find } of rules.command) {
    for (const spot of find(view)) found.push(sighting(rule, spot, view.of?.index ?? null, path));
  }
  return found;
}

function ofNamedChecks(view: DocumentView, rules: RulesByCheck): Sighting[] {
  return [...view.prd.checks].flatMap(([name, run]) =>
    ofCommand({ run, calls: segments(run), expect: null, cwd: null, within: view, of: null }, ['checks', name], rules),
  );
}

function ofDocument(view: WholeView, rules: RulesByCheck): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const { rule, find } of rules.document) {
    for (const spot of find(view)) found.push(sighting(rule, spot, null, spot.about?.path ?? []));
  }
  return found;
}

function sighting(rule: Rule, spot: Spot, criterion: number | null, path: JsonPath): Sighting {
  return { rule, spot, criterion, path: spot.path ?? path };
}
