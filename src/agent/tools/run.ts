import { basename } from 'node:path/posix';
import * as z from 'zod';
import type { CommandResult } from '../../host/process.ts';
import { headAndTail, plainOutput } from '../command-text.ts';
import { denied } from './deny.ts';
import { refusedPath } from './refused-path.ts';
import { boundedNumber, wellFormed, withAliases } from './tolerance.ts';
import { defineTool, type ToolContext, type ToolResult } from './tool.ts';

const defaultTimeoutS = 120;
const maxTimeoutS = 600;
/** Test runners put verdicts last. */
const shown = { head: 4_000, tail: 12_000 };
const maxOutputBytes = 50 * 1024 * 1024;

// Output and errors in one stream, so that they keep their order; and no `-e`, which is for checks: a person who types
// two commands sees both run.
const asTyped = 'set +e\nexec 2>&1\n';

/** Added to the child's environment: nothing asks, pages or repaints. */
const quiet = {
  CI: '1',
  NO_COLOR: '1',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  GIT_TERMINAL_PROMPT: '0',
  GIT_EDITOR: 'true',
  DEBIAN_FRONTEND: 'noninteractive',
  npm_config_progress: 'false',
};

const input = withAliases(
  { command: ['cmd', 'script'], timeout_s: ['timeout'], cwd: ['workdir', 'dir'] },
  z.object({
    command: wellFormed.min(1).max(20_000),
    timeout_s: boundedNumber(1, maxTimeoutS).optional(),
    cwd: wellFormed.optional(),
  }),
);

export const run = defineTool({
  name: 'run',
  kind: 'run',
  description:
    'Run a shell command, fresh each time, stdin closed, killed at its end with all it started. timeout_s is 120, at most 600.',
  input,
  label: ({ command }) => `run ${command}`,
  use: async ({ command, timeout_s: timeoutS = defaultTimeoutS, cwd = '.' }, context) => {
    const refusal = denied(command) ?? (await refusedFolder(cwd, context));
    if (refusal !== null) return { content: `not run: ${refusal}`, isError: true };
    const folder = `run-${context.nextCommand()}`;
    const { logDir } = context.workspace;
    const result = await context.workspace.shell(asTyped + command, {
      timeoutMs: timeoutS * 1_000,
      signal: context.signal,
      maxBytes: maxOutputBytes,
      env: quiet,
      ...(cwd === '.' ? {} : { cwd }),
      ...(logDir === undefined ? {} : { logDir: `${logDir}/${folder}` }),
    });
    return report(result, timeoutS, folder);
  },
});

async function refusedFolder(cwd: string, { workspace }: ToolContext): Promise<string | null> {
  const found = await workspace.files.read(cwd);
  if (found.kind === 'folder') return null;
  return found.kind === 'refused'
    ? refusedPath(found.path, found.why)
    : `cwd \`${cwd}\` is not a folder of the workspace`;
}

function report(result: CommandResult, timeoutS: number, folder: string): ToolResult {
  const output = plainOutput(result.stdout.text + result.stderr.text).trimEnd();
  const { file } = result.stdout;
  const where = file === null ? '' : `; full log: @logs/${folder}/${basename(file)}`;
  const body = headAndTail(output, shown, (cut) => `${cut + result.stdout.cut} characters cut${where}`);
  return { content: [firstLine(result, timeoutS), body || '(no output)'].join('\n') };
}

/** How the command ended, e.g. `exit 1 in 3.2s`. */
function firstLine(result: CommandResult, timeoutS: number): string {
  const duration = `${(result.durationMs / 1_000).toFixed(1)}s`;
  if (result.notStarted !== null) return `not started: ${result.notStarted}`;
  if (result.cancelled) return `cancelled after ${duration}`;
  if (result.timedOut) return `timed out after ${timeoutS}s and was killed; start and stop servers inside one command`;
  if (result.flooded) return `killed after ${duration}: it wrote more than 50 MB`;
  if (result.exitCode === null) return `killed by ${result.signal ?? 'a signal'} after ${duration}`;
  return `exit ${result.exitCode} in ${duration}`;
}
