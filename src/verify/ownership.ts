import type { Story } from '../prd/prd.ts';
import { filesNamedIn } from './command-paths.ts';
import { anywhereTest, foldedPath, pathTest } from './globs.ts';
import { unownableGlobs } from './protected-globs.ts';

/** Who allowed the change: the story's `owns`, its own words, or the orchestrator for this attempt. */
export type Owner = 'owns' | 'text' | 'granted';

export interface Ownership {
  /** Who lets the story change this protected path, or null. `present`: it exists at the base. */
  ofPath(path: string, present: boolean): Owner | null;
  /** Same for a test that exists at the base: words must ask for a change of it, naming it is not enough. */
  ofBaseTest(path: string): Owner | null;
  /** Same for a key of a manifest, e.g. `scripts.test` of `package.json`. */
  ofKey(path: string, key: string): Owner | null;
  /** Do the story's words speak of this subject? */
  speaksOf(subject: RegExp): boolean;
}

/** What a story may change of what is protected. Nothing gives it the PRD, `.prd/`, version control or git hooks. */
export function ownershipOf(story: Story, granted: readonly string[] = []): Ownership {
  const owns = pathTest(story.owns);
  const grants = pathTest(granted);
  const unownable = anywhereTest(unownableGlobs);
  const words = humanSentences(story);
  const named = new Set(storyCommands(story).flatMap(({ run, cwd }) => filesNamedIn(run, cwd)));
  const listed = (path: string): Owner | null => {
    if (unownable(path)) return null;
    if (owns(path)) return 'owns';
    return grants(path) ? 'granted' : null;
  };
  const says = (path: string, wanted?: RegExp) => !unownable(path) && words.some((line) => names(line, path, wanted));
  return {
    ofPath: (path, present) => listed(path) ?? (says(path) || (!present && named.has(path)) ? 'text' : null),
    ofBaseTest: (path) => listed(path) ?? (says(path, asksForChange) ? 'text' : null),
    ofKey: (path, key) =>
      listedKey(story.owns, path, key) ?? (words.some((line) => namesKey(line, key)) ? 'text' : null),
    speaksOf: (subject) => words.some((line) => subject.test(line)),
  };
}

/** Sentences that a person wrote about this story. Commands are not among them: they name what judges, not what may change. */
function humanSentences(story: Story): readonly string[] {
  const criteria = story.criteria.map((criterion) => withoutCommands(criterion.text, story));
  return [story.title, story.description, ...criteria].flatMap((text) => text.split(/(?<=[.!?;])\s+|\n/));
}

function withoutCommands(text: string, story: Story): string {
  return storyCommands(story).reduce((rest, { run }) => rest.replaceAll(run, ' '), text);
}

function storyCommands({ criteria }: Story): readonly { readonly run: string; readonly cwd: string | null }[] {
  return criteria.flatMap(({ reading }) => {
    if (reading.kind === 'command') return [reading.command];
    return reading.kind === 'check' ? reading.commands : [];
  });
}

const forbids =
  /\b(do(es)? not|don't|never|must not|mustn't|may not|should not|shouldn't|cannot|can't|without|unchanged|untouched|intact|as[- ]is|read-only|still pass(es)?|(keep|keeps|continue|continues|remain|remains|stay|stays)( to)? (pass|passing|green))\b/i;

const asksForChange =
  /\b(updat|chang|edit|modif|rewrit|replac|remov|delet|renam|migrat|adapt|adjust|fix|convert|rework|refactor|mov|split|merg)\w*/i;

/** Does the sentence name exactly this path, and is it not there to be left alone? */
function names(sentence: string, path: string, wanted: RegExp = /(?:)/): boolean {
  const at = foldedPath(sentence).search(
    new RegExp(`(?<![\\w./-])(\\./)?${escaped(foldedPath(path))}(?![\\w/-]|\\.\\w)`),
  );
  return at >= 0 && !forbids.test(sentence) && wanted.test(sentence);
}

function listedKey(owns: readonly string[], path: string, key: string): Owner | null {
  const whole = owns.filter((glob) => !glob.includes('#'));
  const keys = owns.filter((glob) => glob.includes('#'));
  return pathTest(whole)(path) || pathTest(keys)(`${path}#${key}`) ? 'owns' : null;
}

/** `scripts.build`, "the `build` script", `"type"`: said together with a wish to change it. */
function namesKey(sentence: string, key: string): boolean {
  if (forbids.test(sentence) || !(asksForChange.test(sentence) || /\b(set|make|use)\b/i.test(sentence))) return false;
  return keyPatterns(key).some((pattern) => new RegExp(pattern, 'i').test(sentence));
}

function keyPatterns(key: string): readonly string[] {
  const quoted = `["'\`]${escaped(key)}["'\`]`;
  if (!key.includes('.')) return [quoted];
  const last = escaped(key.slice(key.indexOf('.') + 1));
  const script = [`(?<![\\w:-])["'\`]?${last}["'\`]? (npm )?script\\b`, `\\bscript ["'\`]${last}["'\`]`];
  return [quoted, `(?<![\\w.-])${escaped(key)}(?![\\w:-])`, ...(key.startsWith('scripts.') ? script : [])];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
