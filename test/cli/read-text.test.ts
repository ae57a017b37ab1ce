import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInput, readText } from '../../src/cli/read-text.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prd-read-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, 'f'), bytes);
  return readText(join(folder, 'f'), 'PRD.json');
}

describe('a file', () => {
  it('is read as UTF-8 with everything in it', async () => {
    expect(await read('\ufeff{ "a": "é 🛒" }\r\n')).toBe('\ufeff{ "a": "é 🛒" }\r\n');
  });

  it.each([
    ['UTF-16, little end first', Buffer.from('\ufeff{}', 'utf16le'), 'UTF-16'],
    ['UTF-16, big end first', Buffer.from('\ufeff{}', 'utf16le').swap16(), 'UTF-16'],
    ['UTF-16 without a mark', Buffer.from('{}', 'utf16le'), 'UTF-16 or binary'],
    ['Latin 1', Buffer.from('{ "a": "é" }', 'latin1'), 'in an unknown encoding'],
  ])('in %s is refused, not guessed', async (_, bytes, encoding) => {
    const problem = { code: 'unsupported-encoding', file: 'PRD.json', encoding };
    await expect(read(bytes)).rejects.toMatchObject({ problem });
  });

  it('that is not there, or is a folder, is named as the user named it', async () => {
    const missing = { code: 'file-missing', file: 'PRD.json', looked: [] };
    await expect(readText(join(folder, 'none'), 'PRD.json')).rejects.toMatchObject({ problem: missing });
    const unreadable = { code: 'file-unreadable', file: 'PRD.json', why: 'EISDIR' };
    await expect(readText(folder, 'PRD.json')).rejects.toMatchObject({ problem: unreadable });
  });
});

it('stdin is read whole, also when a character is cut between two chunks', async () => {
  const bytes = Buffer.from('{ "a": "🛒" }');
  async function* chunks() {
    yield bytes.subarray(0, 9);
    yield bytes.subarray(9);
  }
  expect(await readInput({ [Symbol.asyncIterator]: chunks }, '<stdin>')).toBe('{ "a": "🛒" }');
});
