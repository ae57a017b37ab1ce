import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { writeAtomic } from '../host/atomic-write.ts';
import { PrdError } from '../problem.ts';
import type { FoundPrd } from './find-prd.ts';

/**
 * Writes a PRD back where it was read. Rejects with `edit-refused` when it lies outside the repository or changed since it was
 * read, and with `disk`.
 */
export async function replacePrd(
  { realPath, shown }: FoundPrd,
  before: string,
  after: string,
  root: string,
): Promise<void> {
  if (relative(root, realPath).startsWith('..')) {
    throw new PrdError({ code: 'edit-refused', file: shown, why: 'it links to a file outside this repository' });
  }
  await writeAtomic(realPath, after, { expect: createHash('sha256').update(before).digest('hex') });
}
