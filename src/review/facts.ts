import { posix } from 'node:path';
import { exportedNames } from '../spec/repository-map.ts';
import type { Flag } from '../verify/flags.ts';
import type { PathTest } from '../verify/globs.ts';
import { lostAssertions } from '../verify/test-files.ts';
import { type ChangedFile, linesOf } from './changed-file.ts';
import { importStatements } from './imports.ts';

export interface FactInput {
  readonly files: readonly ChangedFile[];
  readonly flags: readonly Flag[];
  /** Protected paths that were left out of the candidate. */
  readonly dropped: readonly string[];
  readonly isTest: PathTest;
  /** Sources of the candidate; only needed where exports are gone. */
  readonly sources: ReadonlyMap<string, string>;
}

const maxPerKind = 8;

/** What a program can see of a change, one line per fact, in a fixed order. No opinion: that is asked for. */
export function factsOf(input: FactInput): readonly string[] {
  return [
    ...input.flags.map(flagLine),
    ...(input.dropped.length === 0 ? [] : [`left out because protected: ${input.dropped.join(', ')}`]),
    ...input.files.flatMap((file) => assertionFacts(file, input.isTest)),
    ...some(input.files.flatMap(markerFacts), 'more markers'),
    ...some(goneExports(input.files, input.sources), 'more such names'),
  ];
}

/** Names that a file exported before and does not any more. */
export function lostExports({ before, after }: ChangedFile): readonly string[] {
  const kept = new Set(exportedNames(after ?? ''));
  return exportedNames(before ?? '').filter((name) => !kept.has(name));
}

function flagLine({ code, level, paths, detail }: Flag): string {
  const where = paths.length === 0 ? '' : `${paths.slice(0, maxPerKind).join(', ')}: `;
  return `${where}${detail} (${code}${level === 'note' ? '' : `, ${level}`})`;
}

function assertionFacts({ path, status, before, after }: ChangedFile, isTest: PathTest): readonly string[] {
  if (!isTest(path) || before === null) return [];
  if (status === 'deleted') return [`${path}: a test file is deleted`];
  const lost = lostAssertions(before, after ?? '');
  return lost === 0 ? [] : [`${path}: ${lost} assertions of the base are changed or gone`];
}

/** Only what is new: old markers are somebody else's. */
function markerFacts({ path, before, after }: ChangedFile): readonly string[] {
  const old = new Set(linesOf(before).map((line) => line.trim()));
  return linesOf(after).flatMap((line, index) => {
    const marker = /\b(?:TODO|FIXME|XXX|HACK)\b/.exec(line)?.[0];
    return marker === undefined || old.has(line.trim()) ? [] : [`${path}:${index + 1}: new ${marker}`];
  });
}

/** The statement has to name the file too: other modules export equal names. */
function goneExports(files: readonly ChangedFile[], sources: ReadonlyMap<string, string>): readonly string[] {
  const imports = new Map([...sources].map(([path, text]) => [path, importStatements(text)]));
  return files.flatMap((file) => {
    const stem = posix.basename(file.path).replace(/\..*$/, '');
    return lostExports(file).flatMap((name) => {
      const word = new RegExp(`\\b${name}\\b`);
      const uses = (line: string): boolean => word.test(line) && line.includes(stem);
      const user = [...imports].find(([path, lines]) => path !== file.path && lines.some(uses));
      return user === undefined ? [] : [`${file.path} no longer exports ${name}, and ${user[0]} imports it`];
    });
  });
}

function some(lines: readonly string[], rest: string): readonly string[] {
  const more = lines.length - maxPerKind;
  return more > 0 ? [...lines.slice(0, maxPerKind), `${more} ${rest}`] : lines;
}
