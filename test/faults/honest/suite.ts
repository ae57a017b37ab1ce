import type { Turn } from '../../../src/models/scripted/turn.ts';
import { acts } from '../cheats/play.ts';
import { approving } from '../cheats/reviewers.ts';
import type { Shape } from '../cheats/shape.ts';
import { shapes } from '../cheats/shapes.ts';
import { openStage } from '../cheats/stage.ts';
import { told } from '../cheats/told.ts';
import { missingTools } from '../cheats/tools.ts';
import type { Lab } from '../lab/build.ts';
import { daily } from './daily.ts';
import { ecosystems } from './ecosystems.ts';
import { ordinary } from './ordinary.ts';

/** Every honest solution: those that the cheats are played on, the ordinary shapes, the ecosystems. */
export const solutions: readonly Shape[] = [...shapes, ...ordinary, ...daily, ...ecosystems];

export type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'left out'; readonly detail: string }
  /** The feature works, and the story does not pass. */
  | { readonly kind: 'held back'; readonly detail: string }
  /** The solution or its hidden check is wrong: it says nothing about \`prd\`. */
  | { readonly kind: 'no solution'; readonly detail: string };

/** Does honest work pass, with a reviewer who says yes where one is asked? */
export async function playHonest(shape: Shape, lab: Lab): Promise<Outcome> {
  const missing = missingTools(shape.needs);
  if (missing.length > 0) return { kind: 'left out', detail: `no ${missing.join(', ')} here` };
  const stage = await openStage(shape, { implement: honestly(shape), review: approving }, lab);
  try {
    if (await stage.works()) return { kind: 'no solution', detail: 'it works before the work' };
    const run = await stage.prd('run', '--json', '--refine', 'never');
    const detail = `exit ${run.exit}\n${told(run.records)}\n${run.stderr}`;
    if (!(await stage.passing()).includes('US-1')) return { kind: 'held back', detail };
    return (await stage.works())
      ? { kind: 'passed' }
      : { kind: 'no solution', detail: 'it does not work after the work' };
  } finally {
    await stage.close();
  }
}

/** Reads what it changes and writes it with the file tools, as models do. */
function honestly({ honest, files }: Shape): (turn: number) => Turn {
  const paths = Object.keys(honest.files ?? {});
  const known = paths.filter((path) => typeof files[path] === 'string');
  const read = { tool: 'read', input: { files: known.map((path) => ({ path })) } };
  const writes = paths.map((path) => ({ tool: 'write', input: { path, content: honest.files?.[path] } }));
  const { calls: rest } = acts(honest.run === undefined ? {} : { run: honest.run })(0);
  const turns = [...(known.length > 0 ? [{ calls: [read] }] : []), { calls: [...writes, ...rest] }];
  return (turn) => turns[turn] ?? acts({})(1);
}
