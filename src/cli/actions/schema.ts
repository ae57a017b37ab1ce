import type { SchemaOptions } from '../commands/schema.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { jsonSchemaText } from '../json-schema.ts';

/** Prints one JSON Schema. */
export async function runSchema({ name }: SchemaOptions, context: Context): Promise<ExitCode> {
  context.stdout.write(await jsonSchemaText(name));
  return 0;
}
