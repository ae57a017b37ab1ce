/** The schemas that `prd schema` prints and that are kept in `schemas/`. */
export const schemaNames = ['prd', 'config', 'user-config', 'event', 'evidence'] as const;

export type SchemaName = (typeof schemaNames)[number];
