import type { RefusedPath } from '../../workspace/workspace.ts';

/** Why a path is closed, in words that end with what to do instead. */
export function refusedPath(path: string, why: RefusedPath): string {
  return `\`${path.slice(0, 200)}\` ${reasons[why]}`;
}

const reasons = {
  outside: 'is outside of the workspace, or a link that leads out of it; use paths relative to the repository',
  protected: 'is kept by prd (version control, the PRD, `.prd/`) and closed to tools; go on without it',
  secret: 'may hold secrets and is closed to tools; use its `.example` file',
  'special-file': 'is not a regular file that can be opened; choose another path',
  'too-large': 'is larger than 10 MB; look at parts of it with `search` or `run`',
  'bad-name': 'is not a usable file name; choose another path',
} satisfies Record<RefusedPath, string>;
