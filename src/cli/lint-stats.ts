import { count, percent } from '../report/figures.ts';
import { activeFindings, type ListedFile } from '../report/listing.ts';
import { align } from '../report/text.ts';

export interface LintStats {
  readonly stories: number;
  readonly criteria: number;
  /** Criteria by how they are decided. */
  readonly kinds: Readonly<Record<'command' | 'check' | 'prose', number>>;
  /** Criteria that each rule finds something in, most first. */
  readonly rules: readonly { readonly rule: string; readonly criteria: number }[];
}

/** What the criteria of some files are, to compare with what others write. */
export function lintStats(files: readonly ListedFile[]): LintStats {
  const criteria = files.flatMap(({ stories }) => stories).flatMap((story) => story.criteria);
  const of = (kind: 'command' | 'check' | 'prose'): number => criteria.filter((one) => one.kind === kind).length;
  return {
    stories: files.reduce((total, { stories }) => total + stories.length, 0),
    criteria: criteria.length,
    kinds: { command: of('command'), check: of('check'), prose: of('prose') },
    rules: ruleCounts(files),
  };
}

/** The shares as a table. Ends with a line break. */
export function statsText({ stories, criteria, kinds, rules }: LintStats): string {
  const row = (name: string, value: number): readonly string[] => [
    name,
    String(value).padStart(5),
    percent(value, criteria).padStart(4),
  ];
  const rows = [
    ...Object.entries(kinds).map(([kind, value]) => row(kind, value)),
    ...rules.map((one) => row(one.rule, one.criteria)),
  ];
  const head = `${count(criteria, 'criterion', 'criteria')} in ${count(stories, 'story', 'stories')}`;
  return [head, ...align(rows)].map((line) => `${line}\n`).join('');
}

function ruleCounts(files: readonly ListedFile[]): LintStats['rules'] {
  const places = new Map<string, Set<string>>();
  for (const file of files) {
    for (const { rule, criterion, path } of activeFindings(file)) {
      if (criterion === null) continue;
      places.set(rule, (places.get(rule) ?? new Set()).add(JSON.stringify([file.file, path])));
    }
  }
  return [...places]
    .map(([rule, found]) => ({ rule, criteria: found.size }))
    .sort((a, b) => b.criteria - a.criteria || a.rule.localeCompare(b.rule));
}
