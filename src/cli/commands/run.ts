import { type Command, Option } from 'commander';
import { dollars, duration, positiveNumber, wholeNumber } from '../arguments.ts';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

/** Flags as commander hands them over. */
export interface RunOptions {
  readonly ids: readonly string[];
  readonly file?: string;
  readonly dryRun?: boolean;
  readonly next?: boolean;
  readonly confirm?: boolean;
  readonly parallel?: number;
  readonly verifyJobs?: number;
  readonly maxCost?: number;
  readonly maxTokens?: number;
  readonly maxStoryCost?: number;
  readonly maxStoryTokens?: number;
  readonly maxTime?: number;
  readonly implementer?: 'builtin' | 'claude-code';
  readonly refine?: 'auto' | 'always' | 'never';
  readonly review?: 'auto' | 'always' | 'never';
  readonly upgrade?: boolean;
  readonly branch?: string;
  /** `bell`, `none` or a command. */
  readonly notify?: string;
  readonly json?: boolean;
  /** Set by `prd demo`, never by a flag: the models are scripted, and everything that is printed says so. */
  readonly scripted?: boolean;
}

export function registerRun(program: Command, context: Context, run: Run<RunOptions> = load): void {
  program
    .command('run')
    .summary('build, prove and land the open stories')
    .description(
      describe(
        'Sends each open story to the model it names, proves the result elsewhere, and lands it as one commit.',
        [
          'prd run --dry-run',
          'prd run US-003 US-004',
          'prd run --max-cost 5 --parallel 3',
          'prd run --notify bell',
          'prd run --json > events.jsonl',
        ],
      ),
    )
    .argument('[ids...]', 'stories to run; default: every open one')
    .option('-f, --file <path>', 'the PRD')
    .option('-n, --dry-run', 'print the plan; run nothing, spend nothing, change nothing')
    .option('--next', 'stop after one story')
    .option('--confirm', 'ask before each landing')
    .option('--parallel <n>', 'stories at once (default: 1)', positiveNumber)
    .option('--verify-jobs <n>', 'checks and setups at once (default: one per core)', positiveNumber)
    .option('--max-cost <usd>', 'stop before the run costs more', dollars)
    .option('--max-tokens <n>', 'stop before the run uses more tokens', wholeNumber)
    .option('--max-story-cost <usd>', 'the same for each story', dollars)
    .option('--max-story-tokens <n>', 'the same for each story', wholeNumber)
    .option('--max-time <time>', 'start nothing new after this long: 90s, 30m, 2h', duration)
    .addOption(new Option('--implementer <name>', 'who builds').choices(['builtin', 'claude-code']))
    .addOption(modes('--refine <when>', 'let the orchestrator make delegated stories ready first'))
    .addOption(modes('--review <when>', 'let the orchestrator read green work of delegates'))
    .option('--upgrade', 'obey a recommendation to give a story to the orchestrator')
    .option('--branch <name>', 'land there instead of the branch of the PRD or the current one')
    .option('--notify <how>', 'at the end: bell, none, or a command that finds the facts in PRD_* variables')
    .option('--json', 'one event per line on stdout')
    .action(async (ids: readonly string[], flags: Omit<RunOptions, 'ids'>) =>
      context.settle(await run({ ...flags, ids }, context)),
    );
}

const load: Run<RunOptions> = async (options, context) => (await import('../actions/run.ts')).runRun(options, context);

function modes(flag: string, what: string): Option {
  return new Option(flag, `${what} (default: auto)`).choices(['auto', 'always', 'never']);
}
