import { Argument, type Command } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

const actions = ['list', 'add', 'pin', 'unpin', 'remove'] as const;

export interface CoachOptions {
  readonly action: (typeof actions)[number];
  /** Text of a new note, or ids of known ones. */
  readonly words: readonly string[];
  readonly scope?: string;
  readonly json?: boolean;
}

export function registerCoach(program: Command, context: Context, run: Run<CoachOptions> = load): void {
  program
    .command('coach')
    .summary('the notes that head every later spec: list, add, pin, remove')
    .description(
      describe(
        'Shows or edits .prd/coaching.md of your working tree. What was learned in reviews goes there too; commit your edits, so that the next run reads them.',
        [
          'prd coach',
          'prd coach add "use formatMoney (not toFixed) when an amount is shown" --scope "src/views/**"',
          'prd coach pin n-1a2b3c4d',
          'prd coach remove n-1a2b3c4d',
        ],
      ),
    )
    .addArgument(new Argument('[action]').choices(actions).default('list'))
    .argument('[words...]', 'the text to add, or the ids to pin, unpin or remove')
    .option('--scope <glob>', 'of a new note: only for stories that touch such files')
    .option('--json', 'one JSON document on stdout')
    .action(
      async (action: CoachOptions['action'], words: readonly string[], flags: Omit<CoachOptions, 'action' | 'words'>) =>
        context.settle(await run({ ...flags, action, words }, context)),
    );
}

const load: Run<CoachOptions> = async (options, context) =>
  (await import('../actions/coach.ts')).runCoach(options, context);
