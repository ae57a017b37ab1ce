import { dirname, join, relative, sep } from 'node:path';

const schemaFile = 'node_modules/prd-orchestrator/schemas/prd.schema.json';

/** What `$schema` says in a PRD: the installed schema, relative to the file. `root` is the top of the project. */
export function schemaPath(prd: string, root: string): string {
  const path = relative(dirname(prd), join(root, schemaFile)).replaceAll(sep, '/');
  return path.startsWith('.') ? path : `./${path}`;
}
