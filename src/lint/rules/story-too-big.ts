import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import type { Passage } from '../text/passage.ts';
import type { StoryView } from '../view.ts';

export const storyTooBig: Rule = {
  id: 'atomic/story-too-big',
  summary: 'more than 10 criteria, or more than 200 words of them',
  reason: 'nine of ten real stories have at most ten criteria; larger ones fail halfway',
  bad: { story: { acceptanceCriteria: Array.from({ length: 14 }, (_, n) => `Column ${n + 1} shows the price`) } },
  good: { story: { acceptanceCriteria: Array.from({ length: 6 }, (_, n) => `Column ${n + 1} shows the price`) } },
  severity: { delegate: 'warning', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: { on: 'story', find },
};

const mostCriteria = 10;
const mostWords = 200;

function find({ criteria }: StoryView): readonly Spot[] {
  if (criteria.length > mostCriteria) {
    return [spot(`${criteria.length} criteria; nine of ten stories have at most ${mostCriteria}`)];
  }
  const words = criteria.reduce((sum, { passage }) => sum + countWords(passage), 0);
  return words > mostWords ? [spot(`${words} words of criteria; ${mostWords} are enough for one story`)] : nothing;
}

function countWords({ tokens }: Passage): number {
  let words = 0;
  for (const { kind } of tokens) if (kind !== 'mark') words += 1;
  return words;
}

function spot(message: string): Spot {
  return { confidence: 'high', message, hint: 'split the story' };
}
