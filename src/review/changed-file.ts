import type { Change, Oid, Vault } from '../workspace/workspace.ts';
import { notShown } from './not-shown.ts';

/** One file of a change, as a reviewer gets it. */
export interface ChangedFile {
  readonly path: string;
  readonly status: Change['status'];
  readonly added: number;
  readonly removed: number;
  /** Text before and after; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
  readonly shown: Shown;
}

export type Shown =
  /** New files as numbered lines, the others as hunks with whole functions. */
  | { readonly kind: 'whole' | 'hunks'; readonly text: string }
  /** Named in one line, as machines write it. */
  | { readonly kind: 'named'; readonly why: string }
  /** Nobody can read it here: what stands on it cannot pass by review. */
  | { readonly kind: 'unreadable'; readonly why: string };

const maxBytes = 400_000;

/** The files that differ between two commits, with what is shown of each. Sorted by path. */
export async function readChanges(vault: Vault, from: Oid, to: Oid): Promise<readonly ChangedFile[]> {
  const changes = await vault.changes(from, to);
  return Promise.all(changes.map((change) => readChange(vault, change, { from, to })));
}

export function changedLines(files: readonly ChangedFile[]): number {
  return files.reduce((sum, { added, removed }) => sum + added + removed, 0);
}

interface Range {
  readonly from: Oid;
  readonly to: Oid;
}

async function readChange(vault: Vault, change: Change, range: Range): Promise<ChangedFile> {
  const { path, status } = change;
  const [before, after] = await Promise.all([side(vault, change, 'old'), side(vault, change, 'new')]);
  const texts = { before: textOf(before), after: textOf(after) };
  const why = [before, after].find((one) => one.kind === 'unreadable')?.why;
  const hidden = notShown(path);
  if (hidden === null && why !== undefined) {
    return { path, status, added: 0, removed: 0, ...texts, shown: { kind: 'unreadable', why } };
  }
  const hunks = status === 'modified' ? await hunksOf(vault, change, range) : '';
  const counts = status === 'modified' ? countHunks(hunks) : wholeCounts(texts);
  const shown: Shown = hidden === null ? shownOf(change, texts, hunks) : { kind: 'named', why: hidden };
  return { path, status, ...counts, ...texts, shown };
}

type Side =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly why: string };

async function side(vault: Vault, change: Change, which: 'old' | 'new'): Promise<Side> {
  const [blob, mode] = which === 'old' ? [change.oldBlob, change.oldMode] : [change.newBlob, change.newMode];
  if (blob === null) return { kind: 'none' };
  if (mode === '160000') return { kind: 'unreadable', why: 'a submodule' };
  const bytes = await vault.readBlob(blob);
  if (bytes.includes(0)) return { kind: 'unreadable', why: `binary, ${bytes.length} bytes` };
  if (bytes.length > maxBytes) return { kind: 'unreadable', why: `${bytes.length} bytes, too large` };
  return { kind: 'text', text: bytes.toString('utf8') };
}

function textOf(one: Side): string | null {
  return one.kind === 'text' ? one.text : null;
}

/** Without the header: path, status and mode are said in our own words. */
async function hunksOf(vault: Vault, { path }: Change, { from, to }: Range): Promise<string> {
  const diff = await vault.diff(from, to, { context: 'function', paths: [path] });
  const start = diff.search(/^@@ /m);
  return start < 0 ? '' : diff.slice(start).replace(/\n$/, '');
}

function shownOf({ status, oldMode, newMode }: Change, { before, after }: Texts, hunks: string): Shown {
  if (status === 'deleted')
    return {
      kind: 'hunks',
      text: linesOf(before)
        .map((line) => `-${line}`)
        .join('\n'),
    };
  if (status === 'added') return { kind: 'whole', text: numbered(linesOf(after)) };
  const mode = oldMode === newMode ? '' : `(mode ${oldMode} is now ${newMode})\n`;
  return { kind: 'hunks', text: `${mode}${hunks}` };
}

interface Texts {
  readonly before: string | null;
  readonly after: string | null;
}

function numbered(lines: readonly string[]): string {
  return lines.map((line, index) => `${index + 1}\t${line}`).join('\n');
}

/** The lines of a text; a last line end opens no further one. */
export function linesOf(text: string | null): readonly string[] {
  const lines = (text ?? '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function countHunks(hunks: string): { added: number; removed: number } {
  return { added: hunks.match(/^\+/gm)?.length ?? 0, removed: hunks.match(/^-/gm)?.length ?? 0 };
}

function wholeCounts({ before, after }: Texts): { added: number; removed: number } {
  return { added: linesOf(after).length, removed: linesOf(before).length };
}
