import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, sep } from 'node:path';

/** Folders that hold what no command should see: homes, sockets, what other programs put aside. */
const always = ['/home', '/root', '/tmp', '/var/tmp', '/run'];
/** What covers one of these would leave no system to run on. */
const system = ['/usr', '/bin', '/lib', '/lib64', '/etc', '/opt', '/nix/store'];

/** Existing folders to be emptied inside a box, real paths, none inside another; `own` are those of the user and of `prd`. */
export function boxMasks(own: readonly string[]): readonly string[] {
  const found = [...new Set([...always, tmpdir(), ...own].flatMap(realFolder))];
  const safe = found.filter((folder) => !system.some((path) => isWithin(path, folder)));
  return safe.filter((folder) => !safe.some((other) => other !== folder && isWithin(folder, other))).sort();
}

/** Is the path the folder or below it? Both absolute; whole segments are compared. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way.split(sep)[0] !== '..' && !isAbsolute(way));
}

/**
 * What root can change of the kernel in a fresh `/proc`: its owner needs no capability for that. Empty for everybody else,
 * who could not write there anyway.
 */
export function kernelSettings(): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  const names = ['acpi', 'asound', 'bus', 'fs', 'irq', 'mtrr', 'pressure', 'scsi', 'sys', 'sysrq-trigger'];
  return names.map((name) => `/proc/${name}`).filter((path) => existsSync(path));
}

/** Files of the system that only root may read: as root, a box would. */
export function rootSecrets(): readonly string[] {
  const keys = listed('/etc/ssh').filter((name) => /^ssh_host_.*_key$/.test(name));
  const files = ['/etc/shadow', '/etc/shadow-', '/etc/gshadow', '/etc/gshadow-', '/etc/sudoers', '/etc/krb5.keytab'];
  return [...files, ...keys.map((name) => join('/etc/ssh', name))].filter(isReadable);
}

function realFolder(path: string): readonly string[] {
  try {
    const real = realpathSync(path);
    return statSync(real).isDirectory() ? [real] : [];
  } catch {
    return [];
  }
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
