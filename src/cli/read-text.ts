import { readFile, stat } from 'node:fs/promises';
import { PrdError, type Problem } from '../problem.ts';
import type { Input } from './context.ts';

const byteLimit = 50_000_000;

/** Reads a file as UTF-8, byte-order mark included. Rejects with a `PrdError` that names the file as `shown`. */
export async function readText(path: string, shown: string): Promise<string> {
  const bytes = await readBytes(path, shown);
  return decode(bytes, shown);
}

/** Reads all of stdin as UTF-8. */
export async function readInput(input: Input, shown: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return decode(Buffer.concat(chunks), shown);
}

async function readBytes(path: string, shown: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > byteLimit) throw new PrdError({ code: 'file-too-large', file: shown, bytes: size, limit: byteLimit });
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof PrdError) throw cause;
    throw new PrdError(unreadable(cause, shown), { cause });
  }
}

function unreadable(cause: unknown, file: string): Problem {
  const errno = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
  if (errno === 'ENOENT') return { code: 'file-missing', file, looked: [] };
  return { code: 'file-unreadable', file, why: errno };
}

function decode(bytes: Uint8Array, file: string): string {
  const encoding = foreignEncoding(bytes);
  if (encoding !== null) throw new PrdError({ code: 'unsupported-encoding', file, encoding });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new PrdError({ code: 'unsupported-encoding', file, encoding: 'in an unknown encoding' }, { cause });
  }
}

function foreignEncoding([first, second]: Uint8Array): string | null {
  if (first === 0xff && second === 0xfe) return 'UTF-16';
  if (first === 0xfe && second === 0xff) return 'UTF-16';
  return first === 0 || second === 0 ? 'UTF-16 or binary' : null;
}
