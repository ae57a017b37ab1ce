/** What the oracle can find; the columns of the report. */
export const columns = ['false passes', 'lost attempts', 'double landings', 'torn files', 'unrecovered'] as const;

export interface Finding {
  readonly column: (typeof columns)[number];
  readonly detail: string;
}

/** What came of a suite. */
export interface Tally {
  readonly suite: string;
  readonly runs: number;
  readonly findings: readonly Finding[];
}

/** How much of a suite is run. */
export interface Amount extends Pace {
  readonly runs: number;
}

export interface Pace {
  /** Nothing new is started after this moment of `performance.now()`. */
  readonly until: number;
  /** Told after each job how many runs are done. */
  readonly progress?: (runs: number) => void;
}

/** Runs jobs, two at a time, until all are done or the time is over. What a job finds is told with its name. */
export async function tally(
  suite: string,
  jobs: readonly Job[],
  { until, progress, workers = 2 }: Pace & { readonly workers?: 1 | 2 },
): Promise<Tally> {
  const findings: Finding[] = [];
  let [next, runs] = [0, 0];
  const work = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined && performance.now() < until; job = jobs[next++]) {
      const found = await job.run();
      runs += job.counts ?? 1;
      progress?.(runs);
      findings.push(...found.map(({ column, detail }) => ({ column, detail: `${job.name}: ${detail}` })));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return { suite, runs, findings };
}

export interface Job {
  readonly name: string;
  /** How many runs of the suite it stands for. Default 1. */
  readonly counts?: number;
  run(): Promise<readonly Finding[]>;
}
