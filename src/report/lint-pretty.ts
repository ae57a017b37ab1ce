import { excerpt } from './excerpt.ts';
import { countWords, findingLines } from './finding-lines.ts';
import { activeFindings, type ListedFile, type ListedFinding, type ListedStory, type Listing } from './listing.ts';
import type { Out } from './reporter.ts';
import { typeset } from './symbols.ts';
import { cut, lineWidth, pad, printable } from './text.ts';

/** Findings for a person: by file, story and criterion, and one closing line. Ends with a line break. */
export function lintPretty(listing: Listing, out: Out): string {
  const lines = [...listing.files.flatMap((file) => fileLines(file, out)), closingLine(listing, out)];
  return lines.map((line) => `${typeset(line, out)}\n`).join('');
}

function fileLines(file: ListedFile, out: Out): readonly string[] {
  const findings = activeFindings(file);
  if (findings.length === 0) return [];
  const stories = new Map(file.stories.map((story) => [story.id, story]));
  const groups = groupBy(findings, ({ story }) => story);
  const blocks = [...groups].map(([id, group]) => [
    ...(id === null ? [] : [storyLine(id, stories.get(id), out)]),
    ...criterionBlocks(file, group, out),
  ]);
  return [out.paint.strong(printable(file.file)), ...blocks.flat(), ''];
}

function storyLine(id: string, story: ListedStory | undefined, out: Out): string {
  const name = printable(`${id}  ${story?.title ?? ''}`).trim();
  if (story === undefined) return `  ${out.paint.accent(name)}`;
  const room = lineWidth(out.columns) - story.readiness.length - 4;
  const toned = story.readiness === 'delegate' ? out.paint.good(story.readiness) : out.paint.warn(story.readiness);
  return `  ${out.paint.accent(pad(cut(name, room), room))}  ${toned}`;
}

function criterionBlocks(file: ListedFile, findings: readonly ListedFinding[], out: Out): readonly string[] {
  return [...groupBy(findings, ({ criterion }) => criterion)].flatMap(([, group]) => [
    ...quoteLines(group, out),
    ...group.flatMap((finding) => findingLines(file, finding, out)),
  ]);
}

/** The criterion once, cut around its first match, with every visible match underlined. */
function quoteLines(findings: readonly ListedFinding[], out: Out): readonly string[] {
  const text = findings[0]?.text ?? null;
  if (text === null) return [];
  const quoted = excerpt(
    text,
    findings.flatMap(({ matches }) => matches),
    lineWidth(out.columns) - 6,
  );
  const marks = quoted.marks.trimEnd();
  return [`    "${quoted.text}"`, ...(marks === '' ? [] : [`     ${out.paint.warn(marks)}`])];
}

function closingLine({ files }: Listing, out: Out): string {
  return [countWords(files, out), ...readinessWords(files), ...disabledWords(files)].join(' · ');
}

function readinessWords(files: readonly ListedFile[]): readonly string[] {
  const stories = files.flatMap((file) => file.stories);
  if (stories.length === 0) return [];
  const of = (kind: ListedStory['readiness']) => stories.filter(({ readiness }) => readiness === kind).length;
  return [`${of('delegate')} delegate, ${of('refine first')} refine first, ${of('keep')} keep`];
}

function disabledWords(files: readonly ListedFile[]): readonly string[] {
  const disabled = files.flatMap(({ findings }) => findings).filter(({ suppressed }) => suppressed !== null).length;
  return disabled === 0 ? [] : [`${disabled} disabled`];
}

function groupBy<T, K>(values: readonly T[], key: (value: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group === undefined) groups.set(key(value), [value]);
    else group.push(value);
  }
  return groups;
}
