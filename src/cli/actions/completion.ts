import type { Command, Option } from 'commander';
import type { CompletionOptions } from '../commands/completion.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';

interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  /** Values of the first argument, when they are known. */
  readonly values: readonly string[];
}

interface Flag {
  readonly long: string;
  readonly short: string | null;
  readonly summary: string;
  readonly values: readonly string[];
}

const scripts = { bash, zsh, fish } satisfies Record<
  CompletionOptions['shell'],
  (commands: readonly Completed[]) => readonly string[]
>;

/** Prints a completion script that is derived from the command tree. */
export async function runCompletion({ shell, program }: CompletionOptions, context: Context): Promise<ExitCode> {
  const commands = program.commands.map((command) => completed(command, program));
  context.stdout.write(
    scripts[shell](commands)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return 0;
}

function completed(command: Command, program: Command): Completed {
  return {
    name: command.name(),
    summary: command.summary(),
    flags: [...command.options, ...program.options].filter(({ hidden }) => !hidden).map(toFlag),
    values:
      command.name() === 'help'
        ? program.commands.map((one) => one.name())
        : (command.registeredArguments[0]?.argChoices ?? []),
  };
}

function toFlag({ long, short, description, argChoices }: Option): Flag {
  return { long: long ?? '', short: short ?? null, summary: description, values: argChoices ?? [] };
}

function bash(commands: readonly Completed[]): readonly string[] {
  const names = commands.map(({ name }) => name).join(' ');
  const flags = commands.map(({ name, flags }) => `    ${name}) flags="${flags.map(({ long }) => long).join(' ')}" ;;`);
  const values = commands.flatMap(({ name, flags, values }) => [
    ...flags
      .filter((flag) => flag.values.length > 0)
      .map((flag) => `    "${name} ${flag.long}") words="${flag.values.join(' ')}" ;;`),
    ...(values.length > 0 ? [`    "${name} ${name}") words="${values.join(' ')}" ;;`] : []),
  ]);
  return [
    '# bash completion of prd, made by `prd completion bash`',
    '_prd() {',
    `  local current="\${COMP_WORDS[COMP_CWORD]}" command="\${COMP_WORDS[1]}" flags="" words=""`,
    `  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${names}" -- "$current")); return; fi`,
    '  case "$command" in',
    ...flags,
    '  esac',
    `  case "$command \${COMP_WORDS[COMP_CWORD - 1]}" in`,
    ...values,
    '  esac',
    `  if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$current"))`,
    `  elif [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current"))`,
    `  else COMPREPLY=($(compgen -f -- "$current")); fi`,
    '}',
    'complete -o filenames -F _prd prd',
  ];
}

function zsh(commands: readonly Completed[]): readonly string[] {
  const names = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map(({ name, flags, values }) => {
    const specs = flags.map(({ long, summary, values }) =>
      quoted(`${long}[${bracketed(summary)}]${zshValues(values)}`),
    );
    const rest = values.length > 0 ? `'1:value:(${values.join(' ')})'` : `'*:file:_files'`;
    return `    ${name}) _arguments ${[...specs, rest].join(' ')} ;;`;
  });
  return [
    '#compdef prd',
    '# zsh completion of prd, made by `prd completion zsh`',
    '_prd() {',
    '  local -a commands=(',
    ...names,
    '  )',
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  shift words; (( CURRENT-- ))',
    '  case "$words[1]" in',
    ...cases,
    '  esac',
    '}',
    'compdef _prd prd',
  ];
}

function fish(commands: readonly Completed[]): readonly string[] {
  const lines = commands.flatMap(({ name, summary, flags, values }) => [
    `complete -c prd -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...flags.map(({ long, short, summary, values }) => {
      const letter = short === null ? '' : ` -s ${short.slice(1)}`;
      const choices = values.length > 0 ? ` -x -a ${quoted(values.join(' '))}` : '';
      return `complete -c prd -n '__fish_seen_subcommand_from ${name}' -l ${long.slice(2)}${letter}${choices} -d ${quoted(summary)}`;
    }),
    ...(values.length > 0
      ? [`complete -c prd -n '__fish_seen_subcommand_from ${name}' -f -a ${quoted(values.join(' '))}`]
      : []),
  ]);
  return ['# fish completion of prd, made by `prd completion fish`', ...lines];
}

function zshValues(values: readonly string[]): string {
  return values.length > 0 ? `:value:(${values.join(' ')})` : '';
}

function bracketed(text: string): string {
  return text.replace(/[[\]:]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
