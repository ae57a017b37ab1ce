import type { Edit, Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { hasWord, wordAt, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { CriterionView } from '../view.ts';

export const processStep: Rule = {
  id: 'context/process-step',
  summary: 'an instruction, not a result: read, open, first look at',
  reason: 'nobody can see afterwards whether the step was taken',
  bad: { criterion: 'Read the SDK docs before coding' },
  good: { criterion: '`pay()` calls `sdk.confirm`' },
  severity: { delegate: 'warning', orchestrator: 'info', unset: 'info' },
  fix: 'unsafe',
  check: { on: 'criterion', find },
};

function find(view: CriterionView): readonly Spot[] {
  const { passage } = view;
  const length = view.criterion.reading.kind === 'prose' ? stepLength(passage) : 0;
  const first = passage.tokens[0];
  const last = passage.tokens[length - 1];
  if (first === undefined || last === undefined) return nothing;
  return [
    {
      confidence: 'high',
      message: 'this is a step, not a criterion',
      hint: 'move it to `notes`',
      matches: [{ offset: first.start, length: last.end - first.start }],
      edits: toNotes(view),
    },
  ];
}

/** How many tokens at the start say that something is to be studied; 0 when nothing is. */
function stepLength(view: Passage): number {
  const first = wordAt(view, 0);
  if (first === 'study') return 1;
  if ((first === 'look' && wordAt(view, 1) === 'at') || first === 'familiarize') return 2;
  const reads = first === 'read' || first === 'consult' || first === 'open' || first === 'see';
  return reads && (hasWord(view, 1, 7, sources) || hasWord(view, 1, view.tokens.length, moments)) ? 1 : 0;
}

function toNotes({ criterion, of: { story } }: CriterionView): readonly Edit[] {
  if (typeof criterion.path.at(-1) !== 'number') return [];
  const notes = story.notes === '' ? criterion.text : `${story.notes}\n${criterion.text}`;
  return [
    { kind: 'remove', path: criterion.path },
    { kind: 'set', path: [...story.path, 'notes'], value: notes },
  ];
}

const sources = wordSet(
  'docs doc documentation spec specification readme guide wiki article tutorial implementation mockup mock-up reference',
);
const moments = wordSet('before first beforehand understand');
