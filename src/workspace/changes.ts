import { gitOk } from './git.ts';
import { objectMemory } from './object-memory.ts';
import { knowListing } from './objects.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Change, Oid, Vault } from './workspace.ts';

const between = objectMemory<readonly Change[]>(64);

/** What differs between two commits or trees, sorted by path. Renames are a deletion and an addition. */
export async function readChanges(vault: VaultFolder, from: Oid, to: Oid): Promise<readonly Change[]> {
  const args = ['diff-tree', '-r', '-z', ...plain, '--raw', '--end-of-options', from, to];
  const changes = await between.of(vault, `${from} ${to}`, async () =>
    parseChanges((await gitOk(vault.git, { gitDir: vault.dir, args })).toString('utf8')),
  );
  knowListing(vault, to, { from, changes });
  return changes;
}

/** Remembers what a commit that was just made changes. */
export function knowChanges(vault: VaultFolder, from: Oid, to: Oid, changes: readonly Change[]): void {
  void between.of(vault, `${from} ${to}`, async () => changes);
  knowListing(vault, to, { from, changes });
}

/** Unified diff for people and models; no external drivers, no colour. */
export async function readDiff(
  vault: VaultFolder,
  from: Oid,
  to: Oid,
  options: Parameters<Vault['diff']>[2] = {},
): Promise<string> {
  const context = options.context === 'function' ? '--function-context' : `--unified=${options.context ?? 3}`;
  const args = ['diff-tree', '-r', '-p', ...plain, context, '--no-color', '--end-of-options', from, to, '--'];
  const output = await gitOk(vault.git, { gitDir: vault.dir, args: [...args, ...(options.paths ?? [])] });
  return output.toString('utf8');
}

/** Options of every diff: nothing outside git answers, ids are whole. */
export const plain = ['--no-ext-diff', '--no-textconv', '--ignore-submodules=none', '--no-renames', '--no-abbrev'];

/** Reads raw diff output with NUL ends: `:<mode> <mode> <id> <id> <letter>`, then the path. */
export function parseChanges(raw: string): Change[] {
  const fields = raw.split('\0');
  const changes: Change[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode = '', newMode = '', oldBlob = '', newBlob = '', letter] = (fields[at] ?? '').slice(1).split(' ');
    const status = statusOf(letter);
    changes.push({
      path: fields[at + 1] ?? '',
      status,
      oldMode,
      newMode,
      oldBlob: real(oldBlob),
      newBlob: real(newBlob),
    });
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function statusOf(letter: string | undefined): Change['status'] {
  if (letter === 'A') return 'added';
  return letter === 'D' ? 'deleted' : 'modified';
}

function real(blob: string): string | null {
  return /^0*$/.test(blob) ? null : blob;
}
