import { type ParseOptions, type PrdDocument, parsePrd } from '../../src/prd/parse.ts';
import type { Story } from '../../src/prd/prd.ts';
import type { Problem } from '../../src/problem.ts';

/** The text of a PRD with these stories, two spaces deep, unless `top` says otherwise. */
export function prdText(stories: readonly unknown[], top: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ ...top, userStories: stories }, null, 2)}\n`;
}

/** Reads a document that must be readable: a text, or a value to be written as JSON first. */
export function readDocument(document: unknown, options: ParseOptions = {}): PrdDocument {
  const text = typeof document === 'string' ? document : JSON.stringify(document, null, 2);
  const parsed = parsePrd(text, 'PRD.json', options);
  if (parsed.kind === 'refused') throw new Error(`refused: ${JSON.stringify(parsed.problems)}`);
  return parsed.document;
}

/** Problems of a document that must be refused. */
export function problemsOf(document: unknown, options: ParseOptions = {}): readonly Problem[] {
  const text = typeof document === 'string' ? document : JSON.stringify(document, null, 2);
  const parsed = parsePrd(text, 'PRD.json', options);
  if (parsed.kind === 'read') throw new Error('read, though it should be refused');
  return parsed.problems;
}

/** The one story of a document that holds nothing else; `top` adds top-level keys. */
export function readStory(fields: unknown, top: Readonly<Record<string, unknown>> = {}): Story {
  const [story] = readDocument({ ...top, userStories: [fields] }).prd.stories;
  if (story === undefined) throw new Error('no story');
  return story;
}

/** Messages of the notes of one rule. */
export function notesOf(document: PrdDocument, rule: string): readonly string[] {
  return document.prd.notes.filter((note) => note.rule === rule).map((note) => note.message);
}
