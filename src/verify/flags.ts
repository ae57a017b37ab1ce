import { secretPatterns } from '../host/secret-patterns.ts';
import type { Change } from '../workspace/workspace.ts';
import { addsEarlyExit } from './early-exit.ts';
import { jsonManifests } from './manifest-policy.ts';
import { assertsSomething, declaresTests } from './test-files.ts';
import { addedTricks } from './trickery.ts';

/**
 * Something in the attempt that people and the review should see. `note` is shown. `approval` needs an approving review
 * before the story can pass. `hold` cannot pass at all.
 */
export interface Flag {
  readonly code:
    | 'outside-scope'
    | 'new-executable'
    | 'suppression'
    | 'secret'
    | 'new-dependency'
    | 'changed-dependency'
    | 'new-config'
    | 'owned-protected'
    | 'assertions-changed'
    | 'hollow-tests'
    | 'early-exit'
    | 'trickery'
    | 'vcs-settings'
    | 'refused';
  readonly level: 'note' | 'approval' | 'hold';
  readonly paths: readonly string[];
  readonly detail: string;
}

/** One file that lands as the attempt has it, before and after; texts are null for what is not text or not there. */
export interface KeptFile {
  readonly change: Change;
  readonly base: string | null;
  readonly attempt: string | null;
  readonly test: boolean;
  readonly sample: boolean;
}

/** What the kept files hold that should be seen. Pure and in a fixed order. */
export function contentFlags(files: readonly KeptFile[]): readonly Flag[] {
  return [
    ...flag('new-executable', 'note', files.filter(becomesExecutable), 'may be executed'),
    ...suppressionFlag(files),
    ...hollowFlag(files),
    ...flag('early-exit', 'approval', files.filter(endsEarly), 'can end the process that judges it with success'),
    ...trickeryFlags(files),
    ...secretFlags(files),
    ...dependencyFlags(files),
    ...flag('vcs-settings', 'note', files.filter(isVcsSettings), 'decides what git stores'),
  ];
}

/** A flag for the files, or none when there are none. */
export function flag(
  code: Flag['code'],
  level: Flag['level'],
  files: readonly { readonly change: Pick<Change, 'path'> }[],
  detail: string,
): readonly Flag[] {
  return files.length === 0 ? [] : [{ code, level, paths: files.map(({ change }) => change.path), detail }];
}

function becomesExecutable({ change }: KeptFile): boolean {
  return change.newMode === '100755' && change.oldMode !== '100755';
}

function isVcsSettings({ change }: KeptFile): boolean {
  return /(^|\/)\.git(ignore|attributes)$/i.test(change.path);
}

/** Comments that tell a compiler, linter or coverage tool to look away. */
const suppressions =
  /@ts-(?:nocheck|ignore|expect-error)|(?:eslint|oxlint|tslint)[-:]disable|biome-ignore|deno-lint-ignore|prettier-ignore|#\s*type:\s*ignore|#\s*noqa|#\s*pylint:\s*disable|#\s*mypy:\s*ignore|#\s*pyright:\s*ignore|#!?\[allow\(|\/\/\s*ignore(?:_for_file)?:|\/\/\s*nolint|@SuppressWarnings|rubocop:disable|(?:istanbul|c8|v8) ignore|#\s*pragma:\s*no cover|shellcheck disable/g;

function suppressionFlag(files: readonly KeptFile[]): readonly Flag[] {
  const risen = files.filter((file) => suppressionsIn(file.attempt) > suppressionsIn(file.base));
  const all = files.reduce((sum, file) => sum + suppressionsIn(file.attempt) - suppressionsIn(file.base), 0);
  return all > 0 ? flag('suppression', 'approval', risen, `suppression+${all}`) : [];
}

function suppressionsIn(text: string | null): number {
  return text?.match(suppressions)?.length ?? 0;
}

/** Tests that the attempt brings prove its work only if they ask something of it. */
function hollowFlag(files: readonly KeptFile[]): readonly Flag[] {
  const tests = files.filter(
    ({ test, change, attempt }) => test && change.status === 'added' && declaresTests(attempt),
  );
  return tests.some(({ attempt }) => assertsSomething(attempt ?? ''))
    ? []
    : flag('hollow-tests', 'approval', tests, 'no new test asserts anything about the work');
}

function endsEarly(file: KeptFile): boolean {
  return isSource(file) && addsEarlyExit(file.base, file.attempt);
}

/** Code in an archive or a document is nobody's judge. */
function isSource({ test, change }: KeptFile): boolean {
  return !test && /\.\w{1,6}$/.test(change.path) && !/\.(md|txt|rst|adoc|json)$/i.test(change.path);
}

function trickeryFlags(files: readonly KeptFile[]): readonly Flag[] {
  const found = files.filter(isSource).map((file) => ({ ...file, tricks: addedTricks(file.base, file.attempt) }));
  const tricky = found.filter(({ tricks }) => tricks.length > 0);
  const words = [...new Set(tricky.flatMap(({ tricks }) => tricks))].join(', ');
  return flag('trickery', 'approval', tricky, words);
}

/** Test keys live in test folders: a person or a review says so. Anywhere else a secret does not land. */
function secretFlags(files: readonly KeptFile[]): readonly Flag[] {
  const found = files.filter((file) => !file.sample).map((file) => ({ ...file, kinds: newSecrets(file) }));
  const holding = found.filter(({ kinds }) => kinds.length > 0);
  const words = (some: typeof holding) => [...new Set(some.flatMap(({ kinds }) => kinds))].join(', ');
  const [tests, sources] = [holding.filter(({ test }) => test), holding.filter(({ test }) => !test)];
  return [...flag('secret', 'hold', sources, words(sources)), ...flag('secret', 'approval', tests, words(tests))];
}

/** Their names only: the value itself is never repeated anywhere. */
function newSecrets({ base, attempt }: KeptFile): readonly string[] {
  const old = new Set(base?.split('\n'));
  const added = attempt?.split('\n').filter((line) => !old.has(line)) ?? [];
  const sure = secretPatterns.filter((secret) => secret.sure);
  return sure.filter(({ pattern }) => added.some((line) => line.search(pattern) >= 0)).map(({ name }) => name);
}

function dependencyFlags(files: readonly KeptFile[]): readonly Flag[] {
  return files.flatMap((file) => {
    const manifest = jsonManifests.find((each) => each.file.test(file.change.path));
    if (manifest === undefined) return [];
    const [before, after] = [file.base, file.attempt].map((text) => dependenciesOf(text, manifest.dependencies));
    const added = [...(after ?? [])].filter(([name]) => !before?.has(name)).map(([name, spec]) => `${name} ${spec}`);
    const changed = [...(after ?? [])].filter(([name, spec]) => before?.has(name) && before.get(name) !== spec);
    return [
      ...(added.length > 0 ? flag('new-dependency', 'note', [file], added.join(', ')) : []),
      ...(changed.length > 0
        ? flag('changed-dependency', 'note', [file], changed.map(([name, spec]) => `${name} ${spec}`).join(', '))
        : []),
    ];
  });
}

function dependenciesOf(text: string | null, keys: readonly string[]): ReadonlyMap<string, string> {
  const manifest = readJson(text);
  const pairs = keys.flatMap((key) => {
    const value = manifest[key];
    return typeof value === 'object' && value !== null ? Object.entries(value) : [];
  });
  return new Map(pairs.map(([name, spec]) => [name, String(spec)]));
}

function readJson(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Not readable: `manifest-keys.ts` has refused it already.
    return {};
  }
}
