import type { JsonPath, Story } from '../../prd/prd.ts';
import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { type Hidden, hiddenIn, withoutHidden } from '../text/hidden.ts';
import type { WholeView } from '../view.ts';

export const hiddenCharacters: Rule = {
  id: 'file/hidden-characters',
  summary: 'direction marks, zero-width and control characters, HTML comments, outside code spans',
  reason: 'what a reader cannot see, a model obeys',
  bad: { criterion: 'npm\u200b test passes' },
  good: { criterion: "The label reads 'Café'" },
  severity: { delegate: 'error', orchestrator: 'error', unset: 'error' },
  fix: 'safe',
  fixed: true,
  check: { on: 'document', find: ({ stories }: WholeView) => stories.flatMap(({ story }) => ofStory(story)) },
};

function ofStory(story: Story): readonly Spot[] {
  return [
    ...inField(story, 'title'),
    ...inField(story, 'description'),
    ...story.criteria.flatMap(({ text, path }, index): readonly Spot[] => {
      const hidden = hiddenIn(text);
      return hidden === null ? nothing : [spot(story, { where: `criterion ${index + 1}`, text, path, hidden })];
    }),
    ...inField(story, 'notes'),
  ];
}

function inField(story: Story, where: 'title' | 'description' | 'notes'): readonly Spot[] {
  const text = story[where];
  const hidden = hiddenIn(text);
  return hidden === null ? nothing : [spot(story, { where, text, path: [...story.path, where], hidden })];
}

function spot(
  about: Story,
  { where, text, path, hidden }: { where: string; text: string; path: JsonPath; hidden: Hidden },
): Spot {
  return {
    confidence: 'high',
    message: `hidden ${hidden.name} in ${where}`,
    hint: 'delete it',
    matches: [{ offset: hidden.offset, length: hidden.length }],
    path,
    about,
    edits: [{ kind: 'set', path, value: withoutHidden(text) }],
  };
}
