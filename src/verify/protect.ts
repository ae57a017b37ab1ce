import { createHash } from 'node:crypto';
import type { Story } from '../prd/prd.ts';
import type { Change, Refusal } from '../workspace/workspace.ts';
import { type Decision, decide, isSample } from './decide.ts';
import { lockGlobs, manifestGlobs, testGlobs } from './file-kinds.ts';
import { contentFlags, type Flag, flag, type KeptFile } from './flags.ts';
import { anywhereTest, foldedPath, type PathTest, pathTest } from './globs.ts';
import { ownershipOf } from './ownership.ts';
import { protectedGroups, sampleGlobs, unownableGlobs } from './protected-globs.ts';
import { type Tampering, type Texts, tamperingOf } from './tampering.ts';
import { lostAssertions, testFileTest } from './test-files.ts';
import { toolUse } from './tool-use.ts';

/** What the attempt changed, and what is needed to judge it. Texts hold the changed files and the base's manifests. */
export interface PolicyInput {
  readonly story: Story;
  /** Path of the PRD, relative to the git root. */
  readonly prdPath: string;
  readonly changes: readonly Change[];
  readonly refused: readonly Refusal[];
  readonly basePaths: readonly string[];
  readonly texts: Texts;
  readonly settings?: PolicySettings;
}

export interface PolicySettings {
  /** Globs that the repository protects on top of the default list. */
  readonly protect?: readonly string[];
  /** Globs of base tests that the orchestrator lets this attempt change. */
  readonly granted?: readonly string[];
  /** Files of the refined spec: inside the scope too. */
  readonly scope?: readonly string[];
  /** `strict`: a change outside the scope cannot pass. Default: it is reported. */
  readonly scopeRule?: 'report' | 'strict';
}

export interface Policy {
  /** One per change, in the order of the changes. */
  readonly decisions: readonly Decision[];
  readonly tampered: readonly Tampering[];
  readonly flags: readonly Flag[];
  /** What was left out, for people: paths, and keys as `package.json#scripts.test`. */
  readonly dropped: readonly string[];
  /** Protected paths that the story was allowed to change. */
  readonly owned: readonly string[];
  /** Does what lands hold new or changed tests? */
  readonly changesTests: boolean;
  /** Did the orchestrator, not a person, allow a change of base tests? */
  readonly granted: boolean;
  readonly isTest: PathTest;
  /** sha256 of the lists and settings that were in force, hex. */
  readonly digest: string;
}

/** Holds the changes of an attempt against what may not be changed by the one who is judged. */
export function policyOf(input: PolicyInput): Policy {
  const { story, settings = {}, changes, texts } = input;
  const isTest = testFileTest(story);
  const isPrd = prdTest(input.prdPath);
  const context = {
    ownership: ownershipOf(story, settings.granted),
    isTest,
    isPrd,
    isExtra: anywhereTest(settings.protect ?? []),
    tools: toolUse({ paths: input.basePaths, text: texts.base, isTest, added: pathsOf(changes, 'added') }),
    texts,
  };
  const decisions = withoutClashes(changes.map((change) => decide(change, context)));
  const files = keptFiles(decisions, texts, isTest);
  return {
    decisions,
    tampered: tamperingOf(changes, input.refused, isPrd, texts),
    flags: [
      ...decisionFlags(decisions, texts, isTest),
      ...scopeFlags(files, story, settings),
      ...contentFlags(files),
      ...refusedFlags(input.refused),
    ],
    dropped: decisions.flatMap(droppedNames),
    owned: decisions.flatMap((decision) => (decision.kind === 'owned' ? [decision.change.path] : [])),
    changesTests: files.some(({ test, change }) => test && change.status !== 'deleted'),
    granted: decisions.some((decision) => decision.kind === 'owned' && decision.by === 'granted'),
    isTest,
    digest: policyDigest(story, settings),
  };
}

function prdTest(prdPath: string): PathTest {
  const group = anywhereTest(protectedGroups.filter(({ kind }) => kind === 'prd').flatMap(({ globs }) => globs));
  return (path) => foldedPath(path) === foldedPath(prdPath) || group(path);
}

function pathsOf(changes: readonly Change[], status: Change['status']): readonly string[] {
  return changes.filter((change) => change.status === status).map(({ path }) => path);
}

/** A path that would stand where a restored file or its folder has to be is left out with what it replaced. */
function withoutClashes(decisions: readonly Decision[]): readonly Decision[] {
  const restored = decisions
    .filter(({ kind, change }) => kind === 'drop' && change.status !== 'added')
    .map(({ change }) => change.path);
  const clashes = (path: string) => restored.some((kept) => kept.startsWith(`${path}/`) || path.startsWith(`${kept}/`));
  return decisions.map((decision) =>
    decision.kind !== 'drop' && clashes(decision.change.path)
      ? { change: decision.change, kind: 'drop', why: 'in-the-way' }
      : decision,
  );
}

function keptFiles(decisions: readonly Decision[], texts: Texts, isTest: PathTest): readonly KeptFile[] {
  return decisions
    .filter(({ kind }) => kind !== 'drop')
    .map((decision) => {
      const { path } = decision.change;
      const attempt = decision.kind === 'merge' ? decision.text : texts.attempt(path);
      return { change: decision.change, base: texts.base(path), attempt, test: isTest(path), sample: isSample(path) };
    });
}

function droppedNames(decision: Decision): readonly string[] {
  const { path } = decision.change;
  if (decision.kind === 'merge') return decision.keys.map((key) => `${path}#${key}`);
  return decision.kind === 'drop' ? [path] : [];
}

function decisionFlags(decisions: readonly Decision[], texts: Texts, isTest: PathTest): readonly Flag[] {
  const lost = decisions.filter(
    ({ change, kind }) =>
      kind !== 'drop' && isTest(change.path) && change.status !== 'added' && losesAssertions(change, texts),
  );
  const allowed = lost.filter((decision) => decision.kind === 'owned' && decision.by !== 'granted');
  const others = lost.filter((decision) => !allowed.includes(decision));
  const words = 'assertions of the base are changed or gone';
  return [
    ...flag(
      'new-config',
      'note',
      decisions.filter(({ kind }) => kind === 'new-config'),
      'sets up a tool',
    ),
    ...flag(
      'owned-protected',
      'note',
      decisions.filter(({ kind }) => kind === 'owned'),
      'protected, and the story may change it',
    ),
    ...flag('assertions-changed', 'approval', others, words),
    ...flag('assertions-changed', 'note', allowed, words),
  ];
}

function losesAssertions({ path }: Change, texts: Texts): boolean {
  return lostAssertions(texts.base(path) ?? '', texts.attempt(path) ?? '') > 0;
}

const isFree = anywhereTest(lockGlobs);

function scopeFlags(files: readonly KeptFile[], story: Story, settings: PolicySettings): readonly Flag[] {
  const scope = [...story.files, ...(settings.scope ?? [])];
  if (scope.length === 0) return [];
  const inside = pathTest([...scope, ...story.owns]);
  const outside = files.filter(
    ({ change, test }) => !inside(change.path) && !isFree(change.path) && !(test && change.status === 'added'),
  );
  return flag(
    'outside-scope',
    settings.scopeRule === 'strict' ? 'hold' : 'note',
    outside,
    'outside the files of the story',
  );
}

function refusedFlags(refused: readonly Refusal[]): readonly Flag[] {
  const others = refused.filter(({ kind }) => kind !== 'nested-git');
  const kinds = [...new Set(others.map(({ kind }) => kind))].join(', ');
  return others.length === 0
    ? []
    : [{ code: 'refused', level: 'note', paths: others.map(({ path }) => path), detail: kinds }];
}

function policyDigest(story: Story, settings: PolicySettings): string {
  const lists = { protectedGroups, sampleGlobs, unownableGlobs, testGlobs, manifestGlobs };
  const chosen = [settings.protect ?? [], settings.granted ?? [], settings.scopeRule ?? 'report', story.owns];
  return createHash('sha256')
    .update(JSON.stringify([lists, chosen]))
    .digest('hex');
}
