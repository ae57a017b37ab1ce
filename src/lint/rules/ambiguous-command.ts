import type { Edit, Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import type { CriterionView } from '../view.ts';

export const ambiguousCommand: Rule = {
  id: 'verify/ambiguous-command',
  summary: 'two code spans, curly quotes, or doubt about what the command is',
  reason: 'what cannot be read for certain is never run',
  bad: { story: { acceptanceCriteria: ['`make build` then `./bin/x --selftest` exits 0', 'npm test passes'] } },
  good: { criterion: '`make build && ./bin/x --selftest` exits 0' },
  severity: { delegate: 'warning', orchestrator: 'warning', unset: 'warning' },
  fix: 'unsafe',
  check: { on: 'criterion', find },
};

function find(view: CriterionView): readonly Spot[] {
  const { reading } = view.criterion;
  if (reading.kind !== 'prose' || (reading.why !== 'ambiguous' && reading.why !== 'odd-characters')) return nothing;
  const message =
    reading.why === 'ambiguous'
      ? 'cannot tell which part is the command'
      : 'curly quotes or odd spaces inside a command';
  return [{ confidence: 'high', message, hint: 'use the object form with `run`', edits: asObject(view) }];
}

/** The object form with the code spans joined: what a reader most likely meant, and must confirm. */
function asObject({ criterion }: CriterionView): readonly Edit[] {
  if (typeof criterion.path.at(-1) !== 'number') return [];
  const spans = [...criterion.text.matchAll(/`([^`\n]{1,400})`/g)].map(([, code = '']) => plain(code));
  if (spans.length === 0) return [];
  return [{ kind: 'set', path: criterion.path, value: { text: criterion.text, verify: { run: spans.join(' && ') } } }];
}

function plain(code: string): string {
  return code
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\u00a0/g, ' ');
}
