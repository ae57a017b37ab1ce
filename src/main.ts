import { type Context, type Io, openContext } from './cli/context.ts';
import type { ExitCode } from './cli/exit-codes.ts';
import { declareProgram, newProgram } from './cli/program.ts';
import { refuse, refuseError } from './cli/show-failure.ts';
import { readParse } from './cli/usage.ts';
import { version } from './cli/version.ts';
import { PrdError } from './problem.ts';

/**
 * The program: command line in, exit code out. Never rejects and never ends the process, so that what was written is
 * delivered.
 */
export async function main(io: Io): Promise<ExitCode> {
  const program = newProgram();
  const context = openContext(io, program);
  try {
    declareProgram(program, context);
    await program.parseAsync(io.argv);
    if (context.settled === null) throw new Error('the command ended without an exit code');
    return context.settled;
  } catch (error) {
    await context.dress();
    return explain(error, program, context);
  }
}

function explain(error: unknown, program: ReturnType<typeof newProgram>, context: Context): ExitCode {
  if (error instanceof PrdError) return refuseError(error, context);
  const parse = readParse(error, program);
  switch (parse?.kind) {
    case 'answered':
      return 0;
    case 'bare':
      context.stdout.write(program.helpInformation());
      return 0;
    case 'mistake':
      return refuse([parse.problem], context);
    default:
      return reportBug(error, context);
  }
}

function reportBug(error: unknown, context: Context): ExitCode {
  const journal = context.journal === null ? '' : `journal: ${context.journal}\n`;
  context.stderr.write(bugReport(error) + journal);
  return 70;
}

/** What a bug says: everything needed to report it. */
export function bugReport(error: unknown): string {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const versions = `prd ${version}, node ${process.version}, ${process.platform} ${process.arch}`;
  return `${what}\nerror: this is a bug in prd (${versions})\nhint: please report the lines above: \`npm bugs prd-orchestrator\`\n`;
}
