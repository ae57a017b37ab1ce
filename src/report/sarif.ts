import { createHash } from 'node:crypto';
import type { ListedFile, ListedFinding, ListedRule, Listing, StoryName } from './listing.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** The findings as SARIF 2.1.0, for code scanning; those that a disable silences stay in, marked as suppressed. */
export function sarif({ version, files, rules }: Listing<StoryName>): string {
  const used = rulesUsed(files, rules);
  const driver = { name: 'prd', version, semanticVersion: version, rules: used.map(toRule) };
  const results = files.flatMap((file) => toResults(file, used));
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
    },
    null,
    2,
  )}\n`;
}

function rulesUsed(files: readonly ListedFile<StoryName>[], rules: readonly ListedRule[]): readonly ListedRule[] {
  const ids = new Set(files.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return [...ids].sort().map((id) => known.get(id) ?? { id, summary: id, reason: id, help: id });
}

function toRule({ id, summary, reason, help }: ListedRule): object {
  return { id, shortDescription: { text: summary }, fullDescription: { text: reason }, help: { text: help } };
}

function toResults(file: ListedFile<StoryName>, rules: readonly ListedRule[]): readonly object[] {
  const seen = new Map<string, number>();
  return file.findings.map((finding) => {
    const subject = subjectOf(finding);
    const ordinal = seen.get(subject) ?? 0;
    seen.set(subject, ordinal + 1);
    return toResult(file, finding, rules, fingerprint(subject, ordinal));
  });
}

function toResult(
  file: ListedFile<StoryName>,
  finding: ListedFinding,
  rules: readonly ListedRule[],
  print: string,
): object {
  const { rule, severity, message, hint, line, column, path, suppressed } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: levels[severity],
    message: { text: hint === null ? message : `${message}. Hint: ${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file.uri).replace(/[?#]/g, encodeURIComponent) },
          region: { startLine: line, startColumn: column },
        },
        logicalLocations: [{ fullyQualifiedName: pointer(path) }],
      },
    ],
    partialFingerprints: { 'prdFinding/v1': print },
    ...(suppressed === null ? {} : { suppressions: [{ kind: 'inSource', justification: suppressed }] }),
  };
}

/** No line, index or message: moving, re-indenting and re-wording must not open a finding again. */
function subjectOf({ rule, story, text }: ListedFinding): string {
  const criterion = (text ?? '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return [rule, story ?? '', criterion].join('\0');
}

function fingerprint(subject: string, ordinal: number): string {
  return createHash('sha256').update(`${subject}\0${ordinal}`).digest('hex').slice(0, 16);
}

function pointer(path: ListedFinding['path']): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
