import { count } from './figures.ts';
import {
  activeFindings,
  countFindings,
  type ListedFile,
  type ListedFinding,
  type Listing,
  type StoryName,
} from './listing.ts';
import { printable } from './text.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;
const shownPerLevel = 10;

interface Annotated {
  readonly file: ListedFile<StoryName>;
  readonly finding: ListedFinding;
}

/** Workflow commands for the findings that GitHub will show: ten of a level at most, errors first. */
export function githubAnnotations(listing: Listing<StoryName>): string {
  const lines = bySeverity(listing).flatMap((group) => group.slice(0, shownPerLevel).map(annotation));
  return [...lines, closing(listing)].map((line) => `${line}\n`).join('');
}

/** All findings as Markdown, for `GITHUB_STEP_SUMMARY`. */
export function githubSummary(listing: Listing<StoryName>): string {
  const rows = bySeverity(listing)
    .flat()
    .map(({ file, finding }) => {
      const { severity, story, line, column, message, rule } = finding;
      const cells = [severity, story ?? '', `${file.file}:${line}:${column}`, message, rule];
      return `| ${cells.map(markdown).join(' | ')} |`;
    });
  const table =
    rows.length === 0 ? [] : ['', '| Severity | Story | Where | Finding | Rule |', '|---|---|---|---|---|', ...rows];
  return [`### prd ${listing.command ?? 'lint'}: ${closing(listing)}`, ...table, '']
    .map((line) => `${line}\n`)
    .join('');
}

function bySeverity({ files }: Listing<StoryName>): readonly (readonly Annotated[])[] {
  const all = files.flatMap((file) => activeFindings(file).map((finding) => ({ file, finding })));
  return (['error', 'warning', 'info'] as const).map((level) =>
    all.filter(({ finding }) => finding.severity === level),
  );
}

function annotation({ file, finding }: Annotated): string {
  const { severity, line, column, rule, message, hint } = finding;
  const where = `file=${property(file.uri)},line=${line},col=${column},title=${property(rule)}`;
  return `::${commands[severity]} ${where}::${data(hint === null ? message : `${message}. Hint: ${hint}`)}`;
}

function closing({ files }: Listing<StoryName>): string {
  const { error, warning, info } = countFindings(files);
  return [count(error, 'error'), count(warning, 'warning'), count(info, 'note')].join(', ');
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function markdown(text: string): string {
  return printable(text).replace(/[\\|<>[\]]/g, (mark) => `\\${mark}`);
}
