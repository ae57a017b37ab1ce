import { readPriorityWord } from '../dialects/priority.ts';
import { readProgress } from '../dialects/progress-words.ts';
import type { ImportedStory } from './imported.ts';
import { type Line, plainText } from './markdown-lines.ts';

type Section = 'description' | 'criteria' | 'priority' | 'needs' | 'status' | 'model' | 'files' | 'notes' | 'other';

/** What stands under one story heading, on the way to a story. */
interface Draft {
  readonly description: string[];
  readonly criteria: string[];
  readonly notes: string[];
  readonly files: string[];
  priority: number | null;
  needs: string;
  model: string | null;
  done: boolean;
}

/** Reads the lines under the heading of a story. */
export function readMarkdownStory(id: string, title: string, lines: readonly Line[]): ImportedStory {
  const draft: Draft = {
    description: [],
    criteria: [],
    notes: [],
    files: [],
    priority: null,
    needs: '',
    model: null,
    done: false,
  };
  let section: Section = 'description';
  for (const line of lines) {
    const label = labelOf(line);
    if (label !== null) section = label.section;
    const rest = label === null ? line.text : label.rest;
    if (rest !== '') add(draft, section, label === null ? line : { kind: 'text', indent: 0, text: rest });
  }
  return {
    id,
    title,
    description: draft.description.join('\n'),
    criteria: draft.criteria,
    priority: draft.priority,
    dependsOn: idsIn(draft.needs),
    files: draft.files,
    implementModel: draft.model,
    notes: draft.notes.join('\n'),
    state: draft.done ? 'done' : 'open',
  };
}

const labels: readonly (readonly [Section, RegExp])[] = [
  ['criteria', /^(?:acceptance criteria|acceptance|criteria|definition of done|done when|acceptance scenarios)$/],
  ['description', /^(?:description|user story|story|goal|as a user)$/],
  ['priority', /^priority$/],
  ['needs', /^(?:depends on|dependencies|dependency|blocked by|requires)$/],
  ['status', /^status$/],
  ['model', /^(?:model|implement model|implementmodel)$/],
  ['files', /^(?:files|files to modify|scope)$/],
  ['notes', /^(?:notes|note|technical notes|implementation notes)$/],
];

/** `**Priority:** high`, `Priority: high`, `- **Priority**: high` or a heading of that name. */
function labelOf(line: Line): { readonly section: Section; readonly rest: string } | null {
  const text = plainText(line.text);
  const colon = text.indexOf(':');
  const isNamed = colon > 0 && colon < 40;
  const name = (isNamed ? text.slice(0, colon) : text).trim().toLowerCase();
  const section = labels.find(([, words]) => words.test(name))?.[0];
  if (line.kind === 'heading') return { section: section ?? 'other', rest: '' };
  if (section === undefined || (!isNamed && line.kind === 'item')) return null;
  if (!isNamed && !line.text.startsWith('**')) return null;
  return { section, rest: isNamed ? text.slice(colon + 1).trim() : '' };
}

function add(draft: Draft, section: Section, line: Line): void {
  const text = plainText(line.text);
  switch (section) {
    case 'description':
      // A box is a demand, wherever it stands.
      if (line.kind === 'item' && line.checked !== null) draft.criteria.push(criterion(line.text));
      else draft.description.push(text);
      return;
    case 'criteria':
      addCriterion(draft.criteria, line);
      return;
    case 'priority':
      draft.priority ??= readPriorityWord(text.split(/[ (]/, 1)[0] ?? '');
      return;
    case 'needs':
      draft.needs += ` ${text}`;
      return;
    case 'status':
      draft.done = readProgress(text, false) === 'done';
      return;
    case 'model':
      draft.model ??= text.replace(/`/g, '').split(' ', 1)[0] ?? null;
      return;
    case 'files':
      draft.files.push(...pathsIn(text));
      return;
    case 'notes':
    case 'other':
      draft.notes.push(text);
      return;
    default:
      section satisfies never;
  }
}

function addCriterion(criteria: string[], line: Line): void {
  const last = criteria.length - 1;
  if (line.kind === 'text' && line.indent > 0 && last >= 0) criteria[last] += ` ${line.text}`;
  else criteria.push(criterion(line.text));
}

/** Without emphasis, and without a note such as "[UI stories only]" in front. */
function criterion(text: string): string {
  return plainText(text).replace(/^\[[^\]]{1,40} (?:only|stories)\]:?[ \t]{0,8}/i, '');
}

/** Ids such as `US-001` and `FEAT-12a`, in a text. */
export function idsIn(text: string): readonly string[] {
  return text.match(/\b[A-Za-z][A-Za-z0-9]{0,9}(?:-[A-Za-z0-9]{1,10}){1,3}\b/g)?.filter((id) => /\d/.test(id)) ?? [];
}

/** Words of a text that are paths: they hold a slash, or end like a file. */
export function pathsIn(text: string): readonly string[] {
  return text
    .split(/[\s,;()`"']/)
    .map((word) => word.replace(/[.:]$/, ''))
    .filter((word) => word.length < 200 && !word.includes('://') && isPath(word));
}

function isPath(word: string): boolean {
  if (!/^[\w.@*[{-]/.test(word)) return false;
  return /\.[a-z][a-z0-9]{0,7}$/i.test(word)
    ? !/^\d/.test(word) && word.includes('.')
    : /^[\w.@-]{1,60}\/[\w.@*-]/.test(word);
}
