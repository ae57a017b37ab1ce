import type { Story } from '../prd/prd.ts';
import type { LintRole } from './rule.ts';
import { segments } from './shell.ts';
import { findWords } from './text/look.ts';
import { filesIn } from './text/mentions.ts';
import { type Passage, passage } from './text/passage.ts';
import type { Terms } from './text/terms.ts';
import type { CommandView, CriterionView, DocumentView, StoryFacts, StoryView } from './view.ts';

/** Reads every text of a story once. */
export function readStory(story: Story, role: LintRole, within: DocumentView, terms: Terms): StoryView {
  const criteria: CriterionView[] = [];
  const view: StoryView = {
    within,
    story,
    role,
    title: passage(story.title, terms),
    description: passage(story.description, terms),
    criteria,
  };
  for (const [index, criterion] of story.criteria.entries()) {
    criteria.push({ of: view, criterion, index, passage: passage(criterion.text, terms) });
  }
  return view;
}

/** The commands of a story that would run. Named checks are commands of the document. */
export function commandsOf(view: StoryView): readonly CommandView[] {
  return view.criteria.flatMap((of) => {
    const { reading } = of.criterion;
    if (reading.kind !== 'command') return [];
    const { run, expect, cwd } = reading.command;
    return [{ run, calls: segments(run), expect, cwd, within: view.within, of }];
  });
}

/** What is kept when the texts are let go. */
export function factsOf(view: StoryView): StoryFacts {
  const { story, role, criteria } = view;
  return {
    story,
    role,
    files: filesOf(view),
    sharedState: sharedStateIn(textsOf(view)),
    languages: criteria.flatMap((one) => one.passage.language ?? []),
  };
}

/** Of a finished story that nobody judges. */
export function noFacts(story: Story, role: LintRole): StoryFacts {
  return { story, role, files: [], sharedState: null, languages: [] };
}

/** Files that a text of the story names beside a verb of making. */
export function madeFiles(view: StoryView): readonly string[] {
  return textsOf(view)
    .filter(({ text }) => makes.test(text))
    .flatMap(filesIn);
}

function textsOf({ title, criteria }: StoryView): readonly Passage[] {
  return [title, ...criteria.map((one) => one.passage)];
}

/** What the story touches: its declared scope, else every file it names. Prose and plans are shared by nature. */
function filesOf(view: StoryView): readonly string[] {
  const { files: scope } = view.story;
  const named = scope.length > 0 ? scope : [view.description, ...textsOf(view)].flatMap(filesIn);
  if (named.length === 0) return named;
  // Globs name no file.
  return [...new Set(named)].filter((file) => !/[*{[]/.test(file) && !prose.test(file));
}

function sharedStateIn(texts: readonly Passage[]): string | null {
  for (const text of texts) {
    const found = findWords(text, sharedThings);
    if (found !== null) return found;
  }
  return null;
}

const prose = /(?:\.md|\.mdx|\.txt|\.pen|\.fig|prd\.json)$/i;
const makes = /\b(?:create|creates|created|add|adds|added|new|generate|generates|write|writes|exists|extract|move)\b/i;
const sharedThings: ReadonlyMap<string, readonly string[]> = new Map([
  ['global', ['state', 'store', 'middleware']],
  ['shared', ['state']],
  ['context', ['provider']],
  ['state', ['provider']],
  ['theme', ['provider']],
  ['dependency', ['injection']],
  ['service', ['container']],
  ['database', ['schema']],
  ['root', ['layout']],
  ['redux', []],
  ['zustand', []],
]);
