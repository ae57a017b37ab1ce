import type { Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { scriptOf, segments } from '../shell.ts';
import type { CriterionView, StoryView } from '../view.ts';

export const onlyStatic: Rule = {
  id: 'verify/only-static',
  summary: 'only type, lint or build checks in a story that adds behaviour',
  reason: 'types and style can be right while the behaviour is missing',
  bad: {
    story: { acceptanceCriteria: ["Shows 'Sold out' when the stock is 0", 'Typecheck passes'] },
    top: { checks: { typecheck: 'npx tsc --noEmit' } },
  },
  good: {
    story: {
      acceptanceCriteria: ["Shows 'Sold out' when the stock is 0", 'Typecheck passes', 'npm test -- stock passes'],
    },
    top: { checks: { typecheck: 'npx tsc --noEmit' } },
  },
  severity: { delegate: 'info', orchestrator: 'off', unset: 'info' },
  fix: 'hint',
  check: { on: 'story', find },
};

function find({ criteria }: StoryView): readonly Spot[] {
  const executable = criteria.filter(({ criterion }) => criterion.reading.kind !== 'prose');
  if (executable.length === 0 || executable.length === criteria.length || !executable.every(isStatic)) return nothing;
  return [{ confidence: 'medium', message: 'nothing runs the behaviour', hint: 'add a test command' }];
}

function isStatic({ criterion: { reading } }: CriterionView): boolean {
  switch (reading.kind) {
    case 'check':
      return reading.names.length > 0
        ? reading.names.every((name) => staticChecks.has(name))
        : reading.commands.every(({ run }) => isStaticRun(run));
    case 'command':
      return isStaticRun(reading.command.run);
    case 'prose':
      return true;
    default:
      return reading satisfies never;
  }
}

function isStaticRun(run: string): boolean {
  return segments(run).every(({ words }) => isStaticCall(words));
}

function isStaticCall(words: readonly string[]): boolean {
  const script = scriptOf(words);
  if (script !== null) return /^(?:lint|typecheck|type-check|check-types|build|format|tsc|compile)(?:$|:)/.test(script);
  const call =
    words[0] === 'npx' || words[0] === 'bunx' || words[0] === 'uv' ? words.slice(words[0] === 'uv' ? 2 : 1) : words;
  return staticPrograms.has(call[0] ?? '') || staticCalls.has(`${call[0]} ${call[1]}`);
}

const staticChecks: ReadonlySet<string> = new Set(['typecheck', 'lint', 'build', 'format']);
const staticPrograms: ReadonlySet<string> = new Set(
  'tsc vue-tsc eslint biome prettier oxlint stylelint mypy pyright ruff flake8 black isort shellcheck hadolint'.split(
    ' ',
  ),
);
const staticCalls: ReadonlySet<string> = new Set([
  'cargo check',
  'cargo clippy',
  'cargo build',
  'cargo fmt',
  'go vet',
  'go build',
  'flutter analyze',
  'dart analyze',
  'dotnet build',
  'terraform validate',
]);
