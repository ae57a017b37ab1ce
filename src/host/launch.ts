/** What starts a command under limits; `sh` is where every system has it. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
}

/** At `guard` the user's other processes count, too: a desktop has thousands. */
const guardProcesses = 16_384;
/** In a box only its own count. */
const boxProcesses = 4_096;
/** 8 GiB, in the blocks of 512 bytes that `ulimit` counts. */
const fileBlocks = 16_777_216;

/** The command under limits that it can only lower, in place of the launcher: no process more. */
export function guardLaunch(command: readonly string[]): Launch {
  return launch(`${limits(guardProcesses)}\nexec "$@"`, command);
}

/**
 * The first command of a box. When it ends, so does the box; what it left behind gets 0.2 s to finish writing, as it does
 * outside of a box.
 */
export function boxLaunch(command: readonly string[]): Launch {
  return launch(`${limits(boxProcesses)}\n${waiting}`, command);
}

function launch(script: string, command: readonly string[]): Launch {
  return { file: '/bin/sh', args: ['-c', script, 'prd', ...command] };
}

// `-u` of bash is `-p` of dash. A limit that is lower already stays as it is. Where memory ends, the kernel takes the
// command first and not `prd`.
function limits(processes: number): string {
  return `{
ulimit -c 0
ulimit -f ${fileBlocks}
ulimit -u ${processes} || ulimit -p ${processes}
echo 500 >/proc/self/oom_score_adj
} 2>/dev/null`;
}

// Its own words about a command that died by a signal go nowhere: outside of a box nobody says them. Two processes are
// the box itself: its first one and this.
const waiting = `exec 3>&2 2>/dev/null
(exec "$@" 2>&3 3>&-)
code=$?
turns=0
while set -- /proc/[0-9]*; [ $# -gt 2 ] && [ $turns -lt 20 ]; do
turns=$((turns + 1))
sleep 0.01
done
exit $code`;
