import type { AttemptEnd, AttemptJob, FinishClaim, FinishVerdict } from '../agent/implementer.ts';
import { crashPoint } from '../host/crash-point.ts';
import type { Role } from '../plan/plan.ts';
import { writeSpec } from '../spec/spec.ts';
import type { Oid, Workspace } from '../workspace/workspace.ts';
import { judgeWork, type Stored, storeWork, type Work } from './finish.ts';
import { policyNotes } from './policy.ts';
import type { StoryRun } from './story-run.ts';

export interface AttemptOrder {
  /** From 1, counted over the whole life of the story. */
  readonly attempt: number;
  readonly role: Role;
  readonly why: string;
  readonly from: Oid;
  /** What earlier attempts met, for the implementer to read. */
  readonly before: string | null;
}

export interface AttemptResult {
  readonly attempt: number;
  readonly role: Role;
  readonly model: string;
  readonly workspace: string;
  readonly end: AttemptEnd;
  /** What the workspace held at the end. */
  readonly stored: Stored;
  /** What the checks said of it; null when the implementer did not get that far. */
  readonly work: Work | null;
}

/** Red checks are fed back into the same conversation this often; then a fresh attempt is cheaper. */
const redRounds = 2;

/** One try: a fresh workspace, one implementer, and everything it made stored before the folder goes. */
export async function attemptStory(run: StoryRun, order: AttemptOrder): Promise<AttemptResult> {
  const started = run.deps.mono();
  const workspace = await openWorkspace(run, order);
  const bench = openBench(run, order, workspace);
  const end = await implement(run, order, workspace, bench);
  crashPoint('attempt.before-end');
  const work = end.kind === 'finished' ? bench.work() : null;
  const stored = work ?? (await storeWork(run, order.attempt, workspace));
  await emitEnd(run, order, end, stored, { turns: bench.turns(), durationMs: Math.round(run.deps.mono() - started) });
  // Not in a `finally`: after an error the folder is all there is of the work, and the journal knows where it is.
  crashPoint('gc.after-intent');
  await workspace.remove();
  const { attempt, role } = order;
  const model = modelName(run.planned, role, run.deps.roles);
  return { attempt, role, model, workspace: workspace.dir, end, stored, work };
}

async function openWorkspace({ deps, planned, base, setup }: StoryRun, order: AttemptOrder): Promise<Workspace> {
  const { attempt, role, from, why } = order;
  const story = planned.story.id;
  const workspace = await deps.openWorkspace(from, base, `${story}-${attempt}`, setup);
  crashPoint('ws.after-clone');
  const model = modelName(planned, role, deps.roles);
  const { marker } = deps;
  const data = { story, attempt, role, model, base, from, workspace: workspace.dir, marker, why };
  await deps.emit({ type: 'attempt.started', data });
  crashPoint('attempt.after-start');
  return workspace;
}

/** What `finish` calls leave behind while the attempt lasts. */
interface Bench {
  readonly finish: (claim: FinishClaim) => Promise<FinishVerdict>;
  readonly work: () => Work | null;
  readonly turned: () => void;
  readonly turns: () => number;
}

function openBench(run: StoryRun, { attempt }: AttemptOrder, workspace: Workspace): Bench {
  let work: Work | null = null;
  let red = 0;
  let turns = 0;
  const finish = async (): Promise<FinishVerdict> => {
    const order = { attempt, roundsLeft: redRounds - red - 1, previous: work?.signature ?? null };
    work = await judgeWork(run, order, workspace);
    if (!work.green) red += 1;
    return { green: work.green, again: !work.green && red < redRounds, feedback: work.feedback };
  };
  const turned = (): void => {
    turns += 1;
  };
  return { finish, work: () => work, turned, turns: () => turns };
}

async function implement(run: StoryRun, order: AttemptOrder, workspace: Workspace, bench: Bench): Promise<AttemptEnd> {
  const { deps, planned, checks, shared, request } = run;
  const spec = await writeSpec(
    { story: planned.story, checks, from: order.from, shared, before: order.before },
    deps.vault,
  );
  crashPoint('plan.after-spec');
  const job: AttemptJob = {
    story: planned.story.id,
    attempt: order.attempt,
    role: order.role,
    model: deps.entry(modelName(planned, order.role, deps.roles)),
    spec,
    workspace,
    limits: request.limits.attempt[order.role],
    finish: bench.finish,
    policyNote: await policyNotes(run),
    emit: async (event) => {
      if (event.type === 'agent.turn') bench.turned();
      await deps.emit(event);
    },
    signal: deps.stop,
  };
  return deps.implementer.attempt(job);
}

/** A story that moved up goes to the orchestrator's model, whatever it names itself. */
function modelName({ role, model }: StoryRun['planned'], by: Role, roles: Readonly<Record<Role, string>>): string {
  return role === by ? model : roles[by];
}

async function emitEnd(
  { deps, planned }: StoryRun,
  { attempt }: AttemptOrder,
  end: AttemptEnd,
  stored: Stored,
  spent: { readonly turns: number; readonly durationMs: number },
): Promise<void> {
  // A finished attempt with red checks is told apart from a green one: only the green one waits for its verdict.
  const kind = end.kind === 'finished' && !end.green ? 'red' : end.kind;
  const data = {
    story: planned.story.id,
    attempt,
    end: kind,
    detail: endDetail(end),
    snapshot: stored.snapshot,
  };
  await deps.emit({ type: 'attempt.finished', data: { ...data, ...spent } });
}

/** What people and the ladder need of an end: one line, however much a program printed when it died. */
export function endDetail(end: AttemptEnd): string {
  return detailOf(end).replace(/\s+/g, ' ').trim().slice(0, 300);
}

function detailOf(end: AttemptEnd): string {
  switch (end.kind) {
    case 'finished':
      return end.summary;
    case 'blocked':
      return end.reason;
    case 'needs-orchestrator':
      return end.question;
    case 'limit':
      return `${end.limit} limit: ${end.detail}`;
    case 'stuck':
    case 'refused':
      return end.detail;
    case 'provider':
      return end.said === '' ? end.failure : `${end.failure}: ${end.said}`;
    case 'aborted':
      return 'interrupted';
    default:
      return end satisfies never;
  }
}
