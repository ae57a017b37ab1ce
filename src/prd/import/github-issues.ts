import { readPriorityWord } from '../dialects/priority.ts';
import { type ImportedStory, type PlanOptions, planOf, type ReadPlan } from './imported.ts';
import { type Item, isItem, itemsOf, listAt, listIn, readJsonPlan, textAt } from './json-plan.ts';
import { type Line, markdownLines, plainText } from './markdown-lines.ts';

/** Reads issues as `gh issue list --json` or the REST API print them. Pull requests are no issues. */
export function readGithubIssues(text: string, file: string, _options: PlanOptions): ReadPlan {
  const read = readJsonPlan(text, file);
  if (read.kind === 'refused') return read;
  const { value, wrong } = read;
  const { list, path } = listIn(value, ['issues', 'items']);
  const items = itemsOf(list, path, wrong);
  if ('code' in items) return { kind: 'refused', problems: [items] };
  const issues = items.filter((item) => !isItem(item.pull_request));
  const pulls = items.length - issues.length;
  return planOf(issues.map(toStory), { lost: pulls === 0 ? [] : [`${pulls} pull requests`] });
}

function toStory(issue: Item, index: number): ImportedStory {
  const number = textAt(issue, 'number') || String(index + 1);
  const lines = markdownLines(typeof issue.body === 'string' ? issue.body : '');
  const labels = listAt(issue, 'labels').map((label) => (isItem(label) ? textAt(label, 'name') : String(label)));
  const milestone = isItem(issue.milestone) ? textAt(issue.milestone, 'title') : textAt(issue, 'milestone');
  const demands = demandsOf(lines);
  return {
    id: `GH-${number}`,
    title: textAt(issue, 'title') || `Issue ${number}`,
    description: descriptionOf(lines),
    criteria: demands.filter((text) => !/^#\d{1,9}$/.test(text)),
    priority: labels.map(rankOf).find((rank) => rank !== null) ?? null,
    dependsOn: [...needsOf(lines), ...demands.flatMap(bareIssue), ...blockersOf(issue)].map((one) => `GH-${one}`),
    phase: milestone || null,
    implementModel: labels.map(modelOf).find((model) => model !== null) ?? null,
    state: stateOf(issue, labels),
  };
}

function stateOf(issue: Item, labels: readonly string[]): ImportedStory['state'] {
  if (textAt(issue, 'state').toLowerCase() !== 'closed') return 'open';
  const reason = (textAt(issue, 'stateReason') || textAt(issue, 'state_reason')).toLowerCase();
  const isDropped =
    /not_?planned|duplicate/.test(reason) || labels.some((label) => /^(?:wontfix|duplicate)$/i.test(label));
  return isDropped ? 'dropped' : 'done';
}

/** Items below a heading that asks for them, else every item with a box. */
function demandsOf(lines: readonly Line[]): readonly string[] {
  const asked: string[] = [];
  const boxes: string[] = [];
  let isAsked = false;
  for (const line of lines) {
    const text = plainText(line.text);
    const isHead = line.kind === 'heading' || (line.kind === 'text' && line.text.startsWith('**'));
    if (isHead) isAsked = /^(?:acceptance criteria|definition of done|tasks|criteria)\b/i.test(text);
    else if (line.kind === 'item' && isAsked) asked.push(text);
    else if (line.kind === 'item' && line.checked !== null) boxes.push(text);
  }
  return asked.length > 0 ? asked : boxes;
}

function descriptionOf(lines: readonly Line[]): string {
  return lines
    .filter((line) => line.kind === 'text')
    .map((line) => plainText(line.text))
    .join('\n');
}

function needsOf(lines: readonly Line[]): readonly string[] {
  return lines.flatMap(({ text }) => {
    const found = /\b(?:blocked by|depends on)[ \t:]{1,9}((?:#\d{1,9}[, and]{0,9}){1,20})/i.exec(text);
    return found?.[1]?.match(/\d{1,9}/g) ?? [];
  });
}

function bareIssue(text: string): readonly string[] {
  return /^#\d{1,9}$/.test(text) ? [text.slice(1)] : [];
}

function blockersOf(issue: Item): readonly string[] {
  return listAt(issue, 'blockedBy').map((one) => (isItem(one) ? textAt(one, 'number') : String(one)));
}

/** `P1`, `priority: high`, `priority/critical`. */
function rankOf(label: string): number | null {
  const [, word = ''] = /^(?:priority[ \t]{0,4}[:/-][ \t]{0,4})(.{1,20})$/i.exec(label) ?? /^(p\d)$/i.exec(label) ?? [];
  return word === '' ? null : readPriorityWord(word);
}

/** `model:sonnet`, `delegate`, `orchestrator`. */
function modelOf(label: string): string | null {
  const [, model = ''] = /^model[ \t]{0,4}[:/][ \t]{0,4}([\w.-]{1,60})$/i.exec(label) ?? [];
  if (model !== '') return model;
  return label === 'delegate' || label === 'orchestrator' ? label : null;
}
