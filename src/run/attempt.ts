import type { AttemptEnd, AttemptJob, FinishClaim, FinishVerdict, Spec } from '../agent/implementer.ts';
import { crashPoint } from '../host/crash-point.ts';
import type { Role } from '../plan/plan.ts';
import { type CoachingNote, noteId } from '../spec/coaching.ts';
import { notesFor } from '../spec/notes-for.ts';
import { writeSpec } from '../spec/spec.ts';
import type { Oid, Workspace } from '../workspace/workspace.ts';
import { endDetail } from './end-detail.ts';
import { judgeWork, type Stored, storeWork, type Work } from './finish.ts';
import { isInterruption } from './interrupted.ts';
import { policyNotes } from './policy.ts';
import type { StoryRun } from './story-run.ts';

export interface AttemptOrder {
  /** From 1, counted over the whole life of the story. */
  readonly attempt: number;
  readonly role: Role;
  readonly why: string;
  readonly from: Oid;
  /** `from` is the base with the exact edits of the refinement: where the checks are green on it, nobody is asked. */
  readonly edited: boolean;
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
/** More notes would drown the story. */
const maxLateLessons = 3;

/** One try: a fresh workspace, one implementer, and everything it made stored before the folder goes. */
export async function attemptStory(run: StoryRun, order: AttemptOrder): Promise<AttemptResult> {
  const started = run.deps.mono();
  const workspace = await openWorkspace(run, order);
  const bench = openBench(run, order, workspace);
  const end = await implement(run, order, workspace, bench).catch((error: unknown) => interruptedEnd(error, run));
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

/** What was made so far is stored as after any other end. */
function interruptedEnd(error: unknown, { deps }: StoryRun): AttemptEnd {
  if (!isInterruption(error, deps.stop)) throw error;
  return { kind: 'aborted' };
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
  /** The same before anybody worked: costs no round. */
  readonly look: () => Promise<Work>;
  readonly work: () => Work | null;
  readonly turned: () => void;
  readonly turns: () => number;
}

function openBench(run: StoryRun, { attempt }: AttemptOrder, workspace: Workspace): Bench {
  let work: Work | null = null;
  let red = 0;
  let turns = 0;
  const look = async (): Promise<Work> => {
    const order = { attempt, roundsLeft: redRounds - red - 1, previous: work?.signature ?? null };
    work = await judgeWork(run, order, workspace);
    return work;
  };
  const finish = async (): Promise<FinishVerdict> => {
    const { green, feedback } = await look();
    if (!green) red += 1;
    return { green, again: !green && red < redRounds, feedback };
  };
  const turned = (): void => {
    turns += 1;
  };
  return { finish, look, work: () => work, turned, turns: () => turns };
}

async function implement(run: StoryRun, order: AttemptOrder, workspace: Workspace, bench: Bench): Promise<AttemptEnd> {
  const { deps, planned, request } = run;
  const edited = order.edited ? await bench.look() : null;
  if (edited?.green) return { kind: 'finished', green: true, summary: 'the exact edits of the refinement' };
  const spec = await tell(run, order, edited);
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

/** Writes what the implementer is told, and which notes it carries. */
async function tell(run: StoryRun, { attempt, from, before }: AttemptOrder, edited: Work | null): Promise<Spec> {
  const { deps, planned, checks, prompt, refinement } = run;
  const own = notesFor(prompt.notes, planned.story, refinement);
  const late = lateLessons(run);
  const told = edited === null ? before : `The exact edits of the plan are in the files already.\n${edited.feedback}`;
  const { shared } = prompt;
  const notes = [...own, ...late];
  const spec = await writeSpec(
    { story: planned.story, checks, from, shared, before: told, refinement, notes },
    deps.vault,
  );
  const general = prompt.notes.filter(({ scope }) => scope === '**');
  const ids = [...general, ...notes].map(({ id }) => id);
  const data = { story: planned.story.id, attempt, notes: ids, files: [...spec.shown.keys()] };
  await deps.emit({ type: 'spec.written', data });
  return spec;
}

/** What was learned since the group of stories began, and does not head its prompts yet. */
function lateLessons({ lessons }: StoryRun): readonly CoachingNote[] {
  const late = lessons.pending().slice(-maxLateLessons);
  return late.map(({ text, scope, story, on }) => ({
    id: noteId(text),
    text,
    scope,
    story,
    lastHit: on,
    pinned: false,
  }));
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
