import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { attemptRef } from '../../../src/run/attempt-ref.ts';
import { gitIn, type TemporaryRepository } from '../../helpers/repository.ts';
import type { Journals } from './journals.ts';
import type { Finding } from './tally.ts';

/** V2: whatever an attempt made is a ref of the vault, or its folder is still there, whole. */
export async function attemptFindings(
  repo: TemporaryRepository,
  { dir, records }: Journals,
): Promise<readonly Finding[]> {
  const refs = dir === null ? new Set<string>() : await refsOf(join(dir, 'vault.git'), repo);
  const findings: Finding[] = [];
  for (const record of records) {
    if (record.type !== 'attempt.started') continue;
    const { story, attempt, workspace } = record.data;
    const ended = records.find(
      ({ type, data }) => type === 'attempt.finished' && data.story === story && data.attempt === attempt,
    );
    // What never wrote a byte has nothing to lose.
    const wrote = ended?.type === 'attempt.finished' ? ended.data.snapshot !== null : true;
    if (!wrote || refs.has(attemptRef(story, attempt)) || (await isWhole(workspace))) continue;
    findings.push({ column: 'lost attempts', detail: `${story}, attempt ${attempt}: neither a ref nor a folder` });
  }
  return findings;
}

async function refsOf(vault: string, { folder, env }: TemporaryRepository): Promise<ReadonlySet<string>> {
  const git = gitIn(folder, env);
  const listing = await git('--git-dir', vault, 'for-each-ref', '--format=%(refname)', 'refs/prd/attempts').catch(
    () => '',
  );
  return new Set(listing.split('\n'));
}

/** Every file of the base is there: no removal has begun. */
async function isWhole(workspace: string): Promise<boolean> {
  const facts = await Promise.all(
    ['README.md', 'mine.txt'].map((name) => stat(join(workspace, name)).catch(() => null)),
  );
  return facts.every((found) => found !== null);
}
