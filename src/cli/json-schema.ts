import * as z from 'zod';
import type { SchemaName } from './schema-names.ts';

interface Published {
  readonly title: string;
  /** Files that people write are described as they may be written, records as they are read. */
  readonly io: 'input' | 'output';
  load(): Promise<z.ZodType>;
}

const published = {
  prd: { title: 'PRD.json', io: 'input', load: async () => (await import('../prd/schema.ts')).prdSchema },
  config: { title: 'prd.config.json', io: 'input', load: async () => (await import('../config/schema.ts')).repoConfig },
  'user-config': {
    title: "prd's config.json in the user's configuration folder",
    io: 'input',
    load: async () => (await import('../config/schema.ts')).userConfig,
  },
  event: {
    title: 'One line of a journal and of `prd run --json`',
    io: 'output',
    load: async () => (await import('../run/events.ts')).journalRecord,
  },
  evidence: {
    title: 'The evidence of a pass, .prd/evidence/*.json',
    io: 'output',
    load: async () => (await import('../land/evidence.ts')).evidenceSchema,
  },
} satisfies Record<SchemaName, Published>;

/** A published JSON Schema as text, ending with a line break. Draft 7 is what editors read. */
export async function jsonSchemaText(name: SchemaName): Promise<string> {
  const { title, io, load } = published[name];
  const { $schema, ...rest } = z.toJSONSchema(await load(), { target: 'draft-7', io });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
