import { setTimeout as delay } from 'node:timers/promises';
import { carriesJob, groupLives, type ProcessEntry, readProcess, scanForJob } from './process-table.ts';

/** The process group that a command leads. */
export interface ProcessGroup {
  signal(name: NodeJS.Signals): void;
  /** TERM, then KILL when the grace is over or `hurry` says so. Harmless when the group is gone. */
  end(graceMs: number, hurry?: () => boolean): Promise<void>;
}

/** A command and everything it started: its process group, and by the job marker what left the group. */
export interface ProcessTree {
  /** Ends the group as `ProcessGroup.end` does, then sweeps. */
  end(graceMs: number, hurry?: () => boolean): Promise<void>;
  /** For a command that ended by itself: what it left behind gets a moment to finish writing, then KILL and sweep. */
  clear(): Promise<void>;
  /** KILL for everything, at once and synchronously: for the exit of `prd` itself. */
  kill(): void;
}

const pollMs = 10;
/** A `tee` behind a process substitution may still be writing when its shell has ended. */
const leftoverMs = 200;
const roundMs = 1;
/** A fork bomb needs many rounds; a process that the kernel does not let die must not hold us for ever. */
const maxRounds = 500;
/** Replacing a program takes well under a millisecond; who shows no environment after these looks has none. */
const maxLooks = 3;

export function processTree(leader: number, job: string): ProcessTree {
  const startTicks = readProcess(leader)?.startTicks ?? null;
  const group = processGroup(leader, startTicks);
  const since = Number(startTicks);
  return {
    end: async (graceMs, hurry) => {
      await group.end(graceMs, hurry);
      await sweepJob(job, since);
    },
    clear: async () => {
      if (!(await groupGone(leader, leftoverMs))) group.signal('SIGKILL');
      await sweepJob(job, since);
    },
    kill: () => {
      group.signal('SIGKILL');
      const sweep = openSweep(job, since);
      while (sweep.round());
    },
  };
}

/** To be called at once after the start, while the pid is certainly the command's own. */
export function processGroup(leader: number, startTicks = readProcess(leader)?.startTicks ?? null): ProcessGroup {
  const signal = (name: NodeJS.Signals) => signalGroup(leader, startTicks, name);
  return {
    signal,
    end: async (graceMs, hurry) => {
      signal('SIGTERM');
      if (!(await groupGone(leader, graceMs, hurry))) signal('SIGKILL');
    },
  };
}

/** Ends every process that carries the job in its environment, also those of a run that crashed. Returns how many. */
export async function sweepJob(job: string, since?: number): Promise<number> {
  const sweep = openSweep(job, since);
  while (sweep.round()) await delay(roundMs);
  return sweep.ended();
}

/** One sweep, round by round: what a process starts while it is being looked at is found in the next round. */
function openSweep(job: string, since?: number) {
  const ended = new Set<string>();
  let suspects: readonly number[] = [];
  let looks = 0;
  let rounds = 0;
  return {
    /** False when nothing more is to be expected. */
    round: () => {
      const { carriers, unclear } = suspects.length > 0 ? scanForJob(job, since, suspects) : scanForJob(job, since);
      for (const entry of carriers) {
        if (killExactly(entry, job)) ended.add(`${entry.pid}@${entry.startTicks}`);
      }
      suspects = carriers.length > 0 ? [] : unclear;
      looks = suspects.length > 0 ? looks + 1 : 0;
      rounds += 1;
      return rounds < maxRounds && (carriers.length > 0 || (looks > 0 && looks <= maxLooks));
    },
    ended: () => ended.size,
  };
}

// While a member of the group lives, no other process can get the leader's pid. So a process that has it and started
// at another time means that our group is gone and the number belongs to a stranger.
function signalGroup(leader: number, startTicks: string | null, name: NodeJS.Signals): void {
  const now = readProcess(leader);
  if (now !== null && now.startTicks !== startTicks) return;
  try {
    // Windows has no groups: only the command itself can be ended there.
    process.kill(process.platform === 'win32' ? leader : -leader, name);
  } catch {
    // Gone already, or under another user: there is nothing more that we may do.
  }
}

async function groupGone(leader: number, graceMs: number, hurry: () => boolean = () => false): Promise<boolean> {
  const deadline = performance.now() + graceMs;
  while (groupLives(leader)) {
    if (performance.now() >= deadline || hurry()) return false;
    await delay(pollMs);
  }
  return true;
}

function killExactly(entry: ProcessEntry, job: string): boolean {
  if (readProcess(entry.pid)?.startTicks !== entry.startTicks || !carriesJob(entry.pid, job)) return false;
  try {
    return process.kill(entry.pid, 'SIGKILL');
  } catch {
    return false;
  }
}
