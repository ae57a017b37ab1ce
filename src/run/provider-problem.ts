import type { AttemptEnd } from '../agent/implementer.ts';
import type { Problem } from '../problem.ts';
import type { StoryRun } from './story-run.ts';

interface Asking {
  readonly planned: Pick<StoryRun['planned'], 'model'>;
  readonly deps: StoryRun['deps'];
}

type ProviderEnd = Extract<AttemptEnd, { kind: 'provider' }>;

/** The problem behind a provider's failure, with the user's names for model and endpoint. */
export function providerProblem({ planned, deps }: Asking, { failure, said }: ProviderEnd): Problem {
  // An external agent speaks to its provider itself: all we know is that it could not work.
  if (!deps.usesModels)
    return { code: 'agent-unavailable', agent: deps.implementer.name, why: said === '' ? failure : said };
  const entry = deps.entry(planned.model);
  const facts = { model: planned.model, endpoint: entry.endpoint.baseUrl };
  if (failure === 'credentials') return { code: 'key-refused', ...facts, said };
  if (failure === 'spend-limit') return { code: 'spend-limit', ...facts, said };
  return { code: 'provider-unreachable', ...facts, why: said === '' ? failure : said };
}
