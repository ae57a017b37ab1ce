import type { Asked, Responder, Turn } from '../../../src/models/scripted/turn.ts';

/** A story of the lab. What the scripted model does about it is what the oracle knows to be true. */
export interface ScriptedStory {
  readonly id: string;
  readonly file: string;
  /** False: the model says that it is done and never does it. */
  readonly honest: boolean;
  /** Paths it may touch; without, any other story's landing is held against its check. */
  readonly scope?: readonly string[];
  /** Answers until it is done. */
  readonly turns?: number;
}

export function stories(count: number, liars = 0): readonly ScriptedStory[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `US-${index + 1}`,
    file: `part-${index + 1}.txt`,
    honest: index < count - liars,
  }));
}

/** Stories that have nothing to do with each other, each of so many answers. */
export function apart(count: number, turns: number): readonly ScriptedStory[] {
  return stories(count).map((story) => ({ ...story, turns, scope: [story.file, traceOf(story, '*')] }));
}

/** What the file of an honest story holds when it is done; the check asks for exactly this. */
export const done = 'done\n';

export function storyJson({ id, file, scope }: ScriptedStory): object {
  return {
    id,
    title: `Write ${file}`,
    implementModel: 'sonnet',
    acceptanceCriteria: [`\`${file}\` says done`, { text: 'it says so', verify: { run: `grep -qx done ${file}` } }],
    ...(scope && { files: scope }),
    passes: false,
  };
}

const finish = { tool: 'finish', input: { status: 'done', summary: 'done', criteria: [] } };

/** Two answers for each attempt: half the work, then the rest. */
export const requestsPerAttempt = 2;

/** Honest stories are done in two turns; liars only say so. */
export function twoTurns(all: readonly ScriptedStory[]): Responder {
  return (asked) => {
    const story = storyOf(asked, all);
    if (story === undefined || !story.honest) return { calls: [finish] };
    return turnOf(asked) === 0
      ? { calls: [write(story.file, 'half\n')] }
      : { calls: [write(story.file, done), finish] };
  };
}

/** Each answer leaves a file that names its request: whoever finds it knows whose calls were run. */
export function tracedTurns(all: readonly ScriptedStory[]): Responder {
  return (asked): Turn => {
    const story = storyOf(asked, all);
    if (story === undefined) return { calls: [finish] };
    const trace = write(traceOf(story, asked.number), 'ran\n');
    const isLast = turnOf(asked) + 1 >= (story.turns ?? 1);
    return { calls: isLast ? [trace, write(story.file, done), finish] : [trace, write(story.file, 'half\n')] };
  };
}

export function traceOf({ id }: ScriptedStory, request: number | '*'): string {
  return `trace-of-${id}-${request}.txt`;
}

/** The story that a request is about, by the first line of its first message. */
function storyOf({ request }: Asked, all: readonly ScriptedStory[]): ScriptedStory | undefined {
  return storyIn(JSON.stringify(request.messages[0]), all);
}

export function storyIn(text: string, all: readonly ScriptedStory[]): ScriptedStory | undefined {
  const [, id] = /# Story (US-\d+):/.exec(text) ?? [];
  return all.find((story) => story.id === id);
}

export function turnOf({ request }: Pick<Asked, 'request'>): number {
  return request.messages.filter(({ role }) => role === 'assistant').length;
}

function write(path: string, content: string) {
  return { tool: 'write', input: { path, content } };
}

/** A model that writes and talks without end. */
export function endlessTurn({ number }: Asked): Turn {
  const content = `${number}\n`.repeat(2_000);
  return { say: 'on and on '.repeat(300), calls: [write(`note-${number}.txt`, content)] };
}
