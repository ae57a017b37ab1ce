import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, relative, sep } from 'node:path';
import { neverPassed } from './never-passed.ts';
import { jobVariable } from './process-table.ts';
import { foundToolchains } from './toolchain-homes.ts';

export interface ChildEnvironmentOptions {
  /** The environment of `prd`, from which little is taken. */
  readonly parent: NodeJS.ProcessEnv;
  /** A private folder. */
  readonly home: string;
  readonly tmp: string;
  readonly story: string | null;
  /** Names that the user listed or approved. */
  readonly allow?: readonly string[];
  /** Names that are never given, such as the key variables of the models in use. */
  readonly never?: readonly string[];
  /** Folders whose programs must not be found: the user's repository, workspaces. */
  readonly without?: readonly string[];
  /** Head of the job id by which the processes are found again. */
  readonly marker?: string;
  readonly exists?: (folder: string) => boolean;
}

/** The whole environment of an untrusted child, built from an allow-list. */
export function childEnvironment(options: ChildEnvironmentOptions): Record<string, string> {
  return {
    ...windowsNeeds(options.parent),
    ...foundToolchains(options.parent, options.exists ?? existsSync),
    ...allowed(options),
    ...fixed,
    PATH: safePath(options.parent.PATH ?? '', options.without ?? []),
    HOME: options.home,
    TMPDIR: options.tmp,
    ...(options.story === null ? {} : { PRD_STORY: options.story }),
    ...(options.marker === undefined ? {} : { [jobVariable]: options.marker }),
  };
}

/** The same on every machine, so that a check says the same on every machine. */
const fixed = {
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  TERM: 'dumb',
  CI: '1',
  NO_COLOR: '1',
  USER: 'prd',
  LOGNAME: 'prd',
  SHELL: '/bin/sh',
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
} as const;

const systemPath = ['/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);

/**
 * The search path without what a repository could fill: relative entries, `node_modules/.bin` (which `npx` puts first)
 * and everything below the given folders. Never empty.
 */
export function safePath(path: string, without: readonly string[]): string {
  const kept = path
    .split(delimiter)
    .filter((entry) => isAbsolute(entry) && !entry.split(sep).includes('node_modules'))
    .filter((entry) => !without.some((folder) => isInside(entry, folder)));
  return kept.length === 0 ? systemPath : [...new Set(kept)].join(delimiter);
}

function isInside(entry: string, folder: string): boolean {
  const path = relative(folder, entry);
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path));
}

function allowed({ parent, allow = [], never = [] }: ChildEnvironmentOptions): Record<string, string> {
  const given = allow.flatMap((name) => {
    const value = parent[name];
    return value === undefined || never.includes(name) || neverPassed(name, value) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

// Without these no program starts there; they exist nowhere else.
function windowsNeeds(parent: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['SystemRoot', 'ComSpec', 'PATHEXT'];
  return Object.fromEntries(names.flatMap((name) => (parent[name] === undefined ? [] : [[name, parent[name]]])));
}
