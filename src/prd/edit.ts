import { findNodeAtLocation, getNodeValue } from 'jsonc-parser';
import type { Problem } from '../problem.ts';
import { membersOf } from './dialects/members.ts';
import { bindEdits, type DocumentEdit, toTextEdits, valueAfter } from './edit/document-edit.ts';
import { progressEdits, progressWords } from './edit/progress-edits.ts';
import { styleOf } from './edit/style.ts';
import { applyTextEdits } from './edit/text-edit.ts';
import { type PrdDocument, parseSource } from './parse.ts';
import type { Story } from './prd.ts';
import { readSyntax, type Source } from './syntax.ts';

export type Edited =
  | { readonly kind: 'edited'; readonly text: string }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * Changes values of a JSON text and nothing else: comments, order, indentation, line ends, byte-order mark and number spelling
 * stay. The result is read back; if it says anything but the old document with these changes, nothing is changed.
 */
export function editText(text: string, file: string, edits: readonly DocumentEdit[]): Edited {
  const syntax = readSyntax(text, file);
  if (syntax.kind === 'refused') return refusedBy(syntax.problems, file);
  const changed = editSource(syntax.source, edits);
  return 'code' in changed ? refused(changed) : { kind: 'edited', text: changed.text };
}

/** Makes one story say `passes`, or take it back, in the words and fields of its own file. */
export function setPasses(text: string, file: string, storyId: string, passes: boolean): Edited {
  const syntax = readSyntax(text, file);
  const parsed = syntax.kind === 'refused' ? syntax : parseSource(syntax.source);
  if (syntax.kind === 'refused' || parsed.kind === 'refused') {
    return refusedBy(parsed.kind === 'refused' ? parsed.problems : [], file);
  }
  const { document } = parsed;
  const story = onlyStory(document, storyId);
  if ('code' in story) return refused(story);
  const changed = editSource(syntax.source, editsFor(syntax.source, document, story, passes));
  if ('code' in changed) return refused(changed);
  if (says(changed, document, story, passes)) return { kind: 'edited', text: changed.text };
  return refused({
    code: 'edit-refused',
    file,
    why: `story \`${storyId}\` would not read as ${passes ? 'passing' : 'open'}`,
  });
}

/** The changed text, read again. */
function editSource(source: Source, edits: readonly DocumentEdit[]): Source | Problem {
  const { file, body, root } = source;
  const changes = bindEdits(root, edits);
  if (typeof changes === 'string') return { code: 'edit-refused', file, why: changes };
  const edited = applyTextEdits(body, toTextEdits(body, changes, styleOf(body, root)));
  const after = edited === null ? null : readSyntax(`${source.hasBom ? '\ufeff' : ''}${edited}`, file);
  if (after?.kind === 'tree' && isSame(getNodeValue(after.source.root), valueAfter(root, changes))) return after.source;
  return { code: 'edit-refused', file, why: 'the changed text would not read back as intended' };
}

/** Equal with the order of keys. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function editsFor(source: Source, document: PrdDocument, story: Story, passes: boolean): readonly DocumentEdit[] {
  const members = (one: Story) => membersOf(findNodeAtLocation(source.root, [...one.path]));
  const words = progressWords(document.prd.stories.map(members));
  return progressEdits(members(story), story.path, passes, words);
}

function onlyStory(document: PrdDocument, id: string): Story | Problem {
  const { stories } = document.prd;
  const [story, second] = stories.filter((one) => one.id === id);
  if (story === undefined) return { code: 'unknown-story', story: id, near: null, known: stories.length };
  if (!story.hasId) return { code: 'missing-story-id', at: document.locate(story.path), title: story.title };
  if (second === undefined) return story;
  return {
    code: 'duplicate-story-id',
    at: document.locate(second.path),
    story: id,
    first: document.locate(story.path),
  };
}

/** The story reads as wanted, and every other one as before. */
function says(changed: Source, before: PrdDocument, story: Story, passes: boolean): boolean {
  const after = parseSource(changed);
  if (after.kind === 'refused') return false;
  const claims = after.document.prd.stories.map((one) => one.passes);
  return before.prd.stories.every((one) => claims[one.index] === (one.index === story.index ? passes : one.passes));
}

function refusedBy(problems: readonly Problem[], file: string): Edited {
  return refused(problems[0] ?? { code: 'file-empty', file });
}

function refused(problem: Problem): Edited {
  return { kind: 'refused', problem };
}
