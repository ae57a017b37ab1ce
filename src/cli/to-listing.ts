import type { LintReport } from '../lint/lint.ts';
import type { Finding, Rule } from '../lint/rule.ts';
import type { PrdDocument } from '../prd/parse.ts';
import type { JsonPath, Story } from '../prd/prd.ts';
import type { Problem } from '../problem.ts';
import type { ListedFile, ListedFinding, ListedRule } from '../report/listing.ts';
import { explainRule } from './explain-rule.ts';
import { failureOf } from './failure.ts';
import type { LintSource } from './lint-sources.ts';

/** A judged document as the formats print it. */
export function listedFile({ shown, uri }: LintSource, document: PrdDocument, report: LintReport): ListedFile {
  const storyAt = storyFinder(document);
  const findings = report.findings.map((finding) => listedFinding(finding, document, storyAt(finding.path)));
  return { file: shown, uri, findings, stories: report.stories };
}

/** A document that cannot be read: its problems stand among the findings. */
export function refusedFile({ shown, uri }: LintSource, problems: readonly Problem[]): ListedFile {
  return { file: shown, uri, findings: problems.map(listedProblem), stories: [] };
}

/** A rule with the text that `--explain` prints. */
export function listedRule(rule: Rule): ListedRule {
  return { id: rule.id, summary: rule.summary, reason: rule.reason, help: explainRule(rule) };
}

function listedFinding(finding: Finding, document: PrdDocument, story: Story | null): ListedFinding {
  const { line, column } = document.locate(finding.path);
  // Named one by one: a file has tens of thousands of findings, and a spread costs five times as much.
  return {
    rule: finding.rule,
    severity: finding.severity,
    story: finding.story,
    criterion: finding.criterion,
    role: finding.role,
    confidence: finding.confidence,
    line,
    column,
    path: finding.path,
    message: finding.message,
    hint: finding.hint,
    matches: finding.matches,
    related: finding.related,
    fix: finding.fix,
    suppressed: finding.suppressed ?? null,
    text: finding.criterion === null ? null : (story?.criteria[finding.criterion]?.text ?? null),
  };
}

function listedProblem(problem: Problem): ListedFinding {
  const { code, message, hint, at } = failureOf(problem);
  return {
    rule: `file/${code}`,
    severity: 'error',
    story: null,
    criterion: null,
    role: null,
    confidence: 'high',
    line: at?.line ?? 1,
    column: at?.column ?? 1,
    path: [],
    message,
    hint,
    matches: [],
    related: [],
    fix: null,
    suppressed: null,
    text: null,
  };
}

/** Ids may stand twice; places do not. */
function storyFinder({ prd }: PrdDocument): (path: JsonPath) => Story | null {
  const stories = new Map(prd.stories.map((story) => [JSON.stringify(story.path), story]));
  let last: Story | null = null;
  return (path) => {
    if (last !== null && isWithin(path, last.path)) return last;
    last = find(path);
    return last;
  };

  function find(path: JsonPath): Story | null {
    for (let length = path.length; length > 0; length -= 1) {
      const story = stories.get(JSON.stringify(path.slice(0, length)));
      if (story !== undefined) return story;
    }
    return null;
  }
}

function isWithin(path: JsonPath, outer: JsonPath): boolean {
  for (let at = 0; at < outer.length; at += 1) if (path[at] !== outer[at]) return false;
  return true;
}
