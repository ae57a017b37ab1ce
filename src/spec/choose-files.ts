import { posix } from 'node:path';
import type { Story } from '../prd/prd.ts';
import { storyChecks } from '../prd/story-checks.ts';
import { testGlobs } from '../verify/file-kinds.ts';
import { anywhereTest, pathTest } from '../verify/globs.ts';
import { exportedNames } from './repository-map.ts';
import { mentionedPaths } from './spec.ts';

/** Texts of a commit's files, by path. */
export type FileTexts = ReadonlyMap<string, string>;

const maxScoped = 6;
const maxMatching = 6;
const maxSiblings = 2;
const maxTests = 3;
const isTest = anywhereTest(testGlobs);

/**
 * The files that whoever plans this story would open, most telling first: those it names, those that define, import or
 * mention its identifiers, the nearest sibling of what it will write (the pattern to copy), and their tests.
 */
export function chooseFiles(story: Story, files: FileTexts): readonly string[] {
  const mentioned = mentionedPaths(story, storyChecks(story));
  const named = mentioned.filter((path) => files.has(path));
  const chosen = new Set([...named, ...inScope(story, files), ...matching(identifiersOf(story), files)]);
  for (const path of siblings(mentioned, files)) chosen.add(path);
  for (const path of testsOf([...mentioned, ...chosen], files)) chosen.add(path);
  return [...chosen];
}

function inScope({ files: globs }: Story, files: FileTexts): readonly string[] {
  if (globs.length === 0) return [];
  return [...files.keys()].filter(pathTest(globs)).slice(0, maxScoped);
}

/** Words that only code is written with: `cartView`, `CartView`, `cart_view`, `total()`. */
export function identifiersOf({ title, description, criteria }: Story): readonly string[] {
  const text = [title, description, ...criteria.map((criterion) => criterion.text)].join('\n').slice(0, 20_000);
  const words = text.match(/\b[A-Za-z][a-z0-9]*(?:[A-Z]\w*|_\w+)\b|\b[A-Za-z_]\w{2,60}(?=\()/g) ?? [];
  return [...new Set(words)].filter((word) => word.length >= 4).slice(0, 40);
}

/** A definition says more than an import, an import more than a mention. */
function matching(identifiers: readonly string[], files: FileTexts): readonly string[] {
  if (identifiers.length === 0) return [];
  const scored = [...files].map(([path, text]) => ({ path, score: score(identifiers, path, text) }));
  const best = scored.filter(({ score: points }) => points > 0).sort((a, b) => b.score - a.score);
  return best.slice(0, maxMatching).map(({ path }) => path);
}

function score(identifiers: readonly string[], path: string, text: string): number {
  const words = new Set(text.match(/[A-Za-z_]\w{3,60}/g) ?? []);
  const mentions = identifiers.filter((name) => words.has(name));
  if (mentions.length === 0) return 0;
  const defined = new Set(exportedNames(text));
  const imports = text
    .split('\n')
    .filter((line) => /^\s*(?:import|from|use|require|const .{0,200}require)\b/.test(line));
  const points = mentions.map((name) => {
    if (defined.has(name)) return 9;
    return imports.some((line) => line.includes(name)) ? 3 : 1;
  });
  const sum = points.reduce<number>((all, one) => all + one, 0);
  return isTest(path) ? sum / 2 : sum;
}

/** For each path that is named, the file beside it that is called most like it. */
function siblings(paths: readonly string[], files: FileTexts): readonly string[] {
  const found = paths.flatMap((path) => {
    const near = [...files.keys()].filter(
      (other) =>
        other !== path && posix.dirname(other) === posix.dirname(path) && posix.extname(other) === posix.extname(path),
    );
    const [best] = near.sort((a, b) => sharedEnd(b, path) - sharedEnd(a, path));
    return best === undefined ? [] : [best];
  });
  return [...new Set(found)].slice(0, maxSiblings);
}

function sharedEnd(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
}

function testsOf(paths: readonly string[], files: FileTexts): readonly string[] {
  const stems = paths.filter((path) => !isTest(path)).map(stemOf);
  const tests = [...files.keys()].filter((path) => isTest(path) && stems.includes(stemOf(path)));
  return tests.slice(0, maxTests);
}

/** `test/cart-view.test.js`, `test_cart_view.py` and `src/views/cart-view.js` are about one thing. */
function stemOf(path: string): string {
  const name = posix.basename(path).replace(/\..*$/, '');
  return name
    .replace(/^test[_-]|[_-](?:test|spec)$|(?:Tests?|Spec)$/g, '')
    .replaceAll('_', '-')
    .toLowerCase();
}
