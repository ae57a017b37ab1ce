import { Command, Option } from 'commander';
import { lineWidth } from '../report/text.ts';
import { registerAccept } from './commands/accept.ts';
import { registerCheck } from './commands/check.ts';
import { registerCoach } from './commands/coach.ts';
import { registerCompletion } from './commands/completion.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerGc } from './commands/gc.ts';
import { registerHelp } from './commands/help.ts';
import { registerImport } from './commands/import.ts';
import { registerInit } from './commands/init.ts';
import { registerLint } from './commands/lint.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerRefine } from './commands/refine.ts';
import { registerReport } from './commands/report.ts';
import { registerRoute } from './commands/route.ts';
import { registerRun } from './commands/run.ts';
import { registerSchema } from './commands/schema.ts';
import { registerShow } from './commands/show.ts';
import { registerStatus } from './commands/status.ts';
import { registerTake } from './commands/take.ts';
import { registerTrust } from './commands/trust.ts';
import { registerVerify } from './commands/verify.ts';
import type { Context } from './context.ts';

/** Declares a command on the program: its flags, its help, and the action that settles the exit code. */
export type Register = (program: Command, context: Context) => void;

/** Every command, in the order of the help. Declaring one costs little: its body is imported when it is called. */
const groups: readonly { readonly heading: string; readonly commands: readonly Register[] }[] = [
  { heading: 'Check:', commands: [registerInit, registerLint, registerRoute, registerCheck, registerAccept] },
  { heading: 'Run:', commands: [registerRun, registerRefine, registerCoach, registerVerify, registerDemo] },
  {
    heading: 'Inspect:',
    commands: [registerStatus, registerShow, registerReport, registerTake, registerTrust, registerGc, registerDoctor],
  },
  { heading: 'More:', commands: [registerImport, registerMigrate, registerSchema, registerCompletion, registerHelp] },
];

/** A program without commands, so that the context can read its flags. */
export function newProgram(): Command {
  return new Command();
}

/** Fills in the program: global flags, error handling, commands. */
export function declareProgram(program: Command, context: Context): void {
  configure(program, context);
  for (const { heading, commands } of groups) {
    program.commandsGroup(heading);
    for (const register of commands) register(program, context);
  }
}

/** Commander copies these settings to a command when it is created, so all of this comes before the first one. */
function configure(program: Command, context: Context): void {
  program
    .name('prd')
    .usage('<command> [options]')
    .description('Turns a PRD.json into merged, proven commits.')
    .exitOverride((error) => {
      throw error;
    })
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      // Mistakes are told by `main`, once, in our own words.
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => lineWidth(context.stdout.columns),
      getOutHasColors: () => false,
    })
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false)
    .helpOption('-h, --help', 'show this help')
    .version(context.version, '-V, --version', 'show the version')
    .option('-q, --quiet', 'say nothing but the answer')
    .option('-v, --verbose', 'add causes and the output of what failed')
    .option('--color', 'colour, also where it is not detected')
    .option('--no-color', 'no colour')
    .option('--no-input', 'never ask a question')
    .addOption(new Option('--sandbox <level>', 'where commands run').choices(['auto', 'none', 'guard', 'os']))
    .option('--trust', "run this repository's commands without asking, this once")
    .hook('preAction', () => context.dress());
}
