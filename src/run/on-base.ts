import { crashPoint } from '../host/crash-point.ts';
import type { Oid } from '../workspace/workspace.ts';
import { measureBaseline } from './baseline.ts';
import type { StoryRun } from './story-run.ts';

/** The story as it stands on a commit: what its checks say there before any work. */
export async function onBase(story: Omit<StoryRun, 'base' | 'setup' | 'baselines'>, base: Oid): Promise<StoryRun> {
  const { deps, checks, planned } = story;
  const onStart = (step: { command: string; because: string }): void =>
    void deps.emit({ type: 'setup.started', data: step });
  const setup = await deps.setup.prepare(base, { onStart, signal: deps.stop });
  const baselines = await measureBaseline({ story: planned.story.id, commit: base, setup }, checks, deps);
  crashPoint('plan.after-baseline');
  return { ...story, base, setup, baselines };
}
