import type { ScriptedServer } from '../../../src/models/scripted/server.ts';
import type { TemporaryRepository } from '../../helpers/repository.ts';
import { type Journals, readJournals } from './journals.ts';
import { attemptFindings } from './oracle-attempts.ts';
import { branchFindings } from './oracle-branch.ts';
import { moneyFindings } from './oracle-money.ts';
import { leftoverFindings, tornFindings } from './oracle-remains.ts';
import type { ScriptedStory } from './script.ts';
import type { Finding } from './tally.ts';
import { type UsersOwn, usersOwn } from './world.ts';

/** What is true, whatever `prd` says: from the script, the scripted provider and the moment before the first run. */
export interface Ledger {
  readonly stories: readonly ScriptedStory[];
  readonly billed: ScriptedServer['ledger'];
  readonly before: UsersOwn;
  readonly start: string;
  /** More answers than this were not needed, kills included; null where nobody can know. */
  readonly answersAtMost: number | null;
  readonly maxCostUsd: number | null;
  /** `killed`: nothing has been put right yet. `ended`: the last `prd` has had its say. */
  readonly moment: 'killed' | 'ended';
}

/** The one judge of every suite: throws what it finds. */
export async function assertWorldIsSane(repo: TemporaryRepository, stateDir: string, ledger: Ledger): Promise<void> {
  const findings = await inspectWorld(repo, stateDir, ledger);
  if (findings.length > 0) throw new Error(findings.map(({ column, detail }) => `${column}: ${detail}`).join('\n'));
}

/** The same as data, for the report. */
export async function inspectWorld(
  repo: TemporaryRepository,
  stateDir: string,
  ledger: Ledger,
): Promise<readonly Finding[]> {
  const journals = await readJournals(stateDir);
  const findings = [
    ...(await tornFindings(repo, journals)),
    ...(await branchFindings(repo, ledger)),
    ...(await attemptFindings(repo, journals)),
    ...moneyFindings(journals, ledger),
  ];
  return ledger.moment === 'killed' ? findings : [...findings, ...(await endFindings(repo, journals, ledger))];
}

async function endFindings(repo: TemporaryRepository, journals: Journals, ledger: Ledger): Promise<readonly Finding[]> {
  const [now, left] = [await usersOwn(repo), await leftoverFindings(repo, journals)];
  const touched = JSON.stringify(now) === JSON.stringify(ledger.before);
  const detail = `the user's own is not as it was: ${JSON.stringify(now)} instead of ${JSON.stringify(ledger.before)}`;
  return touched ? left : [...left, { column: 'unrecovered', detail }];
}
