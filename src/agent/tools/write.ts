import * as z from 'zod';
import { encodeFile, linesOf, majorityEnding, withEnding } from '../text-file.ts';
import { newFileEnding } from './new-file-ending.ts';
import { omission } from './omission.ts';
import { refusedPath } from './refused-path.ts';
import { readText, type StoredText } from './stored-text.ts';
import { pathNames, wellFormed, withAliases } from './tolerance.ts';
import { defineTool, type ToolContext, type ToolResult } from './tool.ts';

const input = withAliases(
  { path: pathNames, content: ['text', 'contents', 'file_text'] },
  z.object({ path: wellFormed, content: wellFormed }),
);

export const write = defineTool({
  name: 'write',
  kind: 'change',
  description: 'Create a file, or replace one that was read, with the whole content.',
  input,
  label: ({ path }) => `write ${path}`,
  use: async ({ path, content }, context) => {
    const old = await readText(context.workspace.files, path);
    const refusal = refuse(old, content, context);
    if (refusal !== null) return failure(refusal);
    if (old.kind === 'text')
      return storeText(context, old.path, withEnding(content, majorityEnding(old.text)), old.bom);
    return createText(context, path, content);
  },
});

/** Writes a file that does not exist yet, with the line ends its place demands. */
export async function createText(context: ToolContext, path: string, content: string): Promise<ToolResult> {
  const ending = await newFileEnding(context.workspace.files, path);
  return storeText(context, path, withEnding(content, ending), false);
}

/** Writes text and remembers what was written. `said` comes before the default words of the result. */
export async function storeText(
  context: ToolContext,
  path: string,
  text: string,
  bom: boolean,
  said: string | null = null,
): Promise<ToolResult> {
  const written = await context.workspace.files.write(path, encodeFile(text, bom));
  if (written.kind === 'refused') return failure(refusedPath(written.path, written.why));
  context.seen.know(written.path, written.hash);
  context.seen.failedEdits(written.path, 'done');
  const note = context.policyNote(written.path);
  const lines = linesOf(text).length;
  const what =
    said ?? `${written.created ? 'created' : 'replaced'} ${written.path}: ${lines === 1 ? '1 line' : `${lines} lines`}`;
  return { content: note === null ? what : `${what}\n[${note}]`, changed: true };
}

function refuse(old: StoredText, content: string, { seen }: ToolContext): string | null {
  if (old.kind === 'closed') return old.message;
  const placeholder = omission(content, old.kind === 'text' ? old.text : '');
  if (placeholder !== null) return `the content leaves something out ("${placeholder}"); write every line, or use edit`;
  if (old.kind === 'missing') return null;
  const known = seen.hashOf(old.path);
  if (known === null) return `${old.path} exists and was not read; read it first, or use edit`;
  if (known !== old.hash) return `${old.path} changed on disk since you read it; nothing was written; read it again`;
  return null;
}

function failure(content: string): ToolResult {
  return { content, isError: true };
}
