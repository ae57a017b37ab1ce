import * as z from 'zod';
import { linesOf } from '../text-file.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { type Applied, applyEdits, type Edit, type EditFailure } from './apply-edits.ts';
import { closestRegion, numbered } from './edit-diagnosis.ts';
import { findMatch, lineAt } from './edit-match.ts';
import { readText, type StoredText } from './stored-text.ts';
import { flag, isRecord, listOf, pathNames, wellFormed, withAliases } from './tolerance.ts';
import { defineTool, type ToolContext, type ToolResult } from './tool.ts';
import { createText, storeText } from './write.ts';

const maxDiffLines = 60;
const maxRegionLines = 8;

const oneEdit = withAliases(
  {
    old: ['old_string', 'oldText', 'old_str', 'old_text'],
    new: ['new_string', 'newText', 'new_str', 'new_text'],
    all: ['replace_all'],
  },
  z.object({ old: wellFormed, new: wellFormed, all: flag }),
);
const input = z.preprocess(
  singleEdit,
  withAliases({ path: pathNames }, z.object({ path: wellFormed, edits: listOf(oneEdit, 20) })),
);

export const edit = defineTool({
  name: 'edit',
  kind: 'change',
  description:
    'Replace exact text in one file: all edits or none, in order. `old` must occur once, or set all. Empty `old` creates the file.',
  input,
  label: ({ path }) => `edit ${path}`,
  use: async ({ path, edits }, context) => {
    const file = await readText(context.workspace.files, path);
    const wanted = edits.map((each) => ({ old: each.old, new: each.new, all: each.all ?? false }));
    if (file.kind === 'closed') return { content: file.message, isError: true };
    if (file.kind === 'missing') return create(file.path, wanted, context);
    return change(file, wanted, context);
  },
});

type File = StoredText & { readonly kind: 'text' };

async function create(path: string, edits: readonly Edit[], context: ToolContext): Promise<ToolResult> {
  const [first] = edits;
  if (edits.length === 1 && first?.old === '') return createText(context, path, first.new);
  const near = await context.workspace.files.nearest(path);
  const hint = near.length === 0 ? 'give an empty `old` alone to create it' : `closest: ${near.join(', ')}`;
  return { content: `no file \`${path}\`; nothing was written; ${hint}`, isError: true };
}

async function change(file: File, edits: readonly Edit[], context: ToolContext): Promise<ToolResult> {
  const known = context.seen.hashOf(file.path);
  if (known !== null && known !== file.hash) return stale(file, edits, context);
  const applied = applyEdits(file.text, edits);
  if (applied.kind === 'failed') return failed(file, edits, applied, context);
  if (known === null && !applied.exact) return unread(file, applied, context);
  if (applied.changed === 0) return { content: applied.notes.join('\n') };
  const said = [...applied.notes, `edited ${file.path}`, unifiedDiff(file.text, applied.text, maxDiffLines)];
  return storeText(context, file.path, applied.text, file.bom, said.join('\n'));
}

/** The model thinks of another text than the one on disk: it gets the fresh one and needs no further read. */
function stale(file: File, edits: readonly Edit[], context: ToolContext): ToolResult {
  context.seen.know(file.path, file.hash);
  const region = regionOf(file.text, edits[0]);
  const said = `${file.path} changed on disk since you read it; nothing was written. It now reads:`;
  return { content: [said, region.text, 'send the edit again, as it fits this text'].join('\n'), isError: true };
}

function unread(file: File, applied: Applied & { kind: 'applied' }, context: ToolContext): ToolResult {
  context.seen.know(file.path, file.hash);
  const said = `${file.path} was not read before, and ${applied.notes[0] ?? 'the match is not exact'}; nothing was written`;
  return { content: `${said}\nread it, then send the edit with its exact text`, isError: true };
}

async function failed(
  file: File,
  edits: readonly Edit[],
  { edit: number, failure }: Applied & { kind: 'failed' },
  context: ToolContext,
): Promise<ToolResult> {
  const which = edits.length === 1 ? 'edit' : `edit ${number} of ${edits.length}`;
  const wanted = edits[number - 1] ?? { old: '', new: '', all: false };
  const said = await explain(file, wanted, failure, context);
  const count = context.seen.failedEdits(file.path, 'failed');
  const whole =
    count >= 2 && linesOf(file.text).length < 300
      ? [`edits of ${file.path} failed ${count} times: use write with the whole file`]
      : [];
  return { content: [`${which}: ${said}`, ...whole].join('\n'), isError: true };
}

async function explain(file: File, wanted: Edit, failure: EditFailure, context: ToolContext): Promise<string> {
  switch (failure.kind) {
    case 'equal':
      return '`old` and `new` are equal; nothing was written; say what should change';
    case 'empty-old':
      return `\`old\` is empty and ${file.path} exists; nothing was written; quote the text to replace`;
    case 'overlap':
      return `it changes what edit ${failure.other} changed; nothing was written; join the two`;
    case 'ambiguous':
      return `\`old\` occurs at lines ${failure.lines.slice(0, 12).join(', ')}; nothing was written; add surrounding lines or set \`all\``;
    case 'not-found':
      return notFound(file, wanted, context);
    default:
      return failure satisfies never;
  }
}

async function notFound(file: File, wanted: Edit, { workspace }: ToolContext): Promise<string> {
  const said = `\`old\` not in ${file.path}; nothing was written.`;
  const region = regionOf(file.text, wanted);
  if (region.diagnosis !== null)
    return [said, `closest: ${region.diagnosis}`, region.text, 'quote it as it stands here'].join('\n');
  const line =
    linesOf(wanted.old)
      .map((each) => each.trim())
      .sort((a, b) => b.length - a.length)[0] ?? '';
  const query = { pattern: line, literal: true, glob: null, mode: 'files' as const, context: 0 };
  const elsewhere = line.length < 8 ? [] : (await workspace.files.search(query)).files.map(({ path }) => path);
  if (elsewhere.length > 0) return `${said} The text is in ${elsewhere.slice(0, 3).join(', ')}; edit it there`;
  return `${said} Nothing in it looks like \`old\`; read the file`;
}

/** The place an edit means: where it matches, else what looks most like it, else the head of the file. */
function regionOf(text: string, wanted: Edit | undefined): { text: string; diagnosis: string | null } {
  const old = wanted?.old ?? '';
  const match = wanted && old !== '' ? findMatch(text, { ...wanted, all: false }) : null;
  if (match?.kind === 'found' && match.spans[0]) {
    const from = Math.max(1, lineAt(text, match.spans[0].from) - 1);
    return { text: numbered(text, from, from + linesOf(old).length + 1, maxRegionLines), diagnosis: null };
  }
  const close = closestRegion(text, old);
  if (close === null) return { text: numbered(text, 1, maxRegionLines, maxRegionLines), diagnosis: null };
  return { text: numbered(text, close.from, close.to, maxRegionLines), diagnosis: close.diagnosis };
}

/** A call with `old` and `new` at the top, as many models write it. */
function singleEdit(value: unknown): unknown {
  if (!isRecord(value) || 'edits' in value) return value;
  return { ...value, edits: [value] };
}
