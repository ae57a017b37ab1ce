import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEvidence } from '../land/evidence.ts';
import type { RepoFacts } from '../lint/view.ts';
import { walk } from './find-files.ts';
import { showPath } from './find-prd.ts';
import { scriptNames, targetsOf } from './guess-checks.ts';
import { projectFiles } from './project-files.ts';

/** What `lint --repo` knows of the tree around a PRD. Reads names, package.json and makefiles; executes nothing. */
export async function readRepoFacts(root: string): Promise<RepoFacts> {
  const paths = new Set<string>();
  await walk(root, (path) => paths.add(showPath(path, root)));
  const files = projectFiles(root);
  return {
    paths,
    scripts: new Set(scriptNames(files)),
    targets: new Set(targetsOf(files)),
    evidence: await evidenceIds(root),
  };
}

async function evidenceIds(root: string): Promise<ReadonlySet<string> | null> {
  const folder = join(root, '.prd', 'evidence');
  const names = await readdir(folder).catch(() => null);
  if (names === null) return null;
  const ids = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => storyOf(join(folder, name))),
  );
  return new Set(ids.filter((id) => id !== null));
}

/** Whose evidence a file is; a damaged one is nobody's. */
async function storyOf(file: string): Promise<string | null> {
  const read = readEvidence(await readFile(file, 'utf8').catch(() => ''));
  return read.kind === 'read' ? read.evidence.predicate.prd.story.id : null;
}
