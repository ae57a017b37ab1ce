import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { setModel } from '../set-model.ts';
import { hasWord, wordAt, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { StoryView } from '../view.ts';

export const architectural: Rule = {
  id: 'delegate/architectural',
  summary: 'the title asks for design: restructure, migrate, refactor across, set up, decide',
  reason: 'an execution model at the design stage breaks the structure',
  bad: { story: { title: 'Restructure the cart module' } },
  good: { story: { title: 'Build the success screen' } },
  severity: { delegate: 'warning', orchestrator: 'off', unset: 'info' },
  fix: 'unsafe',
  check: { on: 'story', find },
};

function find(view: StoryView): readonly Spot[] {
  const length = verbLength(view.title);
  const first = view.title.tokens[0];
  const last = view.title.tokens[length - 1];
  if (first === undefined || last === undefined) return nothing;
  const words = view.title.text.slice(first.start, last.end);
  return [
    {
      confidence: 'high',
      message: `\`${words}\` is architectural work`,
      hint: 'give it to the orchestrator',
      path: [...view.story.path, 'title'],
      edits: [setModel(view.story, 'orchestrator')],
    },
  ];
}

/** How many words of the title are a verb of design; 0 when it has none. */
function verbLength(title: Passage): number {
  const verb = wordAt(title, 0);
  const next = wordAt(title, 1);
  if (alone.has(verb)) return 1;
  if ((verb === 'set' && next === 'up') || (verb === 'decide' && next === 'on')) return 2;
  if (verb === 'design') return articles.has(next) ? 1 : 0;
  return verb === 'refactor' && hasWord(title, 1, title.tokens.length, spread) ? 1 : 0;
}

const alone = wordSet(
  'restructure migrate architect rearchitect re-architect decide choose scaffold bootstrap setup redesign rewrite',
);
const articles = wordSet('the a an our data database api system');
const spread = wordSet('across all every whole entire throughout architecture');
