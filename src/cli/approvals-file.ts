import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { writeAtomic } from '../host/atomic-write.ts';
import { onDisk } from '../host/file-operations.ts';
import { textFiles } from '../host/text-files.ts';
import { PrdError } from '../problem.ts';
import { type Approvals, noApprovals } from '../verify/approval.ts';
import type { RepositoryState } from './open-repository.ts';

const stored = z.strictObject({
  version: z.literal(1),
  always: z.boolean(),
  approved: z.array(
    z.strictObject({
      kind: z.enum(['check', 'setup', 'owns', 'need']),
      text: z.string(),
      cwd: z.string().nullable(),
      at: z.string(),
    }),
  ),
});

/** What was approved in this repository, kept outside of it. Rejects with `bad-config` when the file is damaged. */
export async function readApprovals({ dir }: Pick<RepositoryState, 'dir'>): Promise<Approvals> {
  const text = await textFiles(dir).read('approvals');
  if (text === null) return noApprovals;
  const read = stored.safeParse(parsed(text));
  if (read.success) return { always: read.data.always, approved: read.data.approved };
  // Damage is never read as "nothing": somebody would be asked again and not know why.
  throw new PrdError({
    code: 'bad-config',
    file: fileIn(dir),
    what: 'approvals that cannot be read; `prd trust revoke` starts afresh',
    at: null,
  });
}

export async function writeApprovals({ dir }: Pick<RepositoryState, 'dir'>, approvals: Approvals): Promise<void> {
  const text = `${JSON.stringify({ version: 1, ...approvals }, null, 2)}\n`;
  await onDisk('create', dir, () => mkdir(dir, { recursive: true, mode: 0o700 }));
  await writeAtomic(fileIn(dir), text, { mode: 0o600 });
}

/** Forgets every approval of this repository. */
export async function dropApprovals({ dir }: Pick<RepositoryState, 'dir'>): Promise<void> {
  await rm(fileIn(dir), { force: true });
}

function fileIn(dir: string): string {
  return join(dir, 'approvals.json');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
