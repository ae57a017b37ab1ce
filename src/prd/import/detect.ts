import type { Problem } from '../../problem.ts';
import type { ImportFormat } from './imported.ts';
import { type Item, isItem, listAt, readJsonPlan } from './json-plan.ts';

/** What a plan looks like; a problem when it looks like nothing that can be read. */
export function detectFormat(text: string, file: string): ImportFormat | Problem {
  if (text.trim() === '') return { code: 'file-empty', file };
  if (/^\s*[[{]/.test(text.replace(/^\ufeff/, ''))) return detectJson(text, file);
  if (/^ {0,3}[-*] \[[ xX]\] \*{0,2}T\d{3}/m.test(text)) return 'spec-kit';
  if (/\.ya?ml$/i.test(file)) return unknown(file, 'it looks like YAML');
  if (/^ {0,3}#{1,6} |^[ \t]{0,8}[-*+] /m.test(text)) return 'markdown';
  return unknown(file, 'it has neither headings nor lists');
}

function detectJson(text: string, file: string): ImportFormat | Problem {
  if (/^\s*\{[^\n]*\}\s*\n\s*\{/.test(text)) return unknown(file, 'it looks like JSONL, one document a line');
  const read = readJsonPlan(text, file);
  if (read.kind === 'refused') return read.problems[0] ?? { code: 'file-empty', file };
  return formatOf(read.value) ?? unknown(file, 'its JSON is like none of them');
}

function formatOf(value: unknown): ImportFormat | null {
  if (Array.isArray(value)) return formatOfList(value.filter(isItem));
  if (!isItem(value)) return null;
  if (listAt(value, 'tasks').filter(isItem).some(isTask)) return 'task-master';
  if (Object.values(value).some((tag) => isItem(tag) && Array.isArray(tag.tasks))) return 'task-master';
  const items = ['features', 'items', 'issues'].flatMap((key) => listAt(value, key)).filter(isItem);
  return formatOfList(items);
}

function isTask(item: Item): boolean {
  return 'testStrategy' in item || 'subtasks' in item || 'details' in item;
}

function formatOfList(items: readonly Item[]): ImportFormat | null {
  if (items.some((item) => 'number' in item && 'title' in item)) return 'github-issues';
  if (items.some((item) => Array.isArray(item.steps) && 'passes' in item)) return 'feature-list';
  return null;
}

function unknown(file: string, why: string): Problem {
  const hint = 'name what it is with `--from`; what is a PRD already needs `prd migrate` instead';
  return { code: 'usage', what: `cannot tell what \`${file}\` is: ${why}`, command: 'import', hint };
}
