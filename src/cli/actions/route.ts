import { setModels } from '../../prd/edit-model.ts';
import { nearest } from '../../prd/nearest.ts';
import type { PrdDocument } from '../../prd/parse.ts';
import type { Story } from '../../prd/prd.ts';
import { PrdError } from '../../problem.ts';
import { type BranchTip, readBranchTip } from '../branch-tip.ts';
import type { RouteOptions } from '../commands/route.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { FoundPrd } from '../find-prd.ts';
import { openConfig } from '../open-config.ts';
import { openPrd } from '../open-prd.ts';
import { stateOf } from '../open-repository.ts';
import { readPastRecords } from '../past-runs.ts';
import { replacePrd } from '../replace-prd.ts';
import { adviseRoutes, type RouteAdvice } from '../route-advice.ts';
import { pastStories } from '../route-past.ts';
import { routeDocument, routeText } from '../route-text.ts';
import { refuse } from '../show-failure.ts';

/** Says who should build each story. Exit 0 whatever the advice: it is an opinion. */
export async function runRoute(options: RouteOptions, context: Context): Promise<ExitCode> {
  if (options.all === true && options.write !== true) {
    throw new PrdError({ code: 'usage', what: '`--all` goes with `--write`', command: 'route', hint: null });
  }
  const opened = await openPrd(context, { file: options.file ?? null, storiesPointer: options.stories });
  if (opened.kind === 'refused') return refuse(opened.problems, context);
  const { document, found } = opened;
  const tip = await readBranchTip(found, document.prd, context);
  const config = await openConfig(context, tip.repository?.root ?? null);
  const judged = { ...document, prd: tip.prd };
  const past = pastStories(await recordsOf(tip, context));
  const report = adviseRoutes(judged, askedFor(options.ids, judged.prd.stories), { config, past });
  const chosen = options.write === true ? report.advice.filter((one) => isWritten(one, options)) : [];
  await write(judged, found, chosen, { options, root: tip.repository?.root ?? context.cwd });
  const written = chosen.map(({ story }) => story.id);
  if (context.json) context.stdout.write(`${JSON.stringify(routeDocument(found.shown, report, written), null, 2)}\n`);
  else context.stdout.write(routeText(report, written, context.stdout));
  return 0;
}

async function recordsOf({ repository }: BranchTip, context: Context) {
  return repository === null ? [] : readPastRecords(stateOf(repository, context).runs);
}

/** The named stories, else every open one. Rejects with `unknown-story`. */
function askedFor(ids: readonly string[], stories: readonly Story[]): readonly Story[] {
  const known = stories.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new PrdError({ code: 'unknown-story', story: unknown, near: nearest(unknown, known), known: known.length });
  }
  return stories.filter(({ id, passes }) => (ids.length === 0 ? !passes : ids.includes(id)));
}

/** What somebody wrote is kept, unless it was asked to be replaced. */
function isWritten({ agreement }: RouteAdvice, { all }: RouteOptions): boolean {
  return agreement === 'unset' || (agreement === 'differs' && all === true);
}

async function write(
  document: PrdDocument,
  found: FoundPrd,
  chosen: readonly RouteAdvice[],
  { options, root }: { readonly options: RouteOptions; readonly root: string },
): Promise<void> {
  if (chosen.length === 0) return;
  const edited = setModels(document, new Map(chosen.map(({ story, model }) => [story, model])), options.stories);
  if (edited.kind === 'refused') throw new PrdError(edited.problem);
  await replacePrd(found, document.text, edited.text, root);
}
