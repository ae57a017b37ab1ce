/** The one table of exit codes: `prd help exit-codes`, the README and the tests read it. */
export const exitCodes = {
  0: { name: 'yes', meaning: 'no finding at error level; every selected story passes; all evidence valid' },
  1: {
    name: 'no',
    meaning: 'a finding at error level; a selected story is still red or inconclusive; `no-evidence`, `stale-story`',
  },
  2: { name: 'usage', meaning: 'unknown flag, missing file, bad JSON, schema problem, unknown story id' },
  3: { name: 'limit', meaning: 'stopped at a limit with work left (attempts, cost, time, tokens): run again to go on' },
  4: {
    name: 'environment',
    meaning: 'environment or provider failed: no key, provider unreachable, no git repository, disk full',
  },
  5: { name: 'locked', meaning: 'another run holds this repository, or its lock is unreadable' },
  6: { name: 'approval', meaning: "a step needs a person's consent and none could be asked; `story-removed`" },
  7: { name: 'integrity', meaning: 'forged or mismatching evidence; a tampered attempt; a damaged journal' },
  70: { name: 'bug', meaning: 'a bug in prd: prints versions, the journal and where to report' },
  129: { name: 'hang-up', meaning: 'the terminal was closed' },
  130: { name: 'interrupt', meaning: 'Ctrl-C' },
  143: { name: 'terminate', meaning: 'SIGTERM' },
} as const;

export type ExitCode = keyof typeof exitCodes;

/** When several codes apply the highest of 1 to 7 wins; a signal or a bug overrides all. */
export function worstExit(codes: Iterable<ExitCode>): ExitCode {
  let worst: ExitCode = 0;
  for (const code of codes) if (code > worst) worst = code;
  return worst;
}
