import type { AttemptEnd } from '../agent/implementer.ts';
import type { Story } from '../prd/prd.ts';
import type { EmitEvent } from '../run/events.ts';
import { whoBuilds } from '../spec/dispatch.ts';
import type { Orchestrator } from '../spec/orchestrator.ts';
import { readOverlay, type TextStore, writeOverlay } from '../spec/overlay.ts';
import { maxBatch, type RefinedOrNot, refineStories } from '../spec/refine.ts';
import type { Prepared } from './prepare-run.ts';
import { readinessOf } from './readiness.ts';

/** What came of a story; `reused`: it was made earlier, and nothing it names has changed since. */
export type Refined = RefinedOrNot & { readonly reused: boolean };

export interface Asked {
  readonly stories: readonly Refined[];
  /** Why the rest was not asked for; null when all were. */
  readonly end: AttemptEnd | null;
}

export interface AskingMeans {
  readonly prepared: Prepared;
  readonly orchestrator: Orchestrator;
  readonly texts: TextStore;
  readonly emit: EmitEvent;
}

/** Refines stories, a few in one question; what an earlier refinement says and still holds is taken from there. */
export async function askToRefine(stories: readonly Story[], means: AskingMeans): Promise<Asked> {
  const { open, base } = means.prepared;
  const place = { vault: open.vault, commit: base };
  const done: Refined[] = [];
  const missing: Story[] = [];
  for (const story of stories) {
    const kept = await readOverlay(means.texts, story, place);
    if (kept === null) missing.push(story);
    else done.push({ kind: 'refined', story, refinement: kept, dropped: [], open: [], reused: true });
  }
  let end: AttemptEnd | null = null;
  for (let start = 0; start < missing.length && end === null; start += maxBatch) {
    const asked = await askBatch(missing.slice(start, start + maxBatch), means);
    done.push(...asked.stories);
    end = asked.end;
  }
  for (const made of done) await tell(made, means);
  return { stories: stories.flatMap((story) => done.find((made) => made.story === story) ?? []), end };
}

async function askBatch(batch: readonly Story[], means: AskingMeans): Promise<Asked> {
  const { prepared, orchestrator, texts } = means;
  const { prd, base, open } = prepared;
  const readiness = readinessOf(prepared);
  const originals = new Map(batch.map((story) => [story.id, story]));
  const order = {
    stories: batch.map((story) => ({ story, reasons: readiness.of(story).reasons.map(({ message }) => message) })),
    prd,
    commit: base,
    judge: (now: Story) => readiness.open(now, originals.get(now.id) ?? now),
  };
  const result = await refineStories(order, orchestrator, open.vault);
  if (result.kind === 'stopped') return { stories: [], end: result.end };
  for (const made of result.stories) {
    if (made.kind === 'unrefined' || made.open.length > 0) continue;
    await writeOverlay(texts, made.story, made.refinement, { vault: open.vault, commit: base });
  }
  return { stories: result.stories.map((made) => ({ ...made, reused: false })), end: null };
}

/** As a run says it of each of its stories. */
async function tell(made: Refined, { prepared, emit }: AskingMeans): Promise<void> {
  const { story, kind, reused } = made;
  const { choice: builder, because } = whoBuilds(made, readinessOf(prepared).of(story).verdict);
  const refined = kind === 'refined';
  const recommends = refined && made.refinement.route === 'orchestrator' ? 'orchestrator' : builder;
  const dropped = refined ? [...made.dropped] : [];
  await emit({
    type: 'spec.decided',
    data: { story: story.id, refined, reused, builder, recommends, because, dropped },
  });
}
