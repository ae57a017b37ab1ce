import picomatch from 'picomatch';
import type { Story } from '../prd/prd.ts';
import type { StoryRun } from './story-run.ts';

/** Stories that pass and whose scope holds one of the changed paths. A story without a scope may be touched by anything. */
export function passedStories({ request, passed, planned }: StoryRun, changed: readonly string[]): readonly Story[] {
  return request.prd.stories.filter((story) => {
    if (story.id === planned.story.id || !(story.passes || passed.has(story.id))) return false;
    if (story.files.length === 0) return true;
    const inScope = picomatch([...story.files], { dot: true });
    return changed.some((path) => inScope(path));
  });
}
