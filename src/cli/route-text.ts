import type { TrackRecord } from '../plan/route-past.ts';
import type { Work } from '../plan/route-work.ts';
import { count } from '../report/figures.ts';
import type { Out } from '../report/reporter.ts';
import { typeset } from '../report/symbols.ts';
import { align, cut, lineWidth, printable, wrap } from '../report/text.ts';
import type { RouteAdvice, RouteReport } from './route-advice.ts';

/** The advice as people read it: two lines a story, what the past says, what to do next. */
export function routeText({ advice, past }: RouteReport, written: readonly string[], out: Out): string {
  const rows = align(advice.map(cells));
  const columns = lineWidth(out.columns);
  const lines = [
    ...advice.flatMap(({ because }, index) => [cut(rows[index] ?? '', columns), ...reasonLines(because, columns)]),
    ...[...past.map(pastLine), summary(advice), ...nextLine(advice, written)].flatMap((line) => wrap(line, columns)),
  ];
  return lines.map((line) => `${typeset(line, out)}\n`).join('');
}

function reasonLines(because: string, columns: number): readonly string[] {
  return wrap(printable(because), columns - 4).map((line) => `    ${line}`);
}

function cells({ story, work, present, model, agreement }: RouteAdvice): readonly string[] {
  const route = agreement === 'agrees' ? `${present} ✓` : `${present ?? 'none'} → ${model}`;
  return [printable(story.id), work, printable(route), printable(story.title)];
}

function pastLine({ work, tried, firstTime }: TrackRecord): string {
  return `so far: ${firstTime} of ${tried} delegated ${tried === 1 ? 'story' : 'stories'} of ${work} passed first time`;
}

function summary(advice: readonly RouteAdvice[]): string {
  if (advice.length === 0) return 'no story is open; name one to see its route';
  const works: readonly Work[] = ['judgment', 'making', 'repetition'];
  const kinds = works.map((work) => `${advice.filter((one) => one.work === work).length} ${work}`);
  const states = (['agrees', 'differs', 'unset'] as const).map((state) => ({
    state,
    number: advice.filter(({ agreement }) => agreement === state).length,
  }));
  const words = { agrees: 'routed so', differs: 'routed otherwise', unset: 'without `implementModel`' };
  const shown = states.filter(({ number }) => number > 0).map(({ state, number }) => `${number} ${words[state]}`);
  return [`${count(advice.length, 'story', 'stories')}: ${kinds.join(', ')}`, ...shown].join(' · ');
}

function nextLine(advice: readonly RouteAdvice[], written: readonly string[]): readonly string[] {
  if (written.length > 0) return [`wrote \`implementModel\` of ${count(written.length, 'story', 'stories')}`];
  if (advice.some(({ agreement }) => agreement === 'unset'))
    return ['next: `prd route --write` fills in what is missing'];
  if (advice.some(({ agreement }) => agreement === 'differs')) {
    return ['next: what is written is obeyed; `prd route --write --all` replaces it'];
  }
  return [];
}

/** The advice as one JSON document. */
export function routeDocument(file: string, { advice, past }: RouteReport, written: readonly string[]): object {
  const stories = advice.map(({ story, work, because, model, present, agreement }) => ({
    id: story.id,
    title: story.title,
    work,
    because,
    model,
    implementModel: present,
    agreement,
  }));
  return { version: 1, file, stories, past, written };
}
