import type { Rule, Spot } from '../rule.ts';
import { sameText } from '../same-text.ts';
import type { StoryView } from '../view.ts';

export const duplicateCriterion: Rule = {
  id: 'atomic/duplicate-criterion',
  summary: 'the same text twice in one story',
  reason: 'the second says nothing, and one of them will be changed without the other',
  bad: { story: { acceptanceCriteria: ['npm test passes', 'npm test passes.'] } },
  good: { story: { acceptanceCriteria: ['npm test passes', 'npm run lint passes'] } },
  severity: { delegate: 'warning', orchestrator: 'warning', unset: 'warning' },
  fix: 'safe',
  check: { on: 'story', find },
};

function find({ criteria }: StoryView): readonly Spot[] {
  const first = new Map<string, number>();
  return criteria.flatMap(({ criterion: { text, path }, index }): Spot[] => {
    const same = sameText(text);
    const known = first.get(same);
    if (known === undefined) {
      first.set(same, index);
      return [];
    }
    const message = `criterion ${index + 1} repeats criterion ${known + 1}`;
    const edits = typeof path.at(-1) === 'number' ? [{ kind: 'remove', path } as const] : [];
    return [{ confidence: 'high', message, hint: 'delete it', path, edits }];
  });
}
