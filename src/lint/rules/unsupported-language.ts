import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { hasLexicon } from '../text/lexicons.ts';
import type { WholeView } from '../view.ts';

export const unsupportedLanguage: Rule = {
  id: 'file/unsupported-language',
  summary: 'criteria mostly in a language without a lexicon: said once per file',
  reason: 'silence would look like praise',
  bad: { story: { acceptanceCriteria: ['Het menu wordt niet getoond', 'De knop zijn niet zichtbaar voor een gast'] } },
  good: { story: { acceptanceCriteria: ['The menu is not shown', 'The button reads 저장'] } },
  severity: { delegate: 'info', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: { on: 'document', find },
};

function find({ open }: WholeView): readonly Spot[] {
  const criteria = open.reduce((sum, { story }) => sum + story.criteria.length, 0);
  const unknown = open.flatMap(({ languages }) => languages.filter((one) => !hasLexicon(one)));
  if (unknown.length === 0 || unknown.length * 2 <= criteria) return nothing;
  const name = unknown[0] === 'it' ? 'Italian' : 'in a language without a word list';
  return [{ confidence: 'high', message: `criteria look ${name}: judgment rules are skipped`, hint: null }];
}
