import type { Role } from '../plan/plan.ts';
import type { PastStory } from '../plan/route-past.ts';
import type { JournalRecord } from '../run/events.ts';

interface Climb {
  readonly title: string;
  readonly role: Role | null;
  readonly attempts: number;
}

/** Every story that came to an end in the journals, once per end. What was stopped half-way says nothing. */
export function pastStories(records: Iterable<JournalRecord>): readonly PastStory[] {
  const climbs = new Map<string, Climb>();
  const past: PastStory[] = [];
  for (const { type, data } of records) {
    if (type === 'story.started') climbs.set(data.story, { ...(climbs.get(data.story) ?? fresh), title: data.title });
    if (type === 'attempt.started') climbs.set(data.story, oneMore(climbs.get(data.story) ?? fresh, data.role));
    if (type !== 'story.finished' || (data.outcome !== 'passes' && data.outcome !== 'blocked')) continue;
    const { role, title, attempts } = climbs.get(data.story) ?? fresh;
    climbs.delete(data.story);
    if (role !== null) past.push({ story: data.story, title, role, passed: data.outcome === 'passes', attempts });
  }
  return past;
}

const fresh: Climb = { title: '', role: null, attempts: 0 };

/** Who tried first counts. */
function oneMore({ title, role, attempts }: Climb, by: Role): Climb {
  return { title, role: role ?? by, attempts: attempts + 1 };
}
