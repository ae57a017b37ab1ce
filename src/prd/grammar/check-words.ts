import { type Phrase, phrase, phraseTable } from './words.ts';

/** Name under which all checks of the document are meant. */
export const everyCheck = 'checks';

const checkWord = 'check|checks';

/** Nouns of generic phrases, with the named check they stand for. */
export const checkNouns = phraseTable<string>([
  ...named('typecheck', [
    `typecheck|typechecks|typechecking|type-check|type-checks|type-checking|typescript|tsc ${checkWord}?`,
    'types|typings',
    'type check|checks|checking|checker',
    'typescript|tsc|ts type|strict|compiler? compilation|compiler|compile|check|checks|checking|typecheck|type-check|build?',
  ]),
  ...named('test', ['test|tests|testsuite|specs', 'test suite|suites|cases|runs|run', 'unit test|tests', 'suite']),
  ...named('build', ['build|builds|compilation', 'build process|step|command|script', 'production|prod build|builds']),
  ...named('lint', [`lint|linter|linters|linting|lints|eslint ${checkWord}?`, 'lint rules']),
  ...named('format', [`format|formatting|formatter|prettier ${checkWord}?`]),
  ...named('e2e', ['e2e|end-to-end|playwright|cypress test|tests|suite|specs?', 'end to end test|tests']),
  ...named('ci', ['ci pipeline|checks|build|workflow?']),
  ...named(everyCheck, ['quality|verification gate|gates|check|checks', 'checks']),
]);

/** Tools that something can pass; each is a check by its own name. */
export const checkTools = phraseTable<string>(
  [
    'shellcheck',
    'mypy',
    'ruff',
    'flake8',
    'pylint',
    'pyright',
    'yamllint',
    'actionlint',
    'hadolint',
    'clippy',
    'rubocop',
    'phpstan',
    'stylelint',
  ]
    .map((tool) => phrase(`${tool} check|checks?`, tool))
    .concat([phrase('syntax check|validation', 'syntax-check')]),
);

/** What has errors, in "no TypeScript errors". */
export const errorKinds = phraseTable<string>([
  ...named('typecheck', [
    'typescript|type|types|ts|tsc|typecheck|type-check|typing|type-checking compilation|compile|compiler?',
    'type check|checking',
  ]),
  ...named('lint', ['lint|linting|linter|eslint']),
  ...named('build', ['build|compile|compilation|compiler']),
  ...named('test', ['test|tests']),
]);

/** Things that are built or compiled: "App builds". A qualifier unless it means the project as a whole. */
export const builtThings: ReadonlyMap<string, 'whole' | 'part'> = new Map([
  ...things(
    'whole',
    'app application project frontend code codebase it everything solution repo repository site website package',
  ),
  ...things(
    'part',
    'backend server client api image docker container extension workspace docs library worker crate android ios web',
  ),
  ...things('part', 'desktop mobile'),
]);

/** Words that say nothing about which check is meant. */
export const plainWords: ReadonlySet<string> = new Set(
  `all existing new the full entire whole every our current related relevant other previous complete updated project root local
  automated any automatic static still strict # 0 both remaining
  corresponding its their these those 100% each affected`
    .split(/\s+/)
    .filter(Boolean),
);

/** Words that may stand between what is checked and where: they begin the tail of a phrase. */
export const tailWords: ReadonlySet<string> = new Set(
  `for with in on across after without and when from under against before via using as at including throughout locally too again
  ( , ; — – - + of to covering against during upon inside within everywhere`
    .split(/\s+/)
    .filter(Boolean),
);

function named(name: string, patterns: readonly string[]): readonly Phrase<string>[] {
  return patterns.map((pattern) => phrase(pattern, name));
}

function things(kind: 'whole' | 'part', words: string): readonly (readonly [string, 'whole' | 'part'])[] {
  return words.split(' ').map((word) => [word, kind]);
}
