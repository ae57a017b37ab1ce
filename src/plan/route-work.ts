import type { Story } from '../prd/prd.ts';
import type { Role, Routed } from './plan.ts';

/** What a story asks of its model: to decide, to build what is described, or to repeat a fixed pattern. */
export type Work = 'judgment' | 'making' | 'repetition';

/** What was found in a story's text, in words; the caller has looked, this file only decides. */
export interface WorkEvidence {
  /** Why it needs judgment, strongest first. */
  readonly judgment: readonly string[];
  /** What has to be made clearer before a delegate may have it. */
  readonly unclear: readonly string[];
}

export interface WorkAdvice {
  readonly work: Work;
  readonly because: string;
  /** As it is written. Otherwise the orchestrator refines it before a delegate has it. */
  readonly ready: boolean;
}

/** Says what kind of work each story is, with the one reason that decides. In the order of the stories. */
export function adviseWork(
  stories: readonly Story[],
  evidenceOf: (story: Story) => WorkEvidence,
): readonly WorkAdvice[] {
  const shapes = countShapes(stories);
  return stories.map((story) => adviseStory(story, evidenceOf(story), shapes));
}

function adviseStory(story: Story, { judgment, unclear }: WorkEvidence, shapes: Shapes): WorkAdvice {
  const [decide] = judgment;
  if (decide !== undefined) return { work: 'judgment', because: decide, ready: true };
  if (story.complexity === 'high') return { work: 'judgment', because: 'the document calls it complex', ready: true };
  const [refine] = unclear;
  if (refine !== undefined) return { work: 'making', because: `to be refined first: ${refine}`, ready: false };
  const repeats = repetition(story, shapes);
  if (repeats !== null) return { work: 'repetition', because: repeats, ready: true };
  return { work: 'making', because: 'specified: nothing in it is left to decide', ready: true };
}

function repetition(story: Story, shapes: Shapes): string | null {
  const verb = mechanicalVerb(story.title);
  if (verb !== null) return `\`${verb}\` is mechanical work`;
  const alike = shapes.get(shapeOf(story))?.length ?? 0;
  return alike >= fewestAlike ? `one of ${alike} stories with the same criteria but for names` : null;
}

/** The first word of a title that asks for a change without a choice, or null. */
export function mechanicalVerb(title: string): string | null {
  const [verb = ''] = /^[a-z-]{1,20}(?=[\s:]|$)/i.exec(title.trim()) ?? [];
  return mechanical.has(verb.toLowerCase()) ? verb : null;
}

/** Verbs such as "format" and "move" are left out: what they name is as often a feature. */
const mechanical: ReadonlySet<string> = new Set(
  'rename reformat translate bump renumber replace capitalize inline'.split(' '),
);

/** Fewer stories of one shape may be alike by chance. */
const fewestAlike = 3;

/** Stories by the shape of their criteria. */
type Shapes = ReadonlyMap<string, readonly Story[]>;

function countShapes(stories: readonly Story[]): Shapes {
  const shapes = new Map<string, Story[]>();
  for (const story of stories) {
    const shape = shapeOf(story);
    const alike = shapes.get(shape);
    if (alike === undefined) shapes.set(shape, [story]);
    else alike.push(story);
  }
  shapes.delete('');
  return shapes;
}

/** The words of the prose without all that names a thing: quotes, code, paths, numbers, capitals. Empty for too few words. */
function shapeOf({ criteria }: Story): string {
  const prose = criteria.filter(({ reading }) => reading.kind === 'prose').map(({ text }) => plainWords(text));
  const words = prose.reduce((sum, text) => sum + (text === '' ? 0 : text.split(' ').length), 0);
  return words < fewestWords ? '' : prose.join('\n');
}

/** Shorter texts are alike by chance. */
const fewestWords = 6;

function plainWords(text: string): string {
  return text
    .slice(0, longestShape)
    .replace(/`[^`]{0,200}`|"[^"]{0,200}"|'[^']{0,200}'/g, ' ')
    .split(/\s/)
    .filter((word) => /^[a-z]{2,}[,.:;]?$/.test(word))
    .join(' ');
}

const longestShape = 400;

/** The name that `implementModel` should hold for each kind of work. */
export type WorkModels = Readonly<Record<Work, { readonly name: string; readonly modelId: string }>>;

/** Whether `implementModel` is what the work asks for. */
export type Agreement = 'agrees' | 'differs' | 'unset';

/**
 * Compares an advice with the route a story has now. A smaller delegate, or one of the user's own, is the user's bet; and what
 * has to be refined first may as well stay where it is.
 */
export function agreement(advice: WorkAdvice, routed: Routed | null, models: WorkModels): Agreement {
  if (routed === null) return 'differs';
  if (routed.reason.kind === 'default') return 'unset';
  if (!advice.ready && routed.role === 'orchestrator') return 'agrees';
  if (routed.role !== roleFor(advice.work)) return 'differs';
  const { making, repetition } = models;
  const isDear = advice.work === 'repetition' && routed.modelId === making.modelId;
  return isDear && making.modelId !== repetition.modelId ? 'differs' : 'agrees';
}

/** Who does a kind of work. */
function roleFor(work: Work): Role {
  return work === 'judgment' ? 'orchestrator' : 'delegate';
}
