import { posix } from 'node:path';
import { manifestGlobs } from './file-kinds.ts';
import { anywhereTest, type PathTest } from './globs.ts';
import type { ProtectedGroup } from './protected-globs.ts';

const isManifest = anywhereTest(manifestGlobs);

/** The files at the base that say which tools a project uses. */
export function manifestPaths(paths: readonly string[]): readonly string[] {
  return paths.filter(isManifest);
}

export interface ToolUse {
  /** Does a manifest at the base mention the tool? A longer name that begins like it counts too. */
  inUse(tool: string): boolean;
  /** Does a new file of this group set its tool up, with nothing at the base that it could bend? */
  setsUp(group: ProtectedGroup, path: string): boolean;
}

/** Knows what the base uses, so that setting up something new is not taken for bending what is there. */
export function toolUse(base: {
  readonly paths: readonly string[];
  readonly text: (path: string) => string | null;
  readonly isTest: PathTest;
  readonly added: readonly string[];
}): ToolUse {
  const manifests = manifestPaths(base.paths).map((path) => base.text(path) ?? '');
  const hasTests = base.paths.some(base.isTest);
  const projects = newProjects(base.added, base.paths, hasTests || manifests.length > 0);
  const inUse = (tool: string) => manifests.some((text) => mentions(text, tool));
  return {
    inUse,
    setsUp: (group, path) => {
      if (group.tool === undefined) return false;
      if (projects.some((folder) => isBelow(path, folder))) return true;
      if (inUse(group.tool) || base.paths.some(anywhereTest(group.globs))) return false;
      return group.kind !== 'runner-config' || !hasTests;
    },
  };
}

/** Folders that become a project: their manifest is new and nothing was in them. The root only where nothing was judged. */
function newProjects(added: readonly string[], paths: readonly string[], rootIsProject: boolean): readonly string[] {
  const folders = added.filter(isManifest).map((path) => posix.dirname(path));
  return folders.filter((folder) => (folder === '.' ? !rootIsProject : !paths.some((path) => isBelow(path, folder))));
}

function isBelow(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}

function mentions(text: string, tool: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9])${tool.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`, 'i').test(text);
}
