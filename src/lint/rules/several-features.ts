import { baseVerbs, nounVerbs } from '../lexicon/verbs.ts';
import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { wordAt } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { StoryView } from '../view.ts';

export const severalFeatures: Rule = {
  id: 'atomic/several-features',
  summary: 'two goals joined in the title',
  reason: 'one half can land without the other',
  bad: { story: { title: 'Add login and rewrite billing' } },
  good: { story: { title: 'Add a login form and its validation' } },
  severity: { delegate: 'warning', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: { on: 'story', find },
};

function find({ title, story }: StoryView): readonly Spot[] {
  const first = wordAt(title, 0);
  const second = isGoal(first) ? secondGoal(title) : '';
  if (second === '') return nothing;
  return [
    {
      confidence: 'medium',
      message: `two goals in one title: \`${first}\` and \`${second}\``,
      hint: 'split the story',
      path: [...story.path, 'title'],
    },
  ];
}

/** The verb after "and" that has an object of its own. */
function secondGoal(title: Passage): string {
  for (let at = 2; at < title.tokens.length - 2; at += 1) {
    const verb = wordAt(title, at + 1);
    if (wordAt(title, at) === 'and' && isGoal(verb) && wordAt(title, at + 2) !== '') return verb;
  }
  return '';
}

/** Verbs that are also nouns ("filter", "search", "test") do not make a second goal. */
function isGoal(word: string): boolean {
  return baseVerbs.has(word) && !nounVerbs.has(word);
}
