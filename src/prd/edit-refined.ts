import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { storyKeys } from './dialects/keys.ts';
import { firstMember, membersOf, textOf } from './dialects/members.ts';
import type { DocumentEdit } from './edit/document-edit.ts';
import { type Edited, editText } from './edit.ts';
import { type PrdDocument, parsePrd } from './parse.ts';
import type { Story } from './prd.ts';
import { readSyntax } from './syntax.ts';

/** What is added to a story: criteria behind its own, and what an implementer should know, behind its own notes. */
export interface StoryAddition {
  readonly criteria: readonly string[];
  /** Begins with `addedNotes`; empty for none. */
  readonly notes: string;
}

/** First words of what we add to the notes: what stands there from an earlier time is replaced. */
export const addedNotes = 'Refined:';

/**
 * Adds to stories, and changes no other byte. The result is read back: every criterion that was there stands as it was and
 * first, or nothing is changed.
 */
export function addToStories(document: PrdDocument, additions: ReadonlyMap<Story, StoryAddition>): Edited {
  const { file, text } = document;
  const syntax = readSyntax(text, file);
  if (syntax.kind === 'refused') return refused(file, 'it cannot be read');
  const { root } = syntax.source;
  const edits: DocumentEdit[] = [];
  for (const [story, addition] of additions) {
    const own = storyEdits(root, story, addition);
    if (own === null) return refused(file, `the criteria of \`${story.id}\` are not a list`);
    edits.push(...own);
  }
  const edited = editText(text, file, edits);
  if (edited.kind === 'refused') return edited;
  const after = parsePrd(edited.text, file);
  if (after.kind === 'read' && says(after.document, document, additions)) return edited;
  return refused(file, 'the stories would not read as intended');
}

function storyEdits(root: Node, { path }: Story, { criteria, notes }: StoryAddition): readonly DocumentEdit[] | null {
  const members = membersOf(findNodeAtLocation(root, [...path]));
  const list = firstMember(members, storyKeys.acceptanceCriteria);
  if (criteria.length > 0 && list?.value.type !== 'array') return null;
  const end = list?.value.children?.length ?? 0;
  const added = criteria.map(
    (value): DocumentEdit => ({ kind: 'insert', path: [...path, list?.key ?? ''], index: end, value }),
  );
  return [...added, ...notesEdit(members, path, notes)];
}

function notesEdit(members: ReturnType<typeof membersOf>, path: Story['path'], notes: string): readonly DocumentEdit[] {
  const own = firstMember(members, storyKeys.notes);
  const before = own === null ? '' : textOf(own.value);
  // Notes in another form than text are a person's, and stay alone.
  if (notes === '' || before === null) return [];
  const kept = before.startsWith(addedNotes) ? '' : (before.split(`\n\n${addedNotes}`, 1)[0] ?? '');
  const value = kept === '' ? notes : `${kept}\n\n${notes}`;
  return [{ kind: 'set', path: [...path, own?.key ?? 'notes'], value }];
}

function says(after: PrdDocument, before: PrdDocument, additions: ReadonlyMap<Story, StoryAddition>): boolean {
  const texts = (story: Story | undefined): string => JSON.stringify(story?.criteria.map(({ text }) => text));
  return before.prd.stories.every((story) => {
    const added = additions.get(story)?.criteria ?? [];
    const wanted = JSON.stringify([...story.criteria.map(({ text }) => text), ...added]);
    const now = after.prd.stories[story.index];
    return now?.id === story.id && now.passes === story.passes && texts(now) === wanted;
  });
}

function refused(file: string, why: string): Edited {
  return { kind: 'refused', problem: { code: 'edit-refused', file, why } };
}
