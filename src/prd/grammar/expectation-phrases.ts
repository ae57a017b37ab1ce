import { type Phrase, phrase, phraseTable } from './words.ts';

/** What a phrase behind a command asks for. */
export type Outcome =
  | { readonly kind: 'exit'; readonly code: 0 | 'nonzero' }
  /** The number that was read is the exit code. */
  | { readonly kind: 'exit-number' }
  | { readonly kind: 'prints-text' }
  | { readonly kind: 'prints-words' }
  | { readonly kind: 'prints-number' }
  /** "returns 3": the output of a counting tool, else the exit code. */
  | { readonly kind: 'returns-number' }
  | { readonly kind: 'nothing' }
  /** Nothing was found: empty, and after a search tool the exit code that means it. */
  | { readonly kind: 'no-match' }
  /** "no warnings": checked only where the command itself turns warnings into errors. */
  | { readonly kind: 'no-warnings'; readonly errorsToo: boolean }
  /** Demanded, and no rule can check it. */
  | { readonly kind: 'unchecked' };

const exitZero: Outcome = { kind: 'exit', code: 0 };
const none = 'no|zero|0';
const errors = 'errors|error|failures|failure|fail|failed|failing|issues|problems|violations|findings';
const kinds =
  'type|typescript|ts|lint|linting|eslint|test|type-check|typecheck|compile|compiler|compilation|build|syntax|analysis|analyzer';
const say = 'prints|print|outputs|output|shows|show|displays|emits|reports|logs|says|contains|includes|yields|gives';
const runs =
  'runs|run|completes|complete|finishes|finish|executes|execute|works|work|exits|exit|ends|compiles|compile|builds|starts|start|passes|pass';
const be = 'is|are|be|stays|stay|remains|remain|comes|come|runs|being';

/** Words behind a command, with what they mean. Languages other than English count only here, never alone. */
export const outcomes = phraseTable<Outcome>([
  ...means(exitZero, [
    'pass|passes|passing|passed',
    'all tests? pass|passes|passing|passed|green',
    'passes|pass all the? existing? tests|checks',
    'succeed|succeeds|succeeded|successful|successfully|success',
    `${be} back? all? clean|green|successful|ok|error-free|passing|successfully`,
    'clean|green|ok|error-free|cleanly',
    'compiles|compile successfully|cleanly|clean?',
    'works',
    `${runs} successfully|cleanly|clean|green|fine`,
    `${runs} without any? ${kinds}? ${errors}`,
    `${runs} with ${none} ${kinds}? ${errors}`,
    `without any? ${kinds}? ${errors}`,
    `with? ${none} ${kinds}? ${errors}`,
    `has|have|${be}|${say} ${none} ${kinds}? ${errors}`,
    'exit|exits|exited|exiting|return|returns with? exit? code|status? zero',
    'exit zero',
    '通过|成功|没有错误|无错误|通過|통과|통과한다|通る|エラーなし|проходит|проходят|успешно|passa|passam|passando|pasa|pasan|réussit|réussissent',
    'без ошибок|ошибки',
    'sem erros|erro|falhas',
    'funciona|roda|executa|compila|completa sem erros|erro',
    'funciona|compila|termina sin errores|error',
    'sin errores|error|fallos',
    'sans erreur|erreurs|échec',
    'ohne fehler|fehlermeldung',
    'läuft ohne fehler',
  ]),
  ...means({ kind: 'exit', code: 'nonzero' }, [
    'fail|fails|failing',
    'exit|exits|exited|exiting|return|returns with? a? exit? code|status? non-zero|nonzero exit? code|status?',
    'exit|exits with an? error',
  ]),
  ...means({ kind: 'exit-number' }, [
    'exit|exits|exited|exiting with? exit? code|status? of? #',
    'exit|return code|status is|of|=? #',
    'return|returns|returning with? exit? code|status of? #',
    'fail|fails|failing with exit? code|status of? #',
    'code|status #',
  ]),
  ...means({ kind: 'prints-text' }, [`${say}|returns|return exactly|only|just? the? text|line|string|message? "`]),
  ...means({ kind: 'prints-text' }, ['output is|contains|includes|shows|says "']),
  ...means({ kind: 'prints-number' }, [`${say} exactly|only|just? #`]),
  ...means({ kind: 'returns-number' }, ['returns|return|equals #']),
  ...means({ kind: 'nothing' }, [
    `${say}|produces|produce|returns nothing`,
    `with? no output`,
    `produces|produce|has|with|${say} ${none} output`,
    'is|returns|are empty',
    'output is empty',
    'empty output',
  ]),
  ...means({ kind: 'no-match' }, [
    `returns|return|finds|find|has|have|is|${say} ${none} more? results|result|matches|match|hits|hit|occurrences|occurrence|references|lines|entries|instances`,
    `with? ${none} results|result|matches|match|hits|hit|occurrences|occurrence|references`,
    'finds|find nothing',
  ]),
  ...means({ kind: 'no-warnings', errorsToo: false }, [
    `with|has|${be}|${say}? ${none} warnings|warning`,
    'without any? warnings',
  ]),
  ...means({ kind: 'no-warnings', errorsToo: true }, [
    `with|has|${be}|${runs}|${say}? ${none} ${errors} or|and|, no? zero? 0? warnings`,
    `without any? ${errors} or|and|, warnings`,
    'warning-free|warnings-free',
  ]),
  ...means({ kind: 'unchecked' }, [
    `with|has|${say}? ${none} new|console|runtime|additional|regressions|regression ${errors}|warnings?`,
    'under|within|in # s|ms|seconds|second|minutes|minute',
  ]),
]);

function means(outcome: Outcome, patterns: readonly string[]): readonly Phrase<Outcome>[] {
  return patterns.map((pattern) => phrase(pattern, outcome));
}
