import { readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { readProcess } from './process-table.ts';
import { type ProcessTree, processGroup, sweepJob } from './process-tree.ts';

/** A process that the kernel does not let die must not hold us for ever. */
const patienceMs = 2_000;
const pollMs = 1;

/**
 * A command in a box: the kernel ends whatever is inside, also what left the group or dropped the marker. Its end is
 * that of the first process in the box, which the kernel lets go last. `info` gives what bubblewrap told.
 */
export function boxTree(leader: number, job: string, info: () => string): ProcessTree {
  const group = processGroup(leader);
  const gone = async (): Promise<void> => {
    const first = firstProcess(info());
    // Cut off before it told: what there was of it carries the marker.
    if (first === null) await sweepJob(job);
    else await boxGone(first);
  };
  return {
    // What is inside hears no TERM: the box ends at once when its keeper does.
    end: async () => {
      group.signal('SIGKILL');
      await gone();
    },
    clear: gone,
    kill: () => group.signal('SIGKILL'),
  };
}

function firstProcess(info: string): number | null {
  const [, pid] = /"child-pid"\s*:\s*(\d+)/.exec(info) ?? [];
  return pid === undefined ? null : Number(pid);
}

async function boxGone(first: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (isFirstOfBox(first) && performance.now() < deadline) await delay(pollMs);
}

/** A stranger that got the number meanwhile lives in our own namespace. */
function isFirstOfBox(pid: number): boolean {
  if (readProcess(pid) === null) return false;
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`) !== readlinkSync('/proc/self/ns/pid');
  } catch {
    return readProcess(pid) !== null;
  }
}
