import { PrdError } from '../problem.ts';
import { gitOk } from './git.ts';
import { objectMemory } from './object-memory.ts';
import type { VaultFolder } from './vault-folder.ts';
import type { Oid } from './workspace.ts';

interface Waiting {
  readonly blob: Oid;
  resolve(bytes: Buffer): void;
  reject(error: unknown): void;
}

/**
 * Reads blobs. Calls of the same moment share one git process: starting one costs more than reading a hundred files.
 * Rejects with `objects-missing` for an unknown id.
 */
export function openBlobReader(vault: VaultFolder): (blob: Oid) => Promise<Buffer> {
  const read = batchedReader(vault);
  return async (blob) => {
    const known = small.known(vault, blob);
    if (known !== null) return known;
    const bytes = await read(blob);
    return bytes.length > smallBytes ? bytes : small.of(vault, blob, async () => bytes);
  };
}

/** The PRD, prompts' files and manifests are read at each step of each story. */
const smallBytes = 64_000;
const small = objectMemory<Buffer>(256);

/** Remembers a blob that was just made. */
export function knowBlob(vault: VaultFolder, blob: Oid, bytes: Buffer): void {
  if (bytes.length <= smallBytes) void small.of(vault, blob, async () => bytes);
}

function batchedReader(vault: VaultFolder): (blob: Oid) => Promise<Buffer> {
  let waiting: Waiting[] = [];
  const readAll = async () => {
    const batch = waiting;
    waiting = [];
    try {
      const names = batch.map(({ blob }) => blob);
      for (const [place, bytes] of (await readBlobs(vault, names)).entries()) settle(batch[place], bytes);
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  };
  return (blob) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(readAll);
      waiting.push({ blob, resolve, reject });
    });
}

/** The contents of blobs in the order of their names, null for those that are not there. */
async function readBlobs(vault: VaultFolder, blobs: readonly Oid[]): Promise<(Buffer | null)[]> {
  const output = await gitOk(vault.git, {
    gitDir: vault.dir,
    args: ['cat-file', '--batch'],
    input: blobs.map((blob) => `${blob}\n`).join(''),
  });
  return parseBatch(output);
}

/** Reads what `cat-file --batch` prints: `<id> <type> <size>`, the bytes, a newline; or `<name> missing`. */
export function parseBatch(output: Buffer): (Buffer | null)[] {
  const found: (Buffer | null)[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const size = /^[0-9a-f]+ \w+ (\d+)$/.exec(output.toString('utf8', at, end))?.[1];
    const start = end + 1;
    found.push(size === undefined ? null : output.subarray(start, start + Number(size)));
    at = size === undefined ? start : start + Number(size) + 1;
  }
  return found;
}

function settle(one: Waiting | undefined, bytes: Buffer | null): void {
  if (one === undefined) return;
  // A copy: a slice would keep the whole batch in memory.
  if (bytes !== null) one.resolve(Buffer.from(bytes));
  else one.reject(new PrdError({ code: 'objects-missing', commit: one.blob }));
}
