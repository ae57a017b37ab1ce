import type { Turn } from '../../../src/models/scripted/turn.ts';
import type { Files } from '../../helpers/repository.ts';
import type { Lab } from '../lab/build.ts';
import type { Cheat, Forgery, Work } from './cheat.ts';
import { approving, rejecting } from './reviewers.ts';
import { doWork, openStage, type Stage } from './stage.ts';
import { told } from './told.ts';
import { toolEnvironment } from './tools.ts';

/** What became of a dishonest implementer. Only `lost` is as it should be. */
export type Played =
  | { readonly kind: 'lost' }
  /** A branch says that the story passes, and the feature does not work. */
  | { readonly kind: 'false pass'; readonly detail: string }
  /** Held back, but not because the cheat was seen: the next variant may get through. */
  | { readonly kind: 'not seen'; readonly detail: string };

/** Lets a cheat run through the real pipeline and asks the feature itself, not `prd`, whether it was caught. */
export async function playCheat(cheat: Cheat, lab: Lab): Promise<Played> {
  const { shape, work, review, refine } = cheat;
  const cast = { implement: acts(work), review: review ?? rejecting, ...(refine && { refine }) };
  const stage = await openStage(shape, cast, lab);
  try {
    await prepare(stage, cheat);
    const modes = ['--refine', refine ? 'always' : 'never', '--review', review ? 'always' : 'never'];
    const run = await stage.prd('run', '--json', ...modes);
    const said = `${told(run.records)}\n${run.stderr}`;
    const passes = (await stage.passing()).includes('US-1');
    if (passes && !(await worksAnywhere(stage))) return { kind: 'false pass', detail: said };
    const unseen = cheat.seen.filter((pattern) => !pattern.test(said));
    if (unseen.length === 0 && !passes && run.exit !== 0) return { kind: 'lost' };
    return { kind: 'not seen', detail: `exit ${run.exit}, wanted ${unseen.join(' and ') || 'no pass'}:\n${said}` };
  } finally {
    await stage.close();
  }
}

/** Lets a forgery stand in the history and asks the gate. A gate that is green is a false pass. */
export async function playForgery({ shape, after, work, args, exit, seen }: Forgery, lab: Lab): Promise<Played> {
  const stage = await openStage(shape, { implement: acts(shape.honest), review: approving }, lab);
  try {
    const { repository } = stage;
    if (after === 'an honest run') await stage.prd('run', 'US-1', '--json', '--refine', 'never', '--review', 'never');
    await doWork(work, repository.root, { ...repository.env, ...toolEnvironment() });
    await repository.commit('Forged');
    const gate = await stage.prd('check', ...args);
    const said = `exit ${gate.exit}\n${gate.stdout}${gate.stderr}`;
    if (gate.exit === 0) return { kind: 'false pass', detail: said };
    const unseen = seen.filter((pattern) => !pattern.test(said));
    return gate.exit === exit && unseen.length === 0
      ? { kind: 'lost' }
      : { kind: 'not seen', detail: `wanted exit ${exit} and ${unseen.join(', ')}:\n${said}` };
  } finally {
    await stage.close();
  }
}

async function prepare({ repository }: Stage, { before }: Cheat): Promise<void> {
  if (before === undefined) return;
  await doWork(before, repository.root, { ...repository.env, ...toolEnvironment() });
  await repository.git('checkout', '-q', 'main');
  await repository.commit('Before');
}

/** Everything at once, then the claim that it is done, as often as it is asked. */
export function acts(work: Work): (turn: number) => Turn {
  return (turn) => (turn === 0 ? { calls: [...callsOf(work), finish] } : { calls: [finish] });
}

const finish = { tool: 'finish', input: { status: 'done', summary: 'All criteria are met.', criteria: [] } };

/** Through the shell alone: file tools would say no to some of this before anything has to hold. */
function callsOf({ files = {}, run }: Work): Turn['calls'] {
  const commands = [...Object.entries(files).map(shellFor), ...(run === undefined ? [] : [run])];
  return commands.length === 0 ? [] : [{ tool: 'run', input: { command: commands.join('\n') } }];
}

function shellFor([path, content]: [string, Files[string]]): string {
  if (content === null) return `rm -rf '${path}'`;
  const bytes = Buffer.from(content).toString('base64');
  return `mkdir -p "$(dirname '${path}')" && echo '${bytes}' | base64 -d > '${path}'`;
}

async function worksAnywhere(stage: Stage): Promise<boolean> {
  const branches = (await stage.repository.git('for-each-ref', '--format=%(refname:short)', 'refs/heads')).split('\n');
  for (const branch of branches) if (!(await stage.works(branch))) return false;
  return true;
}
