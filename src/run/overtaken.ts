import { isPrds } from '../land/evidence-body.ts';
import { headAndTail } from '../verify/output.ts';
import type { Obstacle } from '../verify/verdict.ts';
import type { Oid } from '../workspace/workspace.ts';
import type { EventData } from './events.ts';
import type { Stored } from './finish.ts';
import type { Judged } from './judge-and-land.ts';
import type { PastAttempt } from './state.ts';
import type { StoryRun } from './story-run.ts';

type Overtaken = EventData<'attempt.overtaken'>;

/** So many characters of a diff tell an implementer enough. */
const diffLimit = 6_000;
const mostFiles = 200;

/** What green work met that could not land beside what landed meanwhile; null: it failed by itself. Says nothing. */
export async function whatItMet(
  run: StoryRun,
  past: PastAttempt,
  { changes }: Stored,
  { verdict, obstacle, head }: Pick<Judged, 'verdict' | 'obstacle' | 'head'>,
): Promise<Overtaken | null> {
  const now = head ?? (await run.target.head());
  const met = run.meanwhile.since(past.base);
  const passedMeanwhile = met.map(({ story }) => story);
  const raced = verdict === 'conflict' || (now !== past.base && needsBoth(obstacle, passedMeanwhile));
  if (!raced) return null;
  return {
    story: run.planned.story.id,
    attempt: past.attempt,
    head: now,
    paths: obstacle?.code === 'conflict' ? [...obstacle.paths].slice(0, mostFiles) : [],
    files: changes.map(({ path }) => path).slice(0, mostFiles),
    met: await Promise.all(
      met.map(async (one) => ({ story: one.story, files: await filesOf(run, one.from, one.commit) })),
    ),
  };
}

/** The story's own checks were green on its base, so it takes what landed since to make them red. */
function needsBoth(obstacle: Obstacle | null, landed: readonly string[]): boolean {
  if (obstacle?.code === 'regresses') return landed.includes(obstacle.story);
  return obstacle?.code === 'check-red' || obstacle?.code === 'check-absent';
}

/** What a landing changed beside its own evidence and the PRD. */
async function filesOf({ deps, request }: StoryRun, from: Oid, to: Oid): Promise<string[]> {
  const changes = await deps.vault.changes(from, to);
  const code = changes.filter(({ path }) => !isPrds(path, request.prdPath));
  return code.map(({ path }) => path).slice(0, mostFiles);
}

export interface Again {
  /** The work of then on the branch as it is now; null where the two do not go together. */
  readonly start: Oid | null;
  /** What the implementer has to know. */
  readonly words: string;
}

/** Where an overtaken story goes on: on the present head, with its work where that merges, told what it met. */
export async function goOnWith(run: StoryRun, past: PastAttempt, head: Oid): Promise<Again> {
  const start = await mergedOnto(run, past, head);
  const landed = past.overtaken?.met.map(({ story, files }) => `- ${story}: ${files.join(', ')}`) ?? [];
  const paths = past.overtaken?.paths ?? [];
  const said = [
    'The work was green where it started. It does not go with what landed meanwhile; nobody made a mistake.',
    landed.length === 0 ? '' : `Landed meanwhile:\n${landed.join('\n')}`,
    paths.length === 0 ? '' : `In conflict: ${paths.join(', ')}`,
    await diffWords(run, 'What changed there since', past.base, head, theirPaths(past)),
    start === null
      ? await ownWords(run, past)
      : 'The files hold both now. Keep what landed, and make the checks green beside it.',
  ];
  return { start, words: said.filter((part) => part !== '').join('\n\n') };
}

async function mergedOnto(
  { deps, planned }: StoryRun,
  { base, snapshot }: PastAttempt,
  head: Oid,
): Promise<Oid | null> {
  if (snapshot === null || !(await deps.vault.contains(head, base))) return null;
  const merge = await deps.vault.merge(head, snapshot);
  if (merge.kind === 'conflict') return null;
  const message = `${planned.story.id}: with what landed meanwhile`;
  return deps.vault.commit({ tree: merge.tree, parents: [head], message });
}

/** The files in conflict say most; without one it is all that landed. */
function theirPaths({ overtaken }: PastAttempt): readonly string[] {
  if (overtaken === null) return [];
  return overtaken.paths.length > 0 ? overtaken.paths : overtaken.met.flatMap(({ files }) => files);
}

async function ownWords(run: StoryRun, { base, snapshot }: PastAttempt): Promise<string> {
  const own =
    snapshot === null ? '' : await diffWords(run, 'Your own changes, not in the files now', base, snapshot, null);
  return own === ''
    ? ''
    : `${own}\n\nThe files are as the branch has them now: make your changes again beside what landed.`;
}

async function diffWords(
  { deps }: StoryRun,
  title: string,
  from: Oid,
  to: Oid,
  paths: readonly string[] | null,
): Promise<string> {
  if (paths?.length === 0) return '';
  const diff = await deps.vault.diff(from, to, paths === null ? {} : { paths: paths.slice(0, mostFiles) });
  return diff === '' ? '' : `${title}:\n${headAndTail(diff, diffLimit)}`;
}
