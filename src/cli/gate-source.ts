import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { openCommands } from '../host/command.ts';
import type { HeadFiles } from '../land/gate-files.ts';
import type { PrdDocument } from '../prd/parse.ts';
import type { Prd } from '../prd/prd.ts';
import { PrdError, type Problem } from '../problem.ts';
import { openGit } from '../workspace/git.ts';
import { blobsAt, pathsAt } from '../workspace/objects.ts';
import { findRepository } from '../workspace/repository.ts';
import type { Oid, UserRepository } from '../workspace/workspace.ts';
import type { Context } from './context.ts';
import { type FoundPrd, showPath } from './find-prd.ts';
import { readBasePrd } from './gate-base.ts';
import { openPrd } from './open-prd.ts';

/** Everything that the gate judges. */
export interface GateSource {
  readonly found: FoundPrd;
  /** Relative to the top of the repository, for code scanning. */
  readonly uri: string;
  readonly document: PrdDocument;
  readonly commit: Oid;
  readonly head: HeadFiles;
  readonly evidence: ReadonlyMap<string, string>;
  readonly base: Prd | null;
}

export type GateReading =
  | { readonly kind: 'read'; readonly source: GateSource }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/**
 * Reads the PRD and its evidence as they are checked out, and what HEAD holds. In CI both are the same; elsewhere it judges
 * what would be committed. Starts nothing but git, and no git command that could run anything of the repository.
 */
export async function readGateSource(
  { file, base }: { readonly file?: string; readonly base?: string },
  context: Context,
): Promise<GateReading> {
  const opened = await openPrd(context, { file: file ?? null });
  if (opened.kind === 'refused') return opened;
  const { found, document } = opened;
  const git = await openGit(openCommands(), context.env);
  const repository = await findRepository(git, context.cwd);
  const prdPath = pathIn(repository, found);
  const place = { git, dir: repository.commonDir };
  const entries = await blobsAt(place, repository.head, await pathsAt(place, repository.head));
  const source = {
    found,
    uri: showPath(found.path, repository.root),
    document,
    commit: repository.head,
    head: { prdPath, blobs: new Map([...entries].map(([path, { blob }]) => [path, blob])) },
    evidence: await readEvidenceFiles(repository.root),
    base: base === undefined ? null : await readBasePrd({ git, repository, prdPath, ref: base }, context),
  };
  return { kind: 'read', source };
}

function pathIn({ root }: UserRepository, { realPath }: FoundPrd): string {
  const path = relative(root, realPath).replaceAll(sep, '/');
  if (path.startsWith('..')) throw new PrdError({ code: 'not-a-repository', folder: dirname(realPath) });
  return path;
}

const folder = '.prd/evidence';
/** Far more than evidence ever takes: a larger file is none, and is not read. */
const byteLimit = 65_536;

/** Text of every evidence file, by path. Links are not followed: a file elsewhere is no evidence. */
async function readEvidenceFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json')).map(({ name }) => name);
  const files = names
    .sort()
    .map(async (name) => [`${folder}/${name}`, await textOf(join(root, folder, name))] as const);
  return new Map(await Promise.all(files));
}

async function textOf(path: string): Promise<string> {
  const { size } = await stat(path);
  return size > byteLimit ? '' : readFile(path, 'utf8');
}
