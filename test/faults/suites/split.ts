import type { CrashPoint } from '../../../src/host/crash-point.ts';
import type { Asked, Responder, Turn } from '../../../src/models/scripted/turn.ts';
import { wireRefinement } from '../../spec/wire-refinement.ts';
import type { Lab } from '../lab/build.ts';
import { inspectWith, openStories } from '../lab/outcome.ts';
import { type ScriptedStory, stories, turnOf } from '../lab/script.ts';
import { type Amount, type Finding, type Job, type Tally, tally } from '../lab/tally.ts';
import { openWorld, said, type World } from '../lab/world.ts';

/** Moments of a run in which the orchestrator has answered, or what it taught is on its way into the coaching file. */
const points = [
  'plan.after-refine',
  'review.after-answer',
  'coach.before-commit',
  'coach.after-commit',
] as const satisfies readonly CrashPoint[];

const splitArgs = ['run', '--quiet', '--refine', 'always', '--review', 'always'] as const;

/** SIGKILL around refine, review and coaching: what was answered is not asked again, and what was learned is not lost. */
export function killInSplit(lab: Lab, amount: Amount): Promise<Tally> {
  const jobs = Array.from({ length: amount.runs }, (_, index): Job => {
    const point = points[index % points.length] ?? 'plan.after-refine';
    const visits = point.startsWith('coach.') ? 1 : 2;
    const at = `${point}:${(Math.floor(index / points.length) % visits) + 1}`;
    return { name: at, run: () => killedAt(lab, at) };
  });
  return tally('KILL-split', jobs, amount);
}

async function killedAt(lab: Lab, at: string): Promise<readonly Finding[]> {
  const all = stories(2);
  const world = await openWorld(lab, { stories: all, answer: splitTurns(all) });
  try {
    const killed = await world.prd(splitArgs, { PRD_CRASH: at }).ended;
    if (killed.exit !== null) return [{ column: 'unrecovered', detail: `never got there: ${said(killed)}` }];
    const ended = await world.prd(splitArgs).ended;
    const wrong: Finding[] = ended.exit === 0 ? [] : [{ column: 'unrecovered', detail: said(ended) }];
    const sane = await inspectWith(world, 'ended', { answersAtMost: null, maxCostUsd: null });
    return [...wrong, ...sane, ...(await openStories(world)), ...paidTwice(world), ...(await forgotten(world))];
  } finally {
    await world.close();
  }
}

/** Two refines; one review for each story, and a second one where the first sent the work back. */
const answers = { Refine: 2, Review: 3 } as const;

function paidTwice({ server }: World): readonly Finding[] {
  return Object.entries(answers).flatMap(([step, enough]) => {
    const asked = server.requests.filter(({ text }) => text.includes(`"# ${step} US-`)).length;
    return asked === enough
      ? []
      : [{ column: 'unrecovered', detail: `${step} was paid ${asked} times, not ${enough}` }];
  });
}

async function forgotten({ repository }: World): Promise<readonly Finding[]> {
  const file = await repository.git('show', 'main:.prd/coaching.md').catch(() => '');
  const times = file.split(lesson).length - 1;
  return times === 1
    ? []
    : [{ column: 'unrecovered', detail: `the lesson stands ${times} times in the coaching file` }];
}

const lesson = 'Say who wrote it (not only what) in every text file';
const line = 'written by the lab';

/** Every story is refined, built in one turn, and read; the first review of the first story sends it back once. */
function splitTurns(all: readonly ScriptedStory[]): Responder {
  return (asked): Turn => {
    const text = JSON.stringify(asked.request.messages[0]);
    const [, step = '', id = ''] = /# (Refine|Review|Story) (US-\d+):/.exec(text) ?? [];
    const story = all.find((one) => one.id === id);
    if (story === undefined) return { say: 'nobody asked me', calls: [] };
    if (step === 'Refine') return { calls: [{ tool: 'submit_refinement', input: { stories: [wireRefinement(id)] } }] };
    return step === 'Review' ? review(story, text) : build(story, asked, text);
  };
}

function build({ file }: ScriptedStory, asked: Asked, text: string): Turn {
  const again = text.includes('What happened before');
  if (again && turnOf(asked) === 0) return { calls: [{ tool: 'read', input: { files: [{ path: file }] } }] };
  const content = again || file !== 'part-1.txt' ? `done\n${line}\n` : 'done\nby nobody at all\n';
  const finish = { tool: 'finish', input: { status: 'done', summary: 'done', criteria: [] } };
  return { calls: [{ tool: 'write', input: { path: file, content } }, finish] };
}

function review({ file }: ScriptedStory, text: string): Turn {
  const good = text.includes(line);
  const evidence = { path: file, line: 2, quote: line };
  const criteria = [1, 2].map((n) => (good ? { n, status: 'met', evidence } : { n, status: 'unmet', evidence: null }));
  const remark = { severity: 'blocker', path: file, line: 2, problem: 'nobody wrote it', fix: `say ${line}` };
  const answer = good
    ? { verdict: 'approve', criteria, remarks: [], coaching: null }
    : { verdict: 'revise', criteria, remarks: [remark], coaching: lesson };
  return { calls: [{ tool: 'submit_review', input: answer }] };
}
