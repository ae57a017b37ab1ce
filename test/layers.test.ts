import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** The import table of the house, as data. Rooms may import their own files, ring 0 and what stands here. */
const pure = [
  'problem.ts',
  'prd/*',
  'lint/*',
  'plan/*',
  'models/model.ts',
  'models/catalog.ts',
  'models/user-model.ts',
  'models/apply-user-model.ts',
  'models/cost.ts',
  'models/budget.ts',
  'models/accounts.ts',
  'models/headroom.ts',
  'host/process.ts',
  'host/clock.ts',
  'host/crash-point.ts',
  'host/in-turn.ts',
  'host/secret-patterns.ts',
  'review/review.ts',
  'workspace/workspace.ts',
  'verify/*',
  'agent/implementer.ts',
  'run/events.ts',
  'run/state.ts',
  'journal/journal.ts',
  'report/reporter.ts',
];
const faces = [...pure, 'run/deps.ts'];
const may: Record<string, readonly string[]> = {
  prd: ['problem.ts', 'prd/*', 'verify/check.ts', 'workspace/workspace.ts', 'host/process.ts'],
  lint: ['problem.ts', 'prd/*', 'lint/*', 'plan/plan.ts'],
  plan: ['problem.ts', 'prd/*', 'plan/*'],
  spec: [...faces, 'spec/*'],
  agent: [...faces, 'agent/*'],
  models: [...faces, 'models/*'],
  workspace: [...faces, 'host/*', 'workspace/*'],
  verify: [...faces, 'host/*'],
  review: [...faces, 'review/*', 'spec/*', 'agent/*'],
  land: [...faces, 'land/*'],
  run: [...faces, 'run/*', 'spec/*', 'land/*', 'review/*'],
  journal: [...faces, 'host/*', 'journal/*'],
  report: [...faces, 'host/*', 'report/*', 'land/gate.ts'],
  host: [...faces, 'host/*'],
  config: [...faces, 'config/*'],
  cli: ['*'],
};

/** Each heavy library has one home. */
const homes: Record<string, (file: string) => boolean> = {
  '@anthropic-ai/sdk': (file) => file.startsWith('models/anthropic'),
  execa: (file) => file.startsWith('host/'),
  chalk: (file) => file === 'cli/style.ts',
  ora: (file) => file === 'report/tty.ts',
  commander: (file) => file.startsWith('cli/'),
};

/** Files of ring 0 by what they must not touch. */
const pureRooms = ['prd', 'lint', 'plan'];
const pureBuiltins = ['node:crypto', 'node:path', 'node:path/posix'];
const pureLibraries = ['zod', 'jsonc-parser', 'picomatch'];

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => file.replaceAll('\\', '/'));
const imports = files.flatMap((file) =>
  ts
    .preProcessFile(readFileSync(join('src', file), 'utf8'), true, true)
    .importedFiles.map(({ fileName }) => ({ file, target: fileName })),
);
const room = (file: string): string => file.split('/')[0] ?? '';
const allowed = (table: readonly string[], target: string): boolean =>
  table.some(
    (entry) => entry === '*' || entry === target || (entry.endsWith('/*') && target.startsWith(entry.slice(0, -1))),
  );

describe('who may import whom', () => {
  it('every room imports only what the table lists', () => {
    const breaches = imports
      .filter(({ target }) => target.startsWith('.'))
      .map(({ file, target }) => ({ file, target: normalize(join(dirname(file), target)) }))
      .filter(({ file, target }) => file.includes('/') && !allowed(may[room(file)] ?? [], target));
    expect(breaches).toEqual([]);
  });

  it('each heavy library is imported in its home file only', () => {
    const breaches = imports.filter(({ file, target }) => {
      const library = Object.keys(homes).find((name) => target === name || target.startsWith(`${name}/`));
      return library !== undefined && !homes[library]?.(file);
    });
    expect(breaches).toEqual([]);
  });

  it('the pure rooms touch no disk, no process and no library but theirs', () => {
    const breaches = imports.filter(
      ({ file, target }) =>
        pureRooms.includes(room(file)) &&
        !target.startsWith('.') &&
        ![...pureBuiltins, ...pureLibraries].includes(target),
    );
    expect(breaches).toEqual([]);
  });

  it('the pure rooms read no clock and no environment', () => {
    const reads = files
      .filter((file) => pureRooms.includes(room(file)))
      .filter((file) => /\bDate\.now\b|\bnew Date\(\)|\bprocess\./.test(readFileSync(join('src', file), 'utf8')));
    expect(reads).toEqual([]);
  });

  it('nothing but bin/ ends the process or sets its exit code', () => {
    const ends = files.filter((file) => /process\.exit(?:Code)?\b/.test(readFileSync(join('src', file), 'utf8')));
    expect(ends).toEqual([]);
  });
});
