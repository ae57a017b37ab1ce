import type { ProseReason, Reading } from '../prd.ts';

type ProseReading = Extract<Reading, { kind: 'prose' }>;

const readings: Readonly<Record<ProseReason, ProseReading>> = {
  plain: { kind: 'prose', why: 'plain' },
  'verify-prose': { kind: 'prose', why: 'verify-prose' },
  ambiguous: { kind: 'prose', why: 'ambiguous' },
  'odd-characters': { kind: 'prose', why: 'odd-characters' },
  manual: { kind: 'prose', why: 'manual' },
};

/** The reading of a text that never runs. One value per reason: most criteria of a document share the first. */
export function prose(why: ProseReason): ProseReading {
  return readings[why];
}
