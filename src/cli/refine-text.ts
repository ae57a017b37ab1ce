import { count, fineUsd, spent } from '../report/figures.ts';
import type { Out } from '../report/reporter.ts';
import { typeset } from '../report/symbols.ts';
import { lineWidth, pad, printable, width, wrap } from '../report/text.ts';
import type { Total } from '../run/ledger.ts';
import type { Refinement } from '../spec/refinement.ts';
import type { Refined } from './refine-asking.ts';

export interface RefineReport {
  readonly run: string;
  readonly file: string;
  readonly stories: readonly Refined[];
  /** Ids whose additions stand in the PRD now. */
  readonly written: readonly string[];
  readonly total: Total;
}

/** What each story would gain, line by line, as a diff of it. Ends with a line break. */
export function refineText(report: RefineReport, out: Out): string {
  const lines = [...report.stories.flatMap((made) => storyLines(made, out)), ...closing(report)];
  return lines.map((line) => `${typeset(line, out)}\n`).join('');
}

/** The same as one JSON document. */
export function refineDocument({ run, file, stories, written, total }: RefineReport): object {
  return {
    version: 1,
    run,
    file,
    written,
    ...total,
    stories: stories.map((made) => {
      const { story, kind, reused } = made;
      const about = { story: story.id, title: story.title, refined: kind === 'refined', reused };
      if (made.kind === 'unrefined') return { ...about, reason: made.reason };
      return { ...about, ...made.refinement, dropped: made.dropped, open: made.open };
    }),
  };
}

/** Kind of a line, what it says, and how it is marked. */
type Entry = readonly [mark: '+' | '-' | '!', kind: string, words: string];

function storyLines(made: Refined, out: Out): readonly string[] {
  const { story, reused } = made;
  const head = out.paint.strong(`${printable(story.id)}: ${printable(story.title)}`);
  const entries = made.kind === 'refined' ? refinedEntries(made) : [['!', 'not refined', made.reason] as const];
  const kinds = Math.max(0, ...entries.map(([, kind]) => width(kind)));
  const paints = { '+': out.paint.good, '-': out.paint.faint, '!': out.paint.warn };
  const lines = entries.flatMap(([mark, kind, words]) => {
    const label = `  ${mark} ${pad(kind, kinds)}  `;
    const [first = '', ...rest] = wrap(printable(words), lineWidth(out.columns) - width(label));
    return [`${paints[mark](label)}${first}`, ...rest.map((line) => `${' '.repeat(width(label))}${line}`)];
  });
  return [`${head}${reused ? ' (kept from before)' : ''}`, ...lines];
}

function refinedEntries({ refinement, dropped, open }: Extract<Refined, { kind: 'refined' }>): readonly Entry[] {
  const entries = [
    ...refinement.extraCriteria.map((text): Entry => ['+', 'criterion', text]),
    ...refinement.verify.map((text): Entry => ['+', 'verify', text]),
    ...planEntries(refinement),
    ...dropped.map((text): Entry => ['-', 'left out', text]),
    ...open.map((text): Entry => ['!', 'still open', text]),
    ...(refinement.route === 'orchestrator'
      ? [['!', 'recommends', `the orchestrator: ${refinement.reason}`] as const]
      : []),
  ];
  return entries.length === 0 ? [['+', 'nothing', 'the story is ready as it is written']] : entries;
}

function planEntries({ files, steps, signatures, copyFrom, outOfScope, risks, edits }: Refinement): readonly Entry[] {
  return [
    ...files.map(({ path, action, why }): Entry => ['+', action, why === '' ? path : `${path} (${why})`]),
    ...signatures.map((text): Entry => ['+', 'signature', text]),
    ...steps.map((text): Entry => ['+', 'step', text]),
    ...copyFrom.map(({ path, symbol }): Entry => ['+', 'pattern', `${symbol} of ${path}`]),
    ...outOfScope.map((text): Entry => ['+', 'not in scope', text]),
    ...risks.map((text): Entry => ['+', 'risk', text]),
    ...(edits.length === 0
      ? []
      : [['+', 'edits', `${count(edits.length, 'exact edit')}, applied before anybody builds`] as const]),
  ];
}

function closing({ stories, written, total, file }: RefineReport): readonly string[] {
  if (stories.length === 0) return ['nothing to refine: every delegated story is ready as it is written'];
  const refined = stories.filter(({ kind }) => kind === 'refined');
  const reused = stories.filter((made) => made.reused).length;
  const kept = reused === 0 ? '' : `, ${reused} of them kept from before`;
  const wrote =
    written.length === 0
      ? []
      : [`${printable(file)}: ${count(written.length, 'story', 'stories')} changed, nothing removed`];
  const money = spent(total.costUsd, total.unpriced, fineUsd);
  return [...wrote, `${refined.length} of ${count(stories.length, 'story', 'stories')} refined${kept} · ${money}`];
}
