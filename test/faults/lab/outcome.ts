import { inspectWorld, type Ledger } from './oracle.ts';
import { requestsPerAttempt } from './script.ts';
import type { Finding } from './tally.ts';
import { said, type World } from './world.ts';

const workers = 2;
/** How the suites run: two stories at a time, without words. */
export const runArgs = ['run', '--quiet', '--parallel', String(workers)] as const;

/** The oracle's word on a world whose stories take two answers each. */
export async function inspect(world: World, moment: 'killed' | 'ended'): Promise<readonly Finding[]> {
  const honest = world.stories.filter((story) => story.honest).length;
  // A liar is asked as often as the ladder has rungs.
  const counts = honest === world.stories.length;
  const answersAtMost = counts ? requestsPerAttempt * (honest + workers * world.kills()) : null;
  return inspectWith(world, moment, { answersAtMost, maxCostUsd: null });
}

export function inspectWith(
  world: World,
  moment: 'killed' | 'ended',
  limits: Pick<Ledger, 'answersAtMost' | 'maxCostUsd'> & Partial<Pick<Ledger, 'billed'>>,
): Promise<readonly Finding[]> {
  const { repository, stateDir, stories, server, before, start } = world;
  return inspectWorld(repository, stateDir, { stories, billed: server.ledger, before, start, moment, ...limits });
}

/** One more run, which must reach what the script makes true, and say so with its exit code. */
export async function toTheEnd(world: World): Promise<readonly Finding[]> {
  const ended = await world.prd(runArgs).ended;
  const findings = [...(await inspect(world, 'ended'))];
  const liars = world.stories.some(({ honest }) => !honest);
  const right = liars ? ended.exit === 3 || ended.exit === 1 : ended.exit === 0;
  if (!right) findings.push({ column: 'unrecovered', detail: said(ended) });
  return [...findings, ...(await openStories(world))];
}

/** Honest stories that do not pass in the end. */
export async function openStories({ repository, stories }: World): Promise<readonly Finding[]> {
  const text = await repository.git('show', 'main:PRD.json');
  const prd = JSON.parse(text) as { userStories: { id: string; passes: boolean }[] };
  const passing = new Set(prd.userStories.filter(({ passes }) => passes).map(({ id }) => id));
  const open = stories.filter(({ id, honest }) => honest && !passing.has(id));
  return open.map(({ id }): Finding => ({ column: 'unrecovered', detail: `${id} is still open` }));
}
