import type { Story } from '../prd/prd.ts';
import { lockGlobs } from '../verify/file-kinds.ts';
import { anywhereTest } from '../verify/globs.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';
import { chooseFiles, type FileTexts } from './choose-files.ts';
import { outlineOf } from './outline.ts';
import { readTexts } from './read-texts.ts';
import { sourceFile } from './repository-map.ts';

/** Characters of excerpts: about 6k tokens a story, 16k a batch. */
const perStory = 24_000;
const perBatch = 64_000;
/** Larger repositories are scanned as far as this. */
const maxScanned = 400;
const maxScripts = 2_500;
const isLock = anywhereTest(lockGlobs);

export interface Excerpts {
  /** The files as sections, and at the end the scripts that verify commands run. */
  readonly text: string;
  readonly paths: ReadonlySet<string>;
}

/** What the model that plans these stories is shown of the code: chosen by the program, never an open reading loop. */
export async function excerptsFor(stories: readonly Story[], vault: Vault, commit: Oid): Promise<Excerpts> {
  const files = await readSources(vault, commit);
  const shown = new Map<string, string>();
  let room = perBatch;
  for (const story of stories) room -= addStory(story, files, shown, Math.min(perStory, room));
  const scripts = await verifyScripts(vault, commit);
  const sections = [...shown].map(([path, text]) => fileSection(path, text));
  return { text: [...sections, ...scripts].join('\n'), paths: new Set(shown.keys()) };
}

/** The files that were asked for, as far as they are there. */
export async function neededFiles(paths: readonly string[], vault: Vault, commit: Oid): Promise<readonly string[]> {
  const texts = await readTexts(vault, commit, paths);
  return [...texts].map(([path, text]) => fileSection(path, outlineOf(text)));
}

/** Returns the characters that were added. Files that do not fit are left out; a smaller one may still follow. */
function addStory(story: Story, files: FileTexts, shown: Map<string, string>, room: number): number {
  let used = 0;
  for (const path of chooseFiles(story, files)) {
    const text = outlineOf(files.get(path) ?? '');
    if (shown.has(path) || used + text.length > room) continue;
    shown.set(path, text);
    used += text.length;
  }
  return used;
}

async function readSources(vault: Vault, commit: Oid): Promise<FileTexts> {
  const paths = (await vault.paths(commit)).filter((path) => !path.startsWith('.prd/') && !isLock(path));
  const sources = paths.filter((path) => sourceFile.test(path)).slice(0, maxScanned);
  const others = paths.filter((path) => !sourceFile.test(path)).slice(0, maxScanned / 4);
  const texts = await readTexts(vault, commit, [...sources, ...others]);
  return new Map([...texts].filter(([, text]) => text.trim() !== ''));
}

/** What the commands of the project really are, so that those named in a refinement exist. */
async function verifyScripts(vault: Vault, commit: Oid): Promise<readonly string[]> {
  const texts = await readTexts(vault, commit, ['package.json', 'Makefile']);
  const scripts = Object.entries(scriptsIn(texts.get('package.json') ?? ''));
  const lines = scripts.map(([name, run]) => `${name}: ${run}`).join('\n');
  const targets =
    texts
      .get('Makefile')
      ?.match(/^[\w.-]+:(?!=).*$/gm)
      ?.join('\n') ?? '';
  return [
    ...(lines === '' ? [] : [`<scripts of="package.json">\n${lines.slice(0, maxScripts)}\n</scripts>`]),
    ...(targets === '' ? [] : [`<targets of="Makefile">\n${targets.slice(0, maxScripts)}\n</targets>`]),
  ];
}

function fileSection(path: string, text: string): string {
  return `<file path="${path}">\n${text}\n</file>`;
}

/** The scripts of a manifest by name; empty when it cannot be read. */
export function scriptsIn(manifest: string): Readonly<Record<string, string>> {
  try {
    const { scripts }: { scripts?: unknown } = Object(JSON.parse(manifest));
    const entries = Object.entries(Object(scripts)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}
