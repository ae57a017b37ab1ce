import type { Oid, Vault } from '../workspace/workspace.ts';
import { readTexts } from './read-texts.ts';

/** Characters of the map: about 1,500 tokens. */
const maxCharacters = 6_000;
/** Files scanned for exports: more than fit into the map anyway. */
const maxFiles = 150;
/** Files with code in them, by name. */
export const sourceFile = /\.(?:[cm]?[jt]sx?|py|go|rs|rb|dart|java|kt|swift|cs)$/;

/** Paths of the commit with what they export, sorted, bounded: what an implementer would list first anyway. */
export async function repositoryMap(vault: Vault, commit: Oid): Promise<string> {
  const paths = (await vault.paths(commit)).filter((path) => !path.startsWith('.prd/'));
  const scanned = paths.filter((path) => sourceFile.test(path)).slice(0, maxFiles);
  const texts = await readTexts(vault, commit, scanned);
  return bounded(
    paths.slice(0, 1_000).map((path) => line(path, texts.get(path) ?? '')),
    paths.length,
  );
}

function line(path: string, text: string): string {
  const names = exportedNames(text);
  return names.length === 0 ? path : `${path}: ${names.slice(0, 8).join(', ')}`;
}

const exportForms = [
  /^export (?:default )?(?:async )?(?:abstract )?(?:function\*?|class|const|let|interface|type|enum) (\w+)/,
  /^(?:def|class) ([A-Za-z]\w*)/,
  /^func (?:\([^)]{0,80}\) )?([A-Z]\w*)/,
  /^pub (?:async )?(?:fn|struct|enum|trait|type) (\w+)/,
  /^(?:public |abstract |final ){0,3}class (\w+)/,
] as const;

/** A scan of line starts for the common languages: names only, no parser. */
export function exportedNames(text: string): readonly string[] {
  const names = text.split('\n', 2_000).flatMap((one) => {
    const form = exportForms.map((pattern) => pattern.exec(one.slice(0, 200))).find((match) => match !== null);
    return form?.[1] === undefined ? [] : [form[1]];
  });
  return [...new Set(names)];
}

function bounded(lines: readonly string[], total: number): string {
  let length = 0;
  const shown: string[] = [];
  for (const one of lines) {
    length += one.length + 1;
    if (length > maxCharacters) break;
    shown.push(one);
  }
  return shown.length < total ? [...shown, `(${total - shown.length} more files)`].join('\n') : shown.join('\n');
}
