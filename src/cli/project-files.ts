import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFiles } from './guess-checks.ts';

/** The files at the top of a project. What cannot be read counts as absent: a guess must not fail. */
export function projectFiles(root: string): ProjectFiles {
  return {
    has: (path) => existsSync(join(root, path)),
    read: (path) => {
      try {
        return readFileSync(join(root, path), 'utf8');
      } catch {
        return null;
      }
    },
  };
}
