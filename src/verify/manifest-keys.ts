import { applyEdits, modify, type ParseError, parseTree } from 'jsonc-parser';
import { jsonManifests, lifecycleScripts, type ManifestPolicy, tomlManifests } from './manifest-policy.ts';
import { mergeToml } from './manifest-toml.ts';

/**
 * `same`: nothing protected was changed. `merged`: `text` is the attempt's file with the base's protected keys, and
 * `dropped` names them. `refused`: the file cannot be read safely, so the base version stays.
 */
export type ManifestMerge =
  | { readonly kind: 'same' }
  | { readonly kind: 'merged'; readonly text: string; readonly dropped: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string };

export interface ManifestChange {
  readonly path: string;
  readonly base: string;
  readonly attempt: string;
  /** May the story change this key? */
  readonly owns: (key: string) => boolean;
  /** Is the tool in use at the base? */
  readonly inUse: (tool: string) => boolean;
}

/** Is this a manifest whose keys are protected one by one? */
export function isKeyedManifest(path: string): boolean {
  return [...jsonManifests, ...tomlManifests].some(({ file }) => file.test(path));
}

/** Merges a changed manifest: what the attempt added lands, what it changed of the protected keys does not. */
export function mergeManifest(change: ManifestChange): ManifestMerge {
  const json = jsonManifests.find(({ file }) => file.test(change.path));
  if (json !== undefined) return mergeJson(change, json);
  const toml = tomlManifests.find(({ file }) => file.test(change.path));
  return toml === undefined ? { kind: 'same' } : mergeToml(change, toml);
}

type Json = Readonly<Record<string, unknown>>;

function mergeJson(change: ManifestChange, policy: ManifestPolicy): ManifestMerge {
  const base = readObject(change.base);
  const attempt = readObject(change.attempt);
  if (attempt === null) return { kind: 'refused', why: 'it is not a JSON object with each key once' };
  // A base that nobody can read protects nothing: the story may be the one that repairs it.
  if (base === null) return { kind: 'same' };
  const reverts = revertsOf(base, attempt, policy, change);
  if (reverts.length === 0) return { kind: 'same' };
  const text = reverts.reduce((now, { path, value }) => edited(now, path, value), change.attempt);
  const merged = readObject(text);
  if (merged === null || revertsOf(base, merged, policy, change).length > 0)
    return { kind: 'refused', why: 'its protected keys cannot be restored' };
  return {
    kind: 'merged',
    text: sameJson(merged, base) ? change.base : text,
    dropped: reverts.map(({ path }) => path.join('.')),
  };
}

interface Revert {
  readonly path: readonly string[];
  /** The base's value; undefined removes the key. */
  readonly value: unknown;
}

function revertsOf(base: Json, attempt: Json, policy: ManifestPolicy, change: ManifestChange): readonly Revert[] {
  const owned = ({ path }: Revert) => change.owns(path.join('.'));
  const whole = [
    ...policy.keys.filter((key) => Object.hasOwn(base, key)),
    ...policy.tools.filter((key) => Object.hasOwn(base, key) || change.inUse(key)),
    ...policy.sealed,
  ];
  return [
    ...policy.entries.flatMap((key) => entryReverts(base[key], attempt[key], key)),
    ...whole.filter((key) => !sameJson(base[key], attempt[key])).map((key) => ({ path: [key], value: base[key] })),
    ...policy.dependencies.flatMap((key) => swappedDependencies(base[key], attempt[key], key)),
  ].filter((revert) => !owned(revert));
}

function entryReverts(base: unknown, attempt: unknown, key: string): readonly Revert[] {
  if (!isObject(base)) return isObject(attempt) ? hooksAdded({}, attempt, key) : [];
  if (!isObject(attempt)) return [{ path: [key], value: base }];
  const changed = Object.keys(base).filter((name) => !sameJson(base[name], attempt[name]));
  return [...changed.map((name) => ({ path: [key, name], value: base[name] })), ...hooksAdded(base, attempt, key)];
}

/** `pretest` runs before `test` and `postinstall` at every set-up: added around what is judged, they change it. */
function hooksAdded(base: Json, attempt: Json, key: string): readonly Revert[] {
  const added = Object.keys(attempt).filter((name) => !Object.hasOwn(base, name));
  const hooks = added.filter((name) => {
    const around = /^(?:pre|post)(.+)$/.exec(name)?.[1];
    return lifecycleScripts.has(name) || (around !== undefined && (Object.hasOwn(base, around) || around === 'test'));
  });
  return hooks.map((name) => ({ path: [key, name], value: undefined }));
}

/** A dependency that the base takes from a registry must not come from a folder, an archive or another name instead. */
function swappedDependencies(base: unknown, attempt: unknown, key: string): readonly Revert[] {
  if (!isObject(base) || !isObject(attempt)) return [];
  const swapped = Object.keys(base).filter((name) => base[name] !== attempt[name] && isForeign(attempt[name]));
  return swapped.map((name) => ({ path: [key, name], value: base[name] }));
}

function isForeign(spec: unknown): boolean {
  return (
    typeof spec === 'string' &&
    /^(file|link|portal|git|git\+\w+|github|https?|npm|data):|^[./~]|^[\w-]+\/[\w.-]+(#.*)?$/.test(spec)
  );
}

function sameJson(a: unknown, b: unknown): boolean {
  return sortedJson(a) === sortedJson(b);
}

/** Order of keys means nothing in a manifest; the order of a list does. */
function sortedJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, each: unknown) =>
    isObject(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}

function edited(text: string, path: readonly string[], value: unknown): string {
  const tab = /^\t+"/m.test(text);
  const tabSize = /^( +)"/m.exec(text)?.[1]?.length ?? 2;
  const formattingOptions = { insertSpaces: !tab, tabSize, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}

/** Strict: no comments, no trailing commas, no key twice. What tools read differently is not safe to merge. */
function readObject(text: string): Json | null {
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\uFEFF/, ''), errors, { disallowComments: true, allowTrailingComma: false });
  if (tree === undefined || errors.length > 0 || hasDuplicates(tree)) return null;
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  return isObject(value) ? value : null;
}

function hasDuplicates(tree: ReturnType<typeof parseTree>): boolean {
  const children = tree?.children ?? [];
  const keys = tree?.type === 'object' ? children.map((property) => String(property.children?.[0]?.value)) : [];
  return new Set(keys).size < keys.length || children.some(hasDuplicates);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
