import type { Oid } from '../workspace/workspace.ts';
import type { EventData, RunEvent } from './events.ts';

type Landing = Pick<EventData<'landing.done'>, 'story' | 'from' | 'commit'>;

/** What this run landed so far, for those who have to know what they met. */
export interface Meanwhile {
  /** Hears every event. */
  note(event: RunEvent): void;
  /** Landings after this commit, oldest first; all of them where the commit is older than the run. */
  since(base: Oid): readonly Landing[];
}

export function openMeanwhile(): Meanwhile {
  const landings: Landing[] = [];
  return {
    note: ({ type, data }) => {
      if (type === 'landing.done') landings.push(data);
    },
    since: (base) => {
      const from = landings.findIndex((one) => one.from === base);
      return landings.slice(from >= 0 ? from : landings.findIndex(({ commit }) => commit === base) + 1);
    },
  };
}
