import type { Counts } from '../check.ts';
import { programsOf } from '../command-words.ts';
import { cargoTest } from './cargo-test.ts';
import { goTest } from './go-test.ts';
import { jest } from './jest.ts';
import { junit } from './junit.ts';
import { mocha } from './mocha.ts';
import { nodeTest } from './node-test.ts';
import { pytest } from './pytest.ts';
import { addCounts, type Runner } from './runner.ts';
import { vitest } from './vitest.ts';

/** Every runner we can read. */
export const runners: readonly Runner[] = [nodeTest, vitest, jest, mocha, pytest, goTest, cargoTest, junit];

/**
 * What the test runner of a command reported, or null when no report was found. A runner that the command names, itself
 * or through a script that the package manager echoes, is read alone; else the first one whose report is there.
 */
export function readCounts(command: string, output: string): Counts | null {
  const plain = output.replaceAll('\r\n', '\n');
  const named = namedRunners(command, plain);
  const candidates = named.length > 0 ? named : runners;
  const found = candidates.flatMap((runner) => {
    const counts = runner.read(plain);
    return counts === null ? [] : [{ runner: runner.name, ...counts }];
  });
  return named.length > 1 ? merged(found) : (found[0] ?? null);
}

/** Runners that must have left a report in this output: named by the command and not hidden behind a pipe. */
export function namedRunners(command: string, output: string): readonly Runner[] {
  const started = [command, ...echoedScripts(output)].flatMap(programsOf).filter((program) => !program.hidden);
  return runners.filter((runner) => started.some((program) => runner.starts(program)));
}

/** npm and pnpm print `> name@version script` and then the script itself; yarn prints `$ script`. */
function echoedScripts(output: string): readonly string[] {
  const npm = output.matchAll(/^> (?:\S{1,214}@\S{0,100} )?[\w:.-]{1,100}(?: \/\S{1,1000})?\n> (.+)$/gm);
  const yarn = output.matchAll(/^\$ (.+)$/gm);
  return [...npm, ...yarn].flatMap((line) => line[1] ?? []);
}

function merged(found: readonly Counts[]): Counts | null {
  const sum = addCounts(found);
  const silent = found.flatMap((counts) => counts.silent ?? []);
  return sum === null ? null : { ...sum, runner: found.map((counts) => counts.runner).join(' + '), silent };
}
