import { openedRepository } from '../../workspace/opened-repository.ts';
import { brokenHere } from '../lab/broken-here.ts';
import type { Lab } from '../lab/build.ts';
import { type Amount, type Finding, type Tally, tally } from '../lab/tally.ts';

const contenders = 24;

/** As many landings at once want the same branch at the same commit: exactly one gets it, and the tip is the winner's. */
export function contend(lab: Lab, amount: Amount): Promise<Tally> {
  return brokenHere(lab, async () => {
    const repo = await openedRepository();
    try {
      const commits = await Promise.all(
        Array.from({ length: contenders }, (_, index) => repo.candidate({ 'contender.txt': `${index}\n` })),
      );
      const round = { name: 'round', run: () => oneRound(repo, commits) };
      return await tally(
        'CAS',
        Array.from({ length: amount.runs }, () => round),
        { ...amount, workers: 1 },
      );
    } finally {
      await repo.cleanup();
    }
  });
}

async function oneRound(
  { checkout, git, base }: Awaited<ReturnType<typeof openedRepository>>,
  commits: readonly string[],
): Promise<readonly Finding[]> {
  await git('update-ref', 'refs/heads/contest', base);
  const outcomes = await Promise.all(commits.map((commit) => checkout.moveBranch('contest', base, commit)));
  const winners = commits.filter((_, index) => outcomes[index] === 'moved');
  const tip = await git('rev-parse', 'refs/heads/contest');
  if (winners.length === 1 && winners[0] === tip) return [];
  return [{ column: 'double landings', detail: `${winners.length} of ${contenders} were told that they landed` }];
}
