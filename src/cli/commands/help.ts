import type { Command } from 'commander';
import { nearest } from '../../prd/nearest.ts';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';
import { refuse } from '../show-failure.ts';
import { topics } from '../topics.ts';

export interface HelpOptions {
  readonly topic: string | null;
}

export function registerHelp(program: Command, context: Context, run: Run<HelpOptions> = helpOn(program)): void {
  const topicList = Object.entries(topics).map(([name, { summary }]) => `  ${name}: ${summary}`);
  program
    .command('help')
    .summary('explain a command or a topic')
    .description(
      describe(['Explains a command or a topic:', ...topicList].join('\n'), ['prd help lint', 'prd help exit-codes']),
    )
    .argument('[topic]', 'a command or a topic')
    .action(async (topic: string | undefined) => context.settle(await run({ topic: topic ?? null }, context)));
}

function helpOn(program: Command): Run<HelpOptions> {
  return async ({ topic }, context) => {
    const text = topic === null ? program.helpInformation() : textOf(topic, program);
    if (text === null) return refuse([unknownTopic(topic ?? '', program)], context);
    context.stdout.write(text);
    return 0;
  };
}

function textOf(topic: string, program: Command): string | null {
  if (Object.hasOwn(topics, topic)) return topics[topic as keyof typeof topics].text();
  return program.commands.find((command) => command.name() === topic)?.helpInformation() ?? null;
}

function unknownTopic(topic: string, program: Command) {
  const near = nearest(topic, [...Object.keys(topics), ...program.commands.map((command) => command.name())]);
  const hint = near === null ? null : `did you mean \`prd help ${near}\`?`;
  return { code: 'usage', what: `no help on \`${topic}\``, command: 'help', hint } as const;
}
