import type { CommandResult } from '../../src/host/process.ts';

const timedOut = { timedOut: true, exitCode: null };
/** Children that do not want to end: what each is, its script and its result. `NAP` is a sleeper whose survivors are counted by name. */
export const nastyChildren: readonly [what: string, script: string, expected: Partial<CommandResult>][] = [
  ['a session of its own', 'setsid $NAP 60 & exit 0', { exitCode: 0 }],
  ['a double fork', '( ( $NAP 60 & ) & ); exit 0', { exitCode: 0 }],
  ['a double fork into a session of its own', '( setsid sh -c "$NAP 60 & $NAP 60 &" & ); exit 0', { exitCode: 0 }],
  ['nohup', 'nohup $NAP 60 >/dev/null 2>&1 & exit 0', { exitCode: 0 }],
  ['one that ignores HUP', 'trap "" HUP; setsid $NAP 60 & exit 0', { exitCode: 0 }],
  ['one that ignores TERM', 'trap "" TERM; $NAP 60', { ...timedOut, signal: 'SIGKILL' }],
  ['a stopped child', '$NAP 60 & kill -STOP $!; wait', timedOut],
  ['a stopped child in a session of its own', 'setsid sh -c "kill -STOP \\$\\$; $NAP 60" & exit 0', { exitCode: 0 }],
  ['a holder of the output', '$NAP 60 & echo done', { exitCode: 0 }],
  ['200 forks', 'i=0; while [ $i -lt 200 ]; do setsid $NAP 60 & i=$((i+1)); done; exit 0', { exitCode: 0 }],
  ['a flood of lines', 'setsid $NAP 60 & yes', { flooded: true, exitCode: null }],
  ['a flood without a line end', 'setsid $NAP 60 & tr "\\0" x </dev/zero', { flooded: true, exitCode: null }],
  ['a flood of bytes', 'setsid $NAP 60 & cat /dev/urandom', { flooded: true, exitCode: null }],
  ['a reader of stdin', 'cat; $NAP 60', timedOut],
  ['a reader of the terminal', 'read x </dev/tty; $NAP 60', timedOut],
  ['one that kills by name', 'setsid $NAP 60 & pkill -9 -f "$NAP 60"; exit 0', {}],
  ['a maker of zombies', 'sh -c "exit 0" & exec $NAP 60', timedOut],
  ['a hog of memory', 'setsid $NAP 60 & head -c 200m /dev/zero | tail | wc -c', { exitCode: 0 }],
  ['a slow exit', 'trap "sleep 0.3; exit 0" TERM; $NAP 60 & wait', timedOut],
];
