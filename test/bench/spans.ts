import type { JournalRecord } from '../../src/run/events.ts';

export const steps = ['clone', 'setup', 'checks', 'git', 'model', 'landing', 'the rest'] as const;
export type Step = (typeof steps)[number];

/**
 * Where the time of a sequential run went, in ms: what lies between two records belongs to what the second one ends. A
 * check counts with its own duration; what lies around it is the clone it ran in.
 */
export function timeBySteps(records: readonly JournalRecord[]): ReadonlyMap<Step, number> {
  const spent = new Map<Step, number>(steps.map((step) => [step, 0]));
  const add = (step: Step, ms: number) => spent.set(step, (spent.get(step) ?? 0) + ms);
  let before = 0;
  for (const record of records) {
    const passed = record.mono - before;
    before = record.mono;
    if (record.type === 'check.finished' && !record.data.cached) {
      const own = Math.min(passed, record.data.durationMs);
      add('checks', own);
      add('clone', passed - own);
    } else {
      add(stepOf(record.type), passed);
    }
  }
  return spent;
}

function stepOf(type: JournalRecord['type']): Step {
  switch (type) {
    case 'attempt.started':
      return 'clone';
    case 'setup.started':
    case 'setup.finished':
      return 'setup';
    case 'request.sent':
    case 'request.settled':
    case 'agent.turn':
      return 'model';
    case 'snapshot.stored':
    case 'attempt.finished':
    case 'check.started':
    case 'check.finished':
    case 'spec.written':
    case 'verdict':
      return 'git';
    case 'landing.intent':
    case 'landing.done':
    case 'follow.intent':
    case 'follow.done':
    case 'story.finished':
      return 'landing';
    default:
      return 'the rest';
  }
}
