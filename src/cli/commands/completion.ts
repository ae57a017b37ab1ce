import { Argument, type Command } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export interface CompletionOptions {
  readonly shell: (typeof shells)[number];
  readonly program: Command;
}

export function registerCompletion(program: Command, context: Context, run: Run<CompletionOptions> = load): void {
  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description(
      describe('Prints a script that completes commands, flags and their values.', [
        'prd completion bash > ~/.local/share/bash-completion/completions/prd',
        'prd completion fish > ~/.config/fish/completions/prd.fish',
      ]),
    )
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .action(async (shell: CompletionOptions['shell']) => context.settle(await run({ shell, program }, context)));
}

const load: Run<CompletionOptions> = async (options, context) =>
  (await import('../actions/completion.ts')).runCompletion(options, context);
