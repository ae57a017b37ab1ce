import { expect, it } from 'vitest';
import { roundOutcome } from '../../../src/agent/external/claude-outcome.ts';
import { nothingSaid, readLine } from '../../../src/agent/external/claude-stream.ts';
import type { CommandResult } from '../../../src/host/process.ts';

const nothing = { text: '', bytes: 0, cut: 0, file: null };
const ended: CommandResult = {
  exitCode: null,
  signal: null,
  timedOut: false,
  cancelled: false,
  flooded: false,
  notStarted: null,
  durationMs: 2_000,
  stdout: nothing,
  stderr: nothing,
};

it.each([
  [
    'silence',
    { timedOut: true, idle: true },
    { kind: 'provider', failure: 'timeout', said: 'it said nothing for too long', stopsRun: false },
  ],
  ['the clock', { timedOut: true }, { kind: 'limit', limit: 'time', detail: '2 s' }],
  [
    'too much output',
    { flooded: true },
    { kind: 'provider', failure: 'crashed', said: 'it wrote more than it may', stopsRun: false },
  ],
  [
    'a signal',
    { signal: 'SIGSEGV' },
    { kind: 'provider', failure: 'crashed', said: 'exit SIGSEGV: ', stopsRun: false },
  ],
  [
    'a missing program',
    { notStarted: 'ENOENT' },
    { kind: 'provider', failure: 'not_installed', said: 'cannot start claude: ENOENT', stopsRun: true },
  ],
  ['an interruption', { cancelled: true }, { kind: 'aborted' }],
])('a round that ends by %s claims nothing', (_, given, expected) => {
  expect(roundOutcome({ ...ended, ...given }, nothingSaid)).toEqual({ kind: 'end', end: expected });
});

it('a result without anything in it is a failure, not a claim', () => {
  const says = readLine(nothingSaid, '{"type":"result"}');
  expect(roundOutcome({ ...ended, exitCode: 0 }, says)).toEqual({
    kind: 'end',
    end: { kind: 'provider', failure: 'failed', said: 'unknown: ', stopsRun: false },
  });
});
