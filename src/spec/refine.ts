import type { AttemptEnd } from '../agent/implementer.ts';
import type { Prd, Story } from '../prd/prd.ts';
import { storyChecks } from '../prd/story-checks.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';
import { type CheckedRefinement, checkRefinement, type RefinementGround } from './check-refinement.ts';
import { type Excerpts, excerptsFor, neededFiles, scriptsIn } from './excerpts.ts';
import type { FollowUp, Orchestrator } from './orchestrator.ts';
import { readTexts } from './read-texts.ts';
import { followUpText, refineText, type StoryToRefine } from './refine-text.ts';
import { refinedStory } from './refined-story.ts';
import { type RefinementAnswer, refinementAnswer } from './refinement.ts';

/** Stories of one request: more share too little, and cut each other's excerpts short. */
export const maxBatch = 6;
const maxNeeds = 4;

export interface RefineOrder {
  /** At most `maxBatch`; what comes after is not refined. */
  readonly stories: readonly StoryToRefine[];
  readonly prd: Prd;
  /** Commit that the stories start from. */
  readonly commit: Oid;
  /** What is still wrong with a refined story, in words: asked for once more, then reported. */
  readonly judge: (refined: Story) => readonly string[];
}

export type RefineResult =
  | { readonly kind: 'refined'; readonly stories: readonly RefinedOrNot[] }
  | { readonly kind: 'stopped'; readonly end: AttemptEnd };

/** What came of one story, in the order that was asked. */
export type RefinedOrNot =
  | (CheckedRefinement & {
      readonly kind: 'refined';
      readonly story: Story;
      /** What `judge` still says; empty when nothing. `refinement.ready` is what the orchestrator thinks itself. */
      readonly open: readonly string[];
    })
  | { readonly kind: 'unrefined'; readonly story: Story; readonly reason: string };

/**
 * Asks the orchestrator to make up to six stories ready: one question, and at most one more for files it wanted to see or
 * for what is still open. What comes back has been held against the repository.
 */
export async function refineStories(
  order: RefineOrder,
  orchestrator: Orchestrator,
  vault: Vault,
): Promise<RefineResult> {
  const stories = order.stories.slice(0, maxBatch);
  const excerpts = await excerptsFor(
    stories.map(({ story }) => story),
    vault,
    order.commit,
  );
  const first = stories.length === 1 ? (stories[0]?.story.id ?? null) : null;
  const consulted = await orchestrator.consult<RefinementAnswer>({
    purpose: { step: 'refine', role: 'orchestrator', story: first, attempt: null },
    tool: 'submit_refinement',
    text: refineText(stories, order.prd, excerpts),
    schema: refinementAnswer,
    maxTokens: 2_000 + 2_000 * stories.length,
    effort: 'medium',
    reading: null,
    followUp: (answer) => followUp(answer, { ...order, stories }, excerpts, vault),
  });
  if (consulted.kind === 'stopped') return consulted;
  if (consulted.kind === 'unusable') return unrefined(order.stories, consulted.reason);
  const judged = await judgeAnswer(consulted.answer, order, vault);
  return { kind: 'refined', stories: judged };
}

async function followUp(
  answer: RefinementAnswer,
  order: RefineOrder,
  excerpts: Excerpts,
  vault: Vault,
): Promise<FollowUp<RefinementAnswer> | null> {
  const needs = answer.stories.flatMap((story) => story.needs).filter((path) => !excerpts.paths.has(path));
  const files = await neededFiles([...new Set(needs)].slice(0, maxNeeds), vault, order.commit);
  const judged = await judgeAnswer(answer, order, vault);
  const open = judged.flatMap(openLines);
  if (files.length === 0 && open.length === 0) return null;
  return { text: followUpText(files, open), join: (second) => joined(answer, second) };
}

function openLines(result: RefinedOrNot): readonly string[] {
  if (result.kind === 'unrefined') return [`${result.story.id}: ${result.reason}`];
  if (result.open.length === 0) return [];
  return [...result.open, ...result.dropped.map((line) => `left out: ${line}`)].map(
    (line) => `${result.story.id}: ${line}`,
  );
}

/** A story that was submitted again replaces the first try; the others stay. */
function joined(first: RefinementAnswer, second: RefinementAnswer): RefinementAnswer {
  const again = new Set(second.stories.map(({ storyId }) => storyId));
  return { stories: [...second.stories, ...first.stories.filter(({ storyId }) => !again.has(storyId))] };
}

async function judgeAnswer(
  answer: RefinementAnswer,
  order: RefineOrder,
  vault: Vault,
): Promise<readonly RefinedOrNot[]> {
  const ground = await groundOf(answer, order, vault);
  return order.stories.map(({ story }): RefinedOrNot => {
    const given = answer.stories.find(({ storyId }) => storyId === story.id);
    if (given === undefined) return { kind: 'unrefined', story, reason: 'the refinement does not name it' };
    const { storyId: _, ...refinement } = given;
    const checked = checkRefinement(story, refinement, ground);
    return { kind: 'refined', story, ...checked, open: order.judge(refinedStory(story, checked.refinement)) };
  });
}

async function groundOf(
  answer: RefinementAnswer,
  { prd, commit }: RefineOrder,
  vault: Vault,
): Promise<RefinementGround> {
  const named = answer.stories.flatMap(({ copyFrom, edits }) => [...copyFrom, ...edits].map(({ path }) => path));
  const texts = await readTexts(vault, commit, ['package.json', ...named]);
  const scripts = scriptsIn(texts.get('package.json') ?? '');
  const used = prd.stories.flatMap((story) => storyChecks(story).map(({ run }) => run));
  return {
    paths: new Set(await vault.paths(commit)),
    text: (path) => texts.get(path) ?? null,
    used: [...used, ...prd.checks.values(), ...Object.values(scripts)],
    scripts: new Set(Object.keys(scripts)),
  };
}

function unrefined(stories: readonly StoryToRefine[], reason: string): RefineResult {
  return { kind: 'refined', stories: stories.map(({ story }) => ({ kind: 'unrefined', story, reason })) };
}
