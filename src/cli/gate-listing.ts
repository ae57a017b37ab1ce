import type { GateReport, GateRules } from '../land/gate.ts';
import { type GateFinding, gateRules, sayFinding } from '../land/gate-finding.ts';
import type { PrdDocument } from '../prd/parse.ts';
import type { CheckedListing } from '../report/checked.ts';
import type { ListedFinding, ListedRule } from '../report/listing.ts';
import type { GateSource } from './gate-source.ts';

/** The gate's report as the formats print it. */
export function gateListing(
  { found, uri, document }: Pick<GateSource, 'found' | 'uri' | 'document'>,
  report: GateReport,
  { stories: selected, strict }: GateRules,
  version: string,
): CheckedListing {
  const stories = document.prd.stories
    .filter(({ id }) => selected?.has(id) ?? true)
    .map(({ id, title, passes }) => ({ id, title, passes, strength: report.valid.get(id) ?? null }));
  const findings = report.findings.map((finding) => listed(finding, document, strict));
  return { version, command: 'check', files: [{ file: found.shown, uri, findings, stories }], rules };
}

const rules: readonly ListedRule[] = Object.entries(gateRules).map(([id, { means }]) => ({
  id,
  summary: means,
  reason: means,
  help: means,
}));

function listed(finding: GateFinding, document: PrdDocument, strict: boolean): ListedFinding {
  const { severity, message, hint } = sayFinding(finding);
  const story = document.prd.stories.find(({ id }) => id === finding.story);
  const path = story === undefined ? [] : story.path;
  // A story is where its id stands; one without an id is where it begins.
  const { line, column } = document.locate(story?.hasId ? [...path, 'id'] : path);
  return {
    rule: finding.code,
    severity: strict ? 'error' : severity,
    story: finding.story,
    criterion: null,
    role: null,
    confidence: 'high',
    line,
    column,
    path,
    message,
    hint,
    matches: [],
    related: [],
    fix: null,
    suppressed: null,
    text: null,
  };
}
