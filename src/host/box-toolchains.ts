import { type Dirent, existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';
import type { Mount } from './box-arguments.ts';
import { isWithin } from './box-masks.ts';
import { foundToolchains } from './toolchain-homes.ts';

export interface Toolchains {
  readonly readable: readonly Mount[];
  /** Files with credentials that lie in a toolchain's folder. */
  readonly hidden: readonly string[];
}

/** Programs that lie below a mask: the folders of the `PATH`, what their links lead to, and the homes of toolchains. */
export function findToolchains(env: NodeJS.ProcessEnv, masks: readonly string[]): Toolchains {
  const isMasked = (path: string): boolean => masks.some((mask) => isWithin(path, mask));
  // What holds a mask holds more than a toolchain.
  const isExact = (path: string): boolean => !masks.some((mask) => isWithin(mask, path));
  const onPath = (env.PATH ?? '').split(delimiter).filter((entry) => isAbsolute(entry) && existsSync(entry));
  const linked = onPath.flatMap(linkTargets).filter(isMasked);
  const wanted = [
    ...homeParts(env),
    ...[...onPath, ...linked.map((file) => dirname(file))].map((folder) => toolRoot(folder, isExact)),
  ];
  const folders = [...new Set(wanted)].filter((path) => isExact(path) && (isMasked(path) || isMasked(real(path))));
  const tops = folders.filter((path) => !folders.some((other) => other !== path && isWithin(path, other)));
  // A link outside of the masks is followed as ever; one below a mask is not there any more.
  const readable = tops.sort().map((path) => ({ from: real(path), to: isMasked(path) ? path : real(path) }));
  return { readable, hidden: readable.flatMap(({ to }) => credentialsIn(to)) };
}

/** The homes of toolchains, or those parts of them that hold no credentials. */
function homeParts(env: NodeJS.ProcessEnv): readonly string[] {
  return Object.entries(foundToolchains(env, existsSync)).flatMap(([name, home]) => {
    const parts = partsOf[name];
    return parts === undefined ? [home] : parts.map((part) => join(home, part)).filter((path) => existsSync(path));
  });
}

/** Homes that also hold the user's own sources or logins. */
const partsOf: Readonly<Record<string, readonly string[]>> = {
  CARGO_HOME: ['bin', 'env', 'git', 'registry'],
  GOPATH: ['bin', 'pkg'],
  PUB_CACHE: ['bin', 'git', 'global_packages', 'hosted', 'hosted-hashes'],
  BUN_INSTALL: ['bin', 'install'],
};

/** `<toolchain>/bin` works only with what lies beside it; a folder of loose programs stands for itself. */
function toolRoot(folder: string, isExact: (path: string) => boolean): string {
  const above = dirname(folder);
  const isPart =
    ['bin', 'sbin', 'shims'].includes(basename(folder)) && beside.some((name) => existsSync(join(above, name)));
  const isLoose = basename(above) === '.local' || existsSync(join(above, 'registry'));
  return isPart && !isLoose && isExact(above) ? above : folder;
}

const beside = ['lib', 'lib64', 'libexec', 'jre', 'packages', 'versions', 'pyvenv.cfg'];

const systemFolders = new Set(['/usr/bin', '/bin', '/usr/sbin', '/sbin']);
const maxLinks = 500;

function linkTargets(folder: string): readonly string[] {
  if (systemFolders.has(real(folder))) return [];
  const links = entries(folder).filter((entry) => entry.isSymbolicLink());
  return links.slice(0, maxLinks).map(({ name }) => real(join(folder, name)));
}

const credentialNames = [
  ...['.npmrc', '.netrc', '.pypirc', '.env', '.yarnrc.yml', 'auth.json', 'gradle.properties', 'settings.xml'],
  ...['credentials', 'credentials.json', 'credentials.toml', 'pub-credentials.json', 'bunfig.toml'],
];

function credentialsIn(folder: string): readonly string[] {
  return credentialNames.map((name) => join(folder, name)).filter((file) => existsSync(file));
}

function entries(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** A link that leads nowhere stands for itself. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
