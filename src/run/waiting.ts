import type { PlannedStory } from '../plan/plan.ts';
import type { EventData } from './events.ts';
import type { RunFacts } from './exit.ts';

type Waiting = NonNullable<EventData<'run.finished'>['waiting']>[number];
type Cause = Omit<Waiting, 'stories'>;

interface Facts extends Pick<RunFacts, 'selected' | 'outcomes' | 'revoked'> {
  readonly plan: readonly PlannedStory[];
}

/**
 * Why selected stories have not been tried, for each cause once: what they wait for, and the command that goes on. What
 * was tried has said so itself.
 */
export function waitingStories(facts: Facts): Waiting[] {
  const settled = new Map(facts.outcomes.map((one) => [one.story, one.outcome]));
  const planned = new Map(facts.plan.map((one) => [one.story.id, one]));
  const known = { settled, planned, revoked: new Set(facts.revoked) };
  const groups = new Map<string, Waiting>();
  for (const one of facts.selected) {
    const { id } = one.story;
    if (settled.has(id) || one.state.kind === 'passes') continue;
    const cause = causeOf(one, known);
    const key = JSON.stringify(cause);
    const group = groups.get(key) ?? { stories: [], ...cause };
    groups.set(key, { ...group, stories: [...group.stories, id] });
  }
  return [...groups.values()];
}

interface Known {
  readonly settled: ReadonlyMap<string, EventData<'story.finished'>['outcome']>;
  readonly planned: ReadonlyMap<string, PlannedStory>;
  readonly revoked: ReadonlySet<string>;
}

const notYet: Cause = { for: [], why: 'the run ended before their turn', next: 'prd run' };

function causeOf(one: PlannedStory, known: Known): Cause {
  const own = standing(one, known);
  if (own !== null) return { for: [], ...own };
  const roots = rootsOf(one, known);
  const [first] = roots;
  if (first === undefined) return notYet;
  const found = roots.map((root) => standing(root, known)).filter((cause) => cause !== null);
  return {
    for: roots.map(({ story }) => story.id),
    why: found.map(({ why }) => why).join('; '),
    next: found[0]?.next ?? 'prd run',
  };
}

/** Stories that do not pass and wait for nobody themselves, at the end of each chain of dependencies. */
function rootsOf(one: PlannedStory, known: Known): readonly PlannedStory[] {
  const seen = new Set<string>();
  const roots: PlannedStory[] = [];
  const queue = [...one.story.dependsOn];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const found = known.planned.get(id);
    if (found === undefined || seen.has(id)) continue;
    seen.add(id);
    if (standing(found, known) !== null) roots.push(found);
    else queue.push(...found.story.dependsOn);
  }
  return roots;
}

/** What keeps a story from passing by itself; null: nothing but others, or that its turn has not come. */
function standing({ story: { id }, state }: PlannedStory, { settled, revoked }: Known): Omit<Cause, 'for'> | null {
  const look = `prd show ${id}`;
  if (revoked.has(id)) return { why: `${id} does not pass any more`, next: look };
  const outcome = settled.get(id);
  if (outcome === 'passes') return null;
  if (outcome === 'blocked') return { why: `${id} is blocked`, next: look };
  if (outcome !== undefined) return { why: `${id} has not come to its end`, next: 'prd run' };
  switch (state.kind) {
    case 'blocked':
      return { why: `${id} is blocked since an earlier run`, next: look };
    case 'unprovable':
      return { why: `no verify command decides ${id}`, next: 'prd lint' };
    case 'on-hold':
      return { why: `${id} is on hold (${state.word})`, next: `prd run ${id}` };
    case 'not-selected':
      return { why: `${id} was not selected`, next: `prd run ${id}` };
    case 'passes':
    case 'ready':
    case 'waits':
      return null;
    default:
      return state satisfies never;
  }
}
