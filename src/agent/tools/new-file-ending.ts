import { extname, join } from 'node:path/posix';
import picomatch from 'picomatch';
import type { WorkspaceFiles } from '../../workspace/workspace.ts';
import { decodeFile, type LineEnding, majorityEnding } from '../text-file.ts';

/** Line end for a file that does not exist yet: what the project's files demand, else what its neighbours have, else LF. */
export async function newFileEnding(files: WorkspaceFiles, path: string): Promise<LineEnding> {
  const folders = foldersUp(path);
  for (const folder of folders) {
    const below = folder === '.' ? path : path.slice(folder.length + 1);
    const attributes = await textOf(files, join(folder, '.gitattributes'));
    const demanded = attributes === null ? null : fromAttributes(attributes, below);
    if (demanded !== null) return demanded;
  }
  return (await fromEditorConfigs(files, path, folders)) ?? (await fromNeighbour(files, path, folders[0] ?? '.'));
}

/** Innermost first, ending with `.`. */
function foldersUp(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return [...names.map((_, index) => names.slice(0, names.length - index).join('/')), '.'];
}

function fromAttributes(text: string, path: string): LineEnding | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim().split(/\s+/));
  const last = lines.findLast(
    ([glob, ...rest]) => rest.some((word) => word.startsWith('eol=')) && fits(glob ?? '', path),
  );
  const word = last?.find((each) => each.startsWith('eol='));
  return word === undefined ? null : endingNamed(word.slice('eol='.length));
}

async function fromEditorConfigs(
  files: WorkspaceFiles,
  path: string,
  folders: readonly string[],
): Promise<LineEnding | null> {
  for (const folder of folders) {
    const text = await textOf(files, join(folder, '.editorconfig'));
    if (text === null) continue;
    const demanded = fromEditorConfig(text, folder === '.' ? path : path.slice(folder.length + 1));
    if (demanded !== null || /^\s*root\s*=\s*true/im.test(text)) return demanded;
  }
  return null;
}

function fromEditorConfig(text: string, path: string): LineEnding | null {
  let section = '';
  let ending: LineEnding | null = null;
  for (const line of text.split(/\r?\n/)) {
    section = /^\s*\[(.+)\]\s*$/.exec(line)?.[1] ?? section;
    const value = /^\s*end_of_line\s*=\s*(\w+)/i.exec(line)?.[1];
    if (value !== undefined && section !== '' && fits(section, path)) ending = endingNamed(value) ?? ending;
  }
  return ending;
}

async function fromNeighbour(files: WorkspaceFiles, path: string, folder: string): Promise<LineEnding> {
  const listed = await files.list(folder);
  const names = listed.kind === 'folder' ? listed.entries : [];
  const alike = names.find((name) => extname(name) === extname(path) && !name.endsWith('/'));
  const text = alike === undefined ? null : await textOf(files, join(folder, alike));
  return text === null ? '\n' : majorityEnding(text);
}

async function textOf(files: WorkspaceFiles, path: string): Promise<string | null> {
  const found = await files.read(path);
  if (found.kind !== 'file') return null;
  const decoded = decodeFile(found.bytes);
  return decoded.kind === 'text' ? decoded.text : null;
}

function fits(glob: string, path: string): boolean {
  const matches = picomatch(glob.replace(/^\//, ''), { dot: true, basename: !glob.includes('/') });
  return glob !== '' && matches(path);
}

function endingNamed(name: string): LineEnding | null {
  return { lf: '\n' as const, crlf: '\r\n' as const }[name.toLowerCase()] ?? null;
}
