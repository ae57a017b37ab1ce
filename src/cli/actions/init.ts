import { mkdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { writeAtomic } from '../../host/atomic-write.ts';
import { PrdError } from '../../problem.ts';
import { tick } from '../../report/text.ts';
import type { InitOptions } from '../commands/init.ts';
import { completePrd } from '../complete-prd.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { repositoryTop, showPath } from '../find-prd.ts';
import { guessChecks } from '../guess-checks.ts';
import { openPrd } from '../open-prd.ts';
import { projectFiles } from '../project-files.ts';
import { replacePrd } from '../replace-prd.ts';
import { schemaPath } from '../schema-path.ts';
import { refuse } from '../show-failure.ts';

interface Done {
  readonly file: string;
  readonly created: boolean;
  readonly added: readonly string[];
  readonly checks: Readonly<Record<string, string>>;
  /** A bare list of stories has no place for anything else. */
  readonly isList: boolean;
}

/** Writes a first PRD, or adds what an existing one lacks. */
export async function runInit({ file }: InitOptions, context: Context): Promise<ExitCode> {
  const root = (await repositoryTop(context.cwd)) ?? context.cwd;
  const checks = guessChecks(projectFiles(root));
  const opened = await openPrd(context, { file: file ?? null }).catch(nullIfMissing);
  if (opened === null) {
    report(await create(resolve(context.cwd, file ?? 'PRD.json'), root, checks, context), context);
    return 0;
  }
  if (opened.kind === 'refused') return refuse(opened.problems, context);
  const { found, document } = opened;
  const completed = completePrd(document, { schema: schemaPath(found.path, root), checks });
  if (completed.added.length > 0) await replacePrd(found, document.text, completed.text, root);
  const written = completed.added.includes('checks') ? checks : {};
  const isList = !document.prd.hasSchema && !completed.added.includes('$schema');
  report({ file: found.shown, created: false, added: completed.added, checks: written, isList }, context);
  return 0;
}

function nullIfMissing(error: unknown): null {
  if (error instanceof PrdError && error.problem.code === 'file-missing') return null;
  throw error;
}

async function create(path: string, root: string, checks: Done['checks'], context: Context): Promise<Done> {
  const named = Object.keys(checks).length > 0 ? { checks } : {};
  const document = {
    $schema: schemaPath(path, root),
    project: basename(root),
    description: '',
    ...named,
    userStories: [firstStory(checks)],
  };
  await mkdir(dirname(path), { recursive: true });
  await writeAtomic(path, `${JSON.stringify(document, null, 2)}\n`, { expect: null });
  return { file: showPath(path, context.cwd), created: true, added: Object.keys(document), checks, isList: false };
}

/** Says plainly that it waits for an author: lint flags it until it is replaced. */
function firstStory(checks: Done['checks']): object {
  const generic = { typecheck: 'Typecheck passes', test: 'Tests pass' };
  const known = Object.entries(generic).filter(([name]) => name in checks);
  return {
    id: 'US-001',
    title: '[describe the first story]',
    description: '[who wants what, and why]',
    acceptanceCriteria: ['[describe one fact that a checker can decide]', ...known.map(([, criterion]) => criterion)],
    priority: 1,
    passes: false,
    notes: '',
  };
}

function report(done: Done, { stdout, json }: Context): void {
  const { isList: _, ...facts } = done;
  stdout.write(json ? `${JSON.stringify({ version: 1, ...facts }, null, 2)}\n` : `${words(done).join('\n')}\n`);
}

function words({ file, created, added, checks, isList }: Done): readonly string[] {
  const lines = Object.entries(checks).map(([name, command]) => `  ${name}: ${tick(command)}`);
  if (created) {
    const guessed = lines.length === 0 ? [] : ['checks guessed from the project, for you to read:', ...lines];
    return [`created ${file}`, ...guessed, 'next: write its first story, then run `prd lint`'];
  }
  if (isList)
    return [
      `${file} is a bare list, with no place for \`checks\`; nothing was changed`,
      'next: run `prd migrate --write`, then `prd init`',
    ];
  if (added.length === 0) return [`${file} lacks nothing that can be guessed; nothing was changed`];
  return [`added ${added.map(tick).join(' and ')} to ${file}`, ...lines, 'next: run `prd lint`'];
}
