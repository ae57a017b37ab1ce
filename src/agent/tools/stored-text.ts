import type { FileRead, WorkspaceFiles } from '../../workspace/workspace.ts';
import { decodeFile } from '../text-file.ts';
import { refusedPath } from './refused-path.ts';

/** A file as `edit` and `write` meet it. */
export type StoredText =
  | {
      readonly kind: 'text';
      readonly path: string;
      readonly text: string;
      readonly bom: boolean;
      readonly hash: string;
    }
  | { readonly kind: 'missing'; readonly path: string }
  /** The message says why it cannot be changed, and what to do. */
  | { readonly kind: 'closed'; readonly message: string };

export async function readText(files: WorkspaceFiles, path: string): Promise<StoredText> {
  if (path.startsWith('@logs/')) return closed('logs are read only; nothing was written');
  const found = await files.read(path);
  switch (found.kind) {
    case 'missing':
      return found;
    case 'folder':
      return closed(`\`${found.path}\` is a folder; name a file in it`);
    case 'refused':
      return closed(refusedPath(found.path, found.why));
    case 'file':
      return decoded(found);
    default:
      return found satisfies never;
  }
}

function decoded({ path, bytes, hash }: FileRead & { kind: 'file' }): StoredText {
  const file = decodeFile(bytes);
  if (file.kind === 'text') return { kind: 'text', path, text: file.text, bom: file.bom, hash };
  const what = { lossy: 'is not UTF-8', 'utf-16': 'is UTF-16 text', binary: 'is binary' }[file.kind];
  return closed(`\`${path}\` ${what}; change it with \`run\` if it must change`);
}

function closed(message: string): StoredText {
  return { kind: 'closed', message };
}
