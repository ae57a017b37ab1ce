import { posix } from 'node:path';

const importLine =
  /^\s*(?:import\b|export\b.{0,300}\bfrom\b|from\b|use\b|#include\b|require|part\b|.{0,200}\b(?:require|import)\s*\()/;
const endings = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.py',
  '.rb',
  '.dart',
  '/index.ts',
  '/index.js',
  '/__init__.py',
];

const maxStatement = 2_000;

/** Paths of the repository that these files import, as far as reading their import lines can tell. */
export function importedPaths(
  files: readonly { readonly path: string; readonly text: string }[],
  known: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path, text } of files) {
    for (const name of importedNames(text)) {
      const target = resolved(path, name, known);
      if (target !== null) found.add(target);
    }
  }
  return found;
}

/** The import statements of a text, each on one line; longer than any import needs is cut. */
export function importStatements(text: string): readonly string[] {
  const found: string[] = [];
  let open = false;
  for (const full of text.split('\n', 3_000)) {
    const line = full.slice(0, 400);
    if (open) found.push(`${found.pop() ?? ''} ${line.trim()}`.slice(0, maxStatement));
    else if (importLine.test(line)) found.push(line);
    else continue;
    open = opensList(found.at(-1) ?? '');
  }
  return found;
}

/** `import {` and `from x import (` go on until their bracket closes. */
function opensList(statement: string): boolean {
  if (!/^\s*(?:import|export|from|use)\b/.test(statement) || statement.length >= maxStatement) return false;
  const last = (brackets: string): number => Math.max(...[...brackets].map((one) => statement.lastIndexOf(one)));
  return last('({') > last(')}');
}

function importedNames(text: string): readonly string[] {
  return importStatements(text).flatMap((line) => {
    const quoted = [...line.matchAll(/["'<]([^"'<>\s]{1,200})["'>]/g)].map(([, name]) => name ?? '');
    const dotted = /^\s*(?:from|import)\s+([\w.]{1,200})/.exec(line)?.[1] ?? '';
    return [...quoted, dotted.replace(/^\.+/, '').replaceAll('.', '/')].filter((name) => name !== '');
  });
}

/** Relative to the file, then anything in the repository that ends like it: packages name their own files from outside. */
function resolved(from: string, name: string, known: ReadonlySet<string>): string | null {
  const bare = name.replace(/^package:[^/]+\//, '').replace(/\.js$/, '');
  const relative = posix.normalize(posix.join(posix.dirname(from), bare));
  for (const base of [posix.normalize(posix.join(posix.dirname(from), name)), relative, bare]) {
    const hit = endings.map((ending) => base + ending).find((path) => known.has(path));
    if (hit !== undefined) return hit;
  }
  if (name.startsWith('.') || !bare.includes('/')) return null;
  const tails = endings.map((ending) => `/${bare}${ending}`);
  return [...known].find((path) => tails.some((tail) => path.endsWith(tail))) ?? null;
}
