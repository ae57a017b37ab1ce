import type { Prd, Story } from '../prd/prd.ts';
import { oneLine } from './clamp.ts';
import type { Excerpts } from './excerpts.ts';

export interface StoryToRefine {
  readonly story: Story;
  /** Why it is not ready, in words. */
  readonly reasons: readonly string[];
}

/** The question of a refine. Its first line names the stories: `# Refine US-1, US-2: 2 stories`. */
export function refineText(stories: readonly StoryToRefine[], prd: Prd, excerpts: Excerpts): string {
  return [head(stories), task, ...stories.map(storySection), others(stories, prd), `## Code as it is\n${excerpts.text}`]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What is asked about the first answer: files it wanted to see, and what is still open. */
export function followUpText(files: readonly string[], open: readonly string[]): string {
  return [
    'Submit these stories once more, complete; the others are fine as they are.',
    open.length === 0 ? '' : `Still open:\n${open.map((line) => `- ${line}`).join('\n')}`,
    files.length === 0 ? '' : `The files you asked for:\n${files.join('\n')}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const task = `Make each story ready for a smaller model that sees its spec, the files you name, and nothing else. Answer with submit_refinement alone, one entry per story.
You only add: criteria and verify commands of a story stand as they are, first and in full. Decide what the story leaves open, and say it as an extra criterion that a reader can answer with yes or no.
files: every file to create or modify, exact paths. steps: imperative, with exact names. signatures: one line each. copyFrom: the pattern to follow, a symbol that is in the file. verify: only programs that this project runs already. outOfScope: what a keen implementer would do unasked.
edits: only where the whole work is repetition: exact text before and after, each standing once in its file.
route: orchestrator where the work needs a decision of structure, touches state that others share, or is the first of its kind; else delegate. ready: could the smaller model start now?
needs: up to 4 paths that you must see first; submit your best all the same.`;

function head(stories: readonly StoryToRefine[]): string {
  const ids = stories.map(({ story }) => story.id).join(', ');
  const title = stories.length === 1 ? oneLine(stories[0]?.story.title ?? '') : `${stories.length} stories`;
  return `# Refine ${ids}: ${title}`;
}

function storySection({ story, reasons }: StoryToRefine): string {
  return [
    `## Story ${story.id}: ${oneLine(story.title)}`,
    story.description.trim(),
    `Criteria:\n${story.criteria.map(({ text }, index) => `${index + 1}. ${text}`).join('\n')}`,
    story.files.length === 0 ? '' : `Scope: ${story.files.join(', ')}`,
    story.notes.trim() === '' ? '' : `Notes (they bind nobody): ${story.notes.trim()}`,
    reasons.length === 0 ? '' : `Not ready because:\n${reasons.map((reason) => `- ${reason}`).join('\n')}`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** The border of the scope: the titles stand in the shared part of the prompt. */
function others(stories: readonly StoryToRefine[], { stories: all }: Prd): string {
  const asked = new Set(stories.map(({ story }) => story.id));
  const rest = all.filter(({ id }) => !asked.has(id));
  const ids = (passes: boolean): string =>
    rest
      .filter((story) => story.passes === passes)
      .map(({ id }) => id)
      .slice(0, 200)
      .join(', ');
  const lines = [
    ids(true) === '' ? '' : `Done: ${ids(true)}`,
    ids(false) === '' ? '' : `To come, none of it in scope here: ${ids(false)}`,
  ].filter((line) => line !== '');
  return lines.length === 0 ? '' : `## Other stories\n${lines.join('\n')}`;
}
