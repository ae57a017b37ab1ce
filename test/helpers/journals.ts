import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCommands } from '../../src/host/command.ts';
import { statePaths } from '../../src/host/paths.ts';
import type { JournalRecord } from '../../src/run/events.ts';
import { openGit } from '../../src/workspace/git.ts';
import { findRepository } from '../../src/workspace/repository.ts';
import type { TemporaryRepository } from './repository.ts';

/** Where `prd` keeps the journals of a temporary repository. */
export async function runsFolder({ env, root }: TemporaryRepository): Promise<string> {
  const git = await openGit(openCommands(), env);
  const found = await findRepository(git, root);
  return join(statePaths(env, env.HOME ?? '').stateHome, found.id, 'runs');
}

/** A journal as an earlier run left it. */
export async function writeJournal(
  repository: TemporaryRepository,
  run: string,
  records: readonly JournalRecord[],
): Promise<void> {
  const runs = await runsFolder(repository);
  await mkdir(runs, { recursive: true });
  const lines = records.map((one, seq) => `${JSON.stringify({ ...one, seq })}\n`).join('');
  await writeFile(join(runs, `${run}.jsonl`), lines);
}
