import { readdirSync, readFileSync } from 'node:fs';

/** One living process as the kernel shows it. `startTicks` tells it from a later process with the same pid. */
export interface ProcessEntry {
  readonly pid: number;
  readonly group: number;
  /** One letter: `T` is stopped. Zombies are never returned. */
  readonly state: string;
  readonly startTicks: string;
  /** A thread of the kernel, which never has an environment. */
  readonly kernel: boolean;
}

/** PF_KTHREAD of the Linux kernel, in the flags of `/proc/<pid>/stat`. */
const kernelThread = 0x0020_0000;

/** The environment variable that marks every process of a job, inherited by whatever the job starts. */
export const jobVariable = 'PRD_JOB';

/** The process, or null if it is gone, a zombie, or the platform has no `/proc`. */
export function readProcess(pid: number): ProcessEntry | null {
  const stat = readQuietly(`/proc/${pid}/stat`) ?? '';
  // The program name stands in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, , group] = fields;
  const startTicks = fields[19];
  if (state === undefined || group === undefined || startTicks === undefined) return null;
  if (state === 'Z' || state === 'X') return null;
  return { pid, group: Number(group), state, startTicks, kernel: (Number(fields[6]) & kernelThread) !== 0 };
}

/** True while a process of the group lives; zombies that nobody reaps do not count. */
export function groupLives(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch (error) {
    // EPERM: it lives under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const pids = processIds();
  return pids.length === 0 || pids.some((pid) => readProcess(pid)?.group === group);
}

export interface JobScan {
  readonly carriers: readonly ProcessEntry[];
  /** Processes that are just replacing their program: for a moment they show no environment. */
  readonly unclear: readonly number[];
}

/**
 * Looks for the processes of a job, in the whole table or among some. Empty where there is no `/proc`. `since` is the
 * start of the job in ticks: an older process cannot belong to it.
 */
export function scanForJob(job: string, since = 0, pids: readonly number[] = processIds()): JobScan {
  const carriers: ProcessEntry[] = [];
  const unclear: number[] = [];
  for (const pid of pids) {
    const environ = pid === process.pid ? null : readEnviron(pid);
    const carries = environ !== null && chainOf(environ).some((id) => isJob(id, job));
    const entry = carries || environ === '' ? readProcess(pid) : null;
    if (entry === null || entry.kernel || Number(entry.startTicks) < since) continue;
    if (carries) carriers.push(entry);
    else unclear.push(pid);
  }
  return { carriers, unclear };
}

/** True if the environment of the process holds the job: `<id>` alone, `<id>.<n>`, or either inside a longer chain. */
export function carriesJob(pid: number, job: string): boolean {
  return chainOf(readEnviron(pid) ?? '').some((id) => isJob(id, job));
}

function isJob(id: string, job: string): boolean {
  return id === job || id.startsWith(`${job}.`);
}

function chainOf(environ: string): readonly string[] {
  const start = `\0${environ}`.indexOf(`\0${jobVariable}=`);
  return start < 0 ? [] : environ.slice(start + jobVariable.length + 1, endOf(environ, start)).split('/');
}

function endOf(environ: string, start: number): number {
  const end = environ.indexOf('\0', start);
  return end < 0 ? environ.length : end;
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function readEnviron(pid: number): string | null {
  return readQuietly(`/proc/${pid}/environ`);
}

// Processes vanish between two reads and others are not ours to read: both mean "nothing to see".
function readQuietly(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return null;
  }
}
