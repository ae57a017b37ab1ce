import { prdFileNames } from '../prd/find.ts';
import type { RefusedPath } from './workspace.ts';

const publicCopy = /\.(example|sample|template)$/;
const secretNames = [
  /^\.env/,
  /\.(pem|key|p12|pfx|jks|keystore|kdbx)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)$/,
  /^\.(netrc|pgpass|git-credentials|htpasswd)$/,
];
const secretFolders = new Set(['.ssh', '.aws', '.gnupg']);

export interface NameRules {
  /** Further files that only `prd` writes, relative to the root: the PRD, when `--file` names another. */
  readonly prdFiles?: readonly string[];
  /** Secret files that the user's own configuration lets agents see. */
  readonly allowSecret?: (path: string) => boolean;
}

/** What the name of a path alone forbids, also where nothing stands there yet; null when it is free. */
export function refusedName(path: string, rules: NameRules = {}): RefusedPath | null {
  const segments = path.split('/').map(foldName);
  if (segments.some((name) => name === '.git' || name === 'git~1') || segments[0] === '.prd') return 'protected';
  const own = [...prdFileNames, ...(rules.prdFiles ?? [])].map((file) => file.split('/').map(foldName).join('/'));
  if (own.includes(segments.join('/'))) return 'protected';
  return isSecret(segments) && !rules.allowSecret?.(path) ? 'secret' : null;
}

/** Names that no tool may be given, whatever stands there. */
export function isBadName(path: string): boolean {
  if (Buffer.byteLength(path) > 4_096 || badCharacters.test(path)) return true;
  return path.split('/').some((name) => Buffer.byteLength(name) > 255);
}

// Control bytes, backslashes (another separator elsewhere) and halves of surrogate pairs.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what we look for.
const badCharacters = /[\u0000-\u001f\u007f\\]|\p{Surrogate}/u;

function isSecret(segments: readonly string[]): boolean {
  const name = segments.at(-1) ?? '';
  if (publicCopy.test(name)) return false;
  return segments.some((folder) => secretFolders.has(folder)) || secretNames.some((pattern) => pattern.test(name));
}

// As the least careful file system would compare: case, Unicode form, characters without width, dots and blanks at the
// end and stream names do not count. Upper case first, because some letters meet only there.
function foldName(name: string): string {
  const visible = name.normalize('NFC').replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu, '');
  const folded = visible.toUpperCase().toLowerCase().replace(/:.*$/, '');
  return folded.replace(/[. ]+$/, '');
}
