import { type ImportedStory, type PlanOptions, planOf, type ReadPlan } from './imported.ts';
import { storyHeading } from './markdown.ts';
import { type Line, markdownLines, plainText } from './markdown-lines.ts';
import { pathsIn } from './markdown-story.ts';

interface Task {
  readonly id: string;
  readonly text: string;
  readonly parallel: boolean;
  /** `US1`, or null for setup. */
  readonly story: string | null;
  readonly needs: readonly string[];
  readonly done: boolean;
}

interface Phase {
  readonly number: number;
  readonly tasks: Task[];
  test: string;
}

/** Reads tasks.md of Spec Kit, and from the spec beside it the scenarios that say when a story is done. */
export function readSpecKit(text: string, _file: string, { spec }: PlanOptions): ReadPlan {
  const lines = markdownLines(text);
  const phases = phasesOf(lines);
  const scenarios = spec === null ? new Map<string, readonly string[]>() : scenariosOf(markdownLines(spec));
  const base = lastOfSetup(phases);
  const stories = phases.flatMap((phase) => storiesOf(phase, base, scenarios));
  const heading = lines.find((line) => line.kind === 'heading')?.text ?? '';
  return planOf(stories, { project: heading.replace(/^tasks:/i, '').trim() || null });
}

function phasesOf(lines: readonly Line[]): readonly Phase[] {
  const phases: Phase[] = [];
  for (const line of lines) {
    const [, number = ''] = (line.kind === 'heading' && /^phase (\d{1,3})/i.exec(line.text)) || [];
    if (number !== '') phases.push({ number: Number(number), tasks: [], test: '' });
    const phase = phases.at(-1) ?? { number: 1, tasks: [], test: '' };
    if (phases.length === 0 && line.kind === 'item') phases.push(phase);
    const task = taskOf(line);
    if (task !== null) phase.tasks.push(task);
    const text = plainText(line.text);
    if (/^independent test/i.test(text)) phase.test = text.slice(text.indexOf(':') + 1).trim();
  }
  return phases;
}

/** `- [ ] T012 [P] [US1] Create Cart in src/cart.ts (depends on T010)`. */
function taskOf(line: Line): Task | null {
  if (line.kind !== 'item' || line.checked === null) return null;
  const text = plainText(line.text);
  const [lead = '', id = ''] = /^(T\d{3,5})[ \t]{0,9}/.exec(text) ?? [];
  if (id === '') return null;
  const [marks = ''] = /^(?:\[[A-Za-z0-9]{1,9}\][ \t]{0,9}){0,4}/.exec(text.slice(lead.length)) ?? [];
  const [, story = null] = /\[(US\d{1,4})\]/i.exec(marks) ?? [];
  const [, needs = ''] = /\(depends on ([^)]{1,300})\)/i.exec(text) ?? [];
  return {
    id,
    text: text.slice(lead.length + marks.length).trim(),
    parallel: /\[P\]/i.test(marks),
    story: story?.toUpperCase() ?? null,
    needs: needs.match(/T\d{3,5}/g) ?? [],
    done: line.checked,
  };
}

/** The last task before the first phase of a story: setup and foundations come first. */
function lastOfSetup(phases: readonly Phase[]): Task | null {
  const first = phases.findIndex(({ tasks }) => tasks.some(({ story }) => story !== null));
  return (
    phases
      .slice(0, Math.max(first, 0))
      .flatMap(({ tasks }) => tasks)
      .at(-1) ?? null
  );
}

function storiesOf(
  { number, tasks, test }: Phase,
  base: Task | null,
  scenarios: ReadonlyMap<string, readonly string[]>,
): readonly ImportedStory[] {
  return tasks.map((task, index) => {
    const before = tasks[index - 1];
    const isLast = index === tasks.length - 1;
    const proofs = isLast ? [test, ...(scenarios.get(task.story ?? '') ?? [])] : [];
    return {
      id: task.id,
      title: titleOf(task.text),
      description: task.text,
      criteria: [task.text, ...proofs],
      phase: number,
      files: pathsIn(task.text),
      dependsOn: [
        ...task.needs,
        ...(before !== undefined && !task.parallel ? [before.id] : []),
        ...(base !== null && task.story !== null ? [base.id] : []),
      ],
      notes: task.story ?? '',
      state: task.done ? 'done' : 'open',
    };
  });
}

function titleOf(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79).trimEnd()}\u2026` : text;
}

/** "Given …, When …, Then …" of each user story of a spec, by `US1`. */
function scenariosOf(lines: readonly Line[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  let story: string | null = null;
  for (const line of lines) {
    if (line.kind === 'heading') {
      const number = /^US-0{0,3}(\d{1,4})$/.exec(storyHeading(line.text)?.id ?? '')?.[1];
      if (number !== undefined) story = `US${number}`;
      else if (line.level <= 3) story = null;
    } else if (story !== null && line.kind === 'item' && /\bgiven\b/i.test(line.text) && /\bthen\b/i.test(line.text)) {
      found.set(story, [...(found.get(story) ?? []), plainText(line.text)]);
    }
  }
  return found;
}
