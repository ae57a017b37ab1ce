import type { Reading, VerifyCommand } from '../prd.ts';
import type { CheckPhrase } from './check-phrase.ts';
import type { CheckSubject } from './check-subject.ts';
import { everyCheck } from './check-words.ts';
import { exitZero } from './expectation.ts';

type CheckReading = Extract<Reading, { kind: 'check' }>;

/**
 * Looks the checks of a phrase up in the document. A qualifier narrows the name and is never dropped: "backend tests pass"
 * does not run the whole suite.
 */
export function resolveChecks(
  phrase: CheckPhrase,
  checks: ReadonlyMap<string, string>,
  remark: string | null,
): CheckReading {
  const names: string[] = [];
  const commands: VerifyCommand[] = [];
  const unresolved: string[] = [];
  for (const wanted of phrase.subjects.flatMap((subject) => wantedNames(subject, checks))) {
    const name = wanted.find((candidate) => checks.has(candidate));
    const run = name === undefined ? undefined : checks.get(name);
    const label = name ?? wanted[0] ?? '';
    if (names.includes(label)) continue;
    names.push(label);
    if (name === undefined || run === undefined) unresolved.push(label);
    else commands.push({ run, expect: exitZero, cwd: null, timeoutMs: null, name, remark });
  }
  return { kind: 'check', names, commands, unresolved, remark };
}

/** Candidates per check that is wanted, best first. */
function wantedNames(subject: CheckSubject, checks: ReadonlyMap<string, string>): readonly (readonly string[])[] {
  if (subject.name === everyCheck && checks.size > 0) return [...checks.keys()].map((name) => [name]);
  const { name, qualifier } = subject;
  if (qualifier === null) return [[name]];
  return [[`${qualifier}-${name}`, `${name}:${qualifier}`, `${qualifier}:${name}`, `${name}-${qualifier}`]];
}
