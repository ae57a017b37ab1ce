import type { Problem } from '../../problem.ts';
import { readPriorityWord } from '../dialects/priority.ts';
import type { JsonPath } from '../prd.ts';
import { type ImportedStory, type PlanOptions, planOf, type ReadPlan } from './imported.ts';
import { firstSentence, type Item, isItem, itemsOf, listAt, readJsonPlan, textAt, textsAt } from './json-plan.ts';

/** Reads tasks.json of Task Master. A task with subtasks gives a story for each of them. */
export function readTaskMaster(text: string, file: string, { tag }: PlanOptions): ReadPlan {
  const read = readJsonPlan(text, file);
  if (read.kind === 'refused') return read;
  const found = taskList(read.value, tag);
  if (found === null) return { kind: 'refused', problems: [unknownTag(read.value, tag, file)] };
  const tasks = itemsOf(found.tasks, found.path, read.wrong);
  if ('code' in tasks) return { kind: 'refused', problems: [tasks] };
  const parts = new Map(tasks.map((task) => [textAt(task, 'id'), partsOf(task)]));
  const stories = tasks.flatMap((task) => storiesOf(task, parts));
  const meta = isItem(read.value) && isItem(read.value.metadata) ? read.value.metadata : {};
  return planOf(stories, { project: textAt(meta, 'projectName') || null });
}

interface TaskList {
  readonly tasks: readonly unknown[];
  readonly path: JsonPath;
}

/** The list of a tag: the one that is named, else `master`, else the only one. */
function taskList(value: unknown, tag: string | null): TaskList | null {
  if (!isItem(value)) return null;
  if (tag === null && Array.isArray(value.tasks)) return { tasks: value.tasks, path: ['tasks'] };
  const tags = tagsOf(value);
  const usual = tags.includes('master') || tags.length > 1 ? 'master' : tags[0];
  const name = tag ?? usual;
  const chosen = name === undefined ? undefined : value[name];
  if (name === undefined || !tags.includes(name) || !isItem(chosen)) return null;
  return { tasks: listAt(chosen, 'tasks'), path: [name, 'tasks'] };
}

function tagsOf(value: Item): readonly string[] {
  return Object.entries(value).flatMap(([name, one]) => (isItem(one) && Array.isArray(one.tasks) ? [name] : []));
}

function unknownTag(value: unknown, tag: string | null, file: string): Problem {
  const tags = isItem(value) ? tagsOf(value) : [];
  if (tags.length === 0) return { code: 'no-stories', at: { file, line: 1, column: 1 }, candidates: [] };
  const what = tag === null ? `\`${file}\` holds several lists` : `\`${file}\` has no list \`${tag}\``;
  return { code: 'usage', what, command: 'import', hint: `add \`--tag ${tags[0]}\`; it has ${tags.join(', ')}` };
}

function partsOf(task: Item): readonly Item[] {
  return listAt(task, 'subtasks').filter(isItem);
}

type Parts = ReadonlyMap<string, readonly Item[]>;

function storiesOf(task: Item, parts: Parts): readonly ImportedStory[] {
  const id = textAt(task, 'id');
  const own = parts.get(id) ?? [];
  const needs = textsAt(task, 'dependencies').flatMap((need) => endsOf(need, parts));
  if (own.length === 0) return [toStory(task, id, needs)];
  return own.map((part) => {
    const siblings = textsAt(part, 'dependencies').map((need) => (need.includes('.') ? need : `${id}.${need}`));
    // What the task needs, its first parts need.
    const partNeeds = siblings.length === 0 ? needs : siblings;
    const story = toStory(part, `${id}.${textAt(part, 'id')}`, partNeeds);
    return { ...story, priority: story.priority ?? rankOf(task), notes: `Part of ${id}: ${textAt(task, 'title')}` };
  });
}

/** Who needs a task with parts needs those that no other part waits for. */
function endsOf(id: string, parts: Parts): readonly string[] {
  const own = parts.get(id) ?? [];
  if (own.length === 0) return [id];
  const needed = new Set(own.flatMap((part) => textsAt(part, 'dependencies')));
  return own.filter((part) => !needed.has(textAt(part, 'id'))).map((part) => `${id}.${textAt(part, 'id')}`);
}

function toStory(task: Item, id: string, dependsOn: readonly string[]): ImportedStory {
  const description = [textAt(task, 'description'), textAt(task, 'details')].filter((text) => text !== '').join('\n\n');
  const criteria = textsAt(task, 'acceptanceCriteria');
  const strategy = textAt(task, 'testStrategy');
  return {
    id,
    title: textAt(task, 'title') || firstSentence(description) || id,
    description,
    criteria: strategy === '' ? criteria : [...criteria, strategy],
    priority: rankOf(task),
    dependsOn,
    files: listAt(task, 'relevantFiles').flatMap((file) => (isItem(file) ? textAt(file, 'path') : String(file))),
    state: states[textAt(task, 'status').toLowerCase()] ?? 'open',
    notes: textAt(task, 'status') === 'deferred' ? 'Deferred in the plan it came from.' : '',
  };
}

const states: Readonly<Record<string, ImportedStory['state']>> = {
  done: 'done',
  completed: 'done',
  cancelled: 'dropped',
  canceled: 'dropped',
};

function rankOf(task: Item): number | null {
  return readPriorityWord(textAt(task, 'priority'));
}
