import { Argument, type Command } from 'commander';
import type { Context, Run } from '../context.ts';
import { describe } from '../help.ts';
import { type SchemaName, schemaNames } from '../schema-names.ts';

export interface SchemaOptions {
  readonly name: SchemaName;
}

export function registerSchema(program: Command, context: Context, run: Run<SchemaOptions> = load): void {
  program
    .command('schema')
    .summary('print a JSON Schema')
    .description(
      describe('Prints the JSON Schema of a file that prd reads or writes.', [
        'prd schema prd > prd.schema.json',
        'prd schema config',
      ]),
    )
    .addArgument(new Argument('<name>', 'which one').choices(schemaNames))
    .action(async (name: SchemaName) => context.settle(await run({ name }, context)));
}

const load: Run<SchemaOptions> = async (options, context) =>
  (await import('../actions/schema.ts')).runSchema(options, context);
