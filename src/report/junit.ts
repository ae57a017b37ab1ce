import { activeFindings, type ListedFile, type ListedFinding, type Listing, type StoryName } from './listing.ts';
import { printable } from './text.ts';

interface Case {
  readonly name: string;
  readonly findings: readonly ListedFinding[];
}

/** A suite per file, a case per story; errors fail their case, everything else is its output. */
export function junit({ files, command = 'lint' }: Listing<StoryName>): string {
  const suites = files.map((file) => ({ file, cases: casesOf(file) }));
  const tests = suites.reduce((total, { cases }) => total + cases.length, 0);
  const failures = suites.reduce((total, { cases }) => total + failing(cases), 0);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="prd ${command}" tests="${tests}" failures="${failures}" errors="0">`,
    ...suites.flatMap(({ file, cases }) => suiteLines(file, cases)),
    '</testsuites>',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function casesOf(file: ListedFile<StoryName>): readonly Case[] {
  const findings = activeFindings(file);
  const document = findings.filter(({ story }) => story === null || !file.stories.some(({ id }) => id === story));
  const stories = file.stories.map(({ id, title }) => ({
    name: `${id} ${title}`,
    findings: findings.filter(({ story }) => story === id),
  }));
  return [...(document.length > 0 ? [{ name: 'the document', findings: document }] : []), ...stories];
}

function suiteLines(file: ListedFile<StoryName>, cases: readonly Case[]): readonly string[] {
  return [
    `  <testsuite name="${xml(file.file)}" tests="${cases.length}" failures="${failing(cases)}" errors="0">`,
    ...cases.flatMap((one) => caseLines(file, one)),
    '  </testsuite>',
  ];
}

function caseLines(file: ListedFile<StoryName>, { name, findings }: Case): readonly string[] {
  const open = `    <testcase name="${xml(name)}" classname="${xml(file.file)}"`;
  if (findings.length === 0) return [`${open}/>`];
  const [errors, others] = [findings.filter(isError), findings.filter((finding) => !isError(finding))];
  const [first] = errors;
  return [
    `${open}>`,
    ...(first === undefined
      ? []
      : [`      <failure message="${xml(first.message)}" type="${xml(first.rule)}">${texts(file, errors)}</failure>`]),
    ...(others.length === 0 ? [] : [`      <system-out>${texts(file, others)}</system-out>`]),
    '    </testcase>',
  ];
}

function texts(file: ListedFile<StoryName>, findings: readonly ListedFinding[]): string {
  return findings
    .map(({ line, column, severity, message, rule }) =>
      xml(`${file.file}:${line}:${column} ${severity} ${message} (${rule})`),
    )
    .join('\n');
}

function failing(cases: readonly Case[]): number {
  return cases.filter(({ findings }) => findings.some(isError)).length;
}

function isError({ severity }: ListedFinding): boolean {
  return severity === 'error';
}

function xml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
  return printable(text).replace(/[&<>"']/g, (mark) => `&${names[mark]};`);
}
