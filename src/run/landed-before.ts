import type { RunRequest } from './deps.ts';
import type { EventData } from './events.ts';

/** The request after recovery: what it planned for stories that have landed since is not to be done any more. */
export function withLanded(request: RunRequest, landed: readonly EventData<'landing.intent'>[]): RunRequest {
  const passing = new Set(landed.filter(({ branch }) => branch === request.branch).map(({ story }) => story));
  if (passing.size === 0) return request;
  const stories = request.plan.stories.map((planned) =>
    passing.has(planned.story.id) && planned.state.kind === 'ready'
      ? { ...planned, state: { kind: 'passes' as const } }
      : planned,
  );
  const told = request.prd.stories.map((story) => (passing.has(story.id) ? { ...story, passes: true } : story));
  return { ...request, plan: { ...request.plan, stories }, prd: { ...request.prd, stories: told } };
}
