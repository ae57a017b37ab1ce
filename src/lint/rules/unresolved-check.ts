import { guessCheck } from '../guess-check.ts';
import type { Edit, Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import type { CriterionView, DocumentView } from '../view.ts';

export const unresolvedCheck: Rule = {
  id: 'verify/unresolved-check',
  summary: 'a generic phrase such as "Typecheck passes" without an entry in `checks`',
  reason: 'the commonest criterion there is runs nothing until the document says what to run',
  bad: { criterion: 'Tests pass' },
  good: { criterion: 'Tests pass', top: { checks: { test: 'npm test' } } },
  severity: { delegate: 'warning', orchestrator: 'warning', unset: 'warning' },
  fix: 'unsafe',
  check: { on: 'criterion', find },
};

function find({ criterion, of: { within } }: CriterionView): readonly Spot[] {
  const { reading } = criterion;
  if (reading.kind !== 'check' || reading.unresolved.length === 0) return nothing;
  const guesses = reading.unresolved.map((name) => [name, guessCheck(name, within.repo)] as const);
  const entries = guesses.map(([name, run]) => `\`"${name}": "${run ?? '<command>'}"\``).join(' and ');
  return [
    {
      confidence: 'high',
      message: `\`${criterion.text.trim()}\` names no command`,
      hint: `add ${entries} to \`checks\``,
      edits: written(guesses, within),
    },
  ];
}

/** The guesses as entries of `checks`, which is made where the document has none. */
function written(guesses: readonly (readonly [string, string | null])[], { document }: DocumentView): readonly Edit[] {
  const known = guesses.filter(([, run]) => run !== null);
  if (known.length === 0) return [];
  if (hasChecks(document)) return known.map(([name, run]) => ({ kind: 'set', path: ['checks', name], value: run }));
  return [{ kind: 'set', path: ['checks'], value: Object.fromEntries(known) }];
}

/** A path that the document lacks is located at what stands around it. */
function hasChecks({ locate }: DocumentView['document']): boolean {
  const [own, root] = [locate(['checks']), locate([])];
  return own.line !== root.line || own.column !== root.column;
}
