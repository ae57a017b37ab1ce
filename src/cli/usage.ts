import { type Command, CommanderError } from 'commander';
import type { Problem } from '../problem.ts';

/** How a parse ended that did not reach a command. */
export type ParseEnd =
  /** Help or the version was asked for and printed. */
  | { readonly kind: 'answered' }
  /** No command was named: a question, not a mistake. */
  | { readonly kind: 'bare' }
  | { readonly kind: 'mistake'; readonly problem: Problem };

/** Commander speaks through an exception with exit code 1 for all of these; null when the error is not its own. */
export function readParse(error: unknown, program: Command): ParseEnd | null {
  if (!(error instanceof CommanderError)) return null;
  if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') return { kind: 'answered' };
  if (error.code === 'commander.help') return { kind: 'bare' };
  return { kind: 'mistake', problem: usageProblem(error, program) };
}

function usageProblem(error: CommanderError, program: Command): Problem {
  const [what = '', suggestion = ''] = error.message.replace(/^error: /, '').split('\n');
  const [, near] = /^\(Did you mean (?:one of )?(.*)\?\)$/.exec(suggestion) ?? [];
  const names = near?.split(', ').map((name) => `\`${name}\``);
  const hint = names === undefined ? null : `did you mean ${names.join(' or ')}?`;
  return { code: 'usage', what: inOurWords(what), command: calledCommand(program), hint };
}

function inOurWords(message: string): string {
  return message
    .replace(/'([^']*)'/g, '`$1`')
    .replace(/^command-argument value (`.*?`) is invalid for argument (`.*?`)/, '$1 is no value of $2')
    .replace(/^option (`.*?`) argument (`.*?`) is invalid/, '$2 is no value of $1')
    .replace('. Allowed choices are', ': allowed are')
    .replace(/\. (.)/g, (_, first: string) => `: ${first.toLowerCase()}`)
    .replace(/\.$/, '');
}

/** After a parse the first operand of the program is the command it went to. */
function calledCommand(program: Command): string | null {
  const [name] = program.args;
  return program.commands.some((command) => command.name() === name) ? (name ?? null) : null;
}
