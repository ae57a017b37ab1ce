import { symbols, typeset } from '../../report/symbols.ts';
import { align, printable } from '../../report/text.ts';
import type { DoctorOptions } from '../commands/doctor.ts';
import type { Context } from '../context.ts';
import {
  type Examined,
  examineClaude,
  examineGit,
  examineKeys,
  examineNode,
  examineSandbox,
  examineState,
} from '../doctor-checks.ts';
import type { ExitCode } from '../exit-codes.ts';
import { repositoryTop } from '../find-prd.ts';
import { openConfig } from '../open-config.ts';

/** Looks for what a run needs and says what is missing. Exit 4 when a run could not start. */
export async function runDoctor(_: DoctorOptions, context: Context): Promise<ExitCode> {
  const examined = await examine(context);
  const ready = isReady(examined);
  if (context.json) context.stdout.write(`${JSON.stringify({ version: 1, ready, examined }, null, 2)}\n`);
  else context.stdout.write(renderText(examined, ready, context));
  return ready ? 0 : 4;
}

async function examine(context: Context): Promise<readonly Examined[]> {
  const root = await repositoryTop(context.cwd);
  const config = await openConfig(context, root);
  const claude = await examineClaude(context);
  return [
    examineNode(process.versions.node),
    await examineGit(context),
    repository(root),
    ...examineKeys(context, config, claude.state === 'ok'),
    claude,
    await examineSandbox(context, config),
    await examineState(context),
  ];
}

function repository(root: string | null): Examined {
  if (root !== null) return { name: 'repository', state: 'ok', detail: root, hint: null };
  return { name: 'repository', state: 'missing', detail: 'not in a git repository', hint: 'run `git init`' };
}

/** A key, or Claude Code with a login of its own: one of them must be there. */
function isReady(examined: readonly Examined[]): boolean {
  const agent = examined.some(({ name, state }) => name === 'claude' && state === 'ok');
  return examined.every(({ name, state }) => state !== 'missing' || (name === 'key' && agent));
}

function renderText(examined: readonly Examined[], ready: boolean, { stdout }: Context): string {
  const { paint } = stdout;
  const marks = { ok: symbols.good, missing: symbols.bad, optional: symbols.dot } as const;
  const tones = { ok: paint.good, missing: paint.bad, optional: paint.faint } as const;
  const rows = align(examined.map(({ name, detail }) => [name, printable(detail)]));
  const lines = examined.flatMap(({ state, hint }, index) => [
    `${tones[state](marks[state])} ${rows[index] ?? ''}`,
    ...(hint === null ? [] : [`    ${paint.accent(`hint: ${hint}`)}`]),
  ]);
  const last = ready ? 'ready: `prd run` can start' : 'not ready: `prd run` could not start';
  return [...lines, last].map((line) => `${typeset(line, stdout)}\n`).join('');
}
