import { createHash } from 'node:crypto';

/** 64 hex digits over the UTF-8 bytes of a text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** sha256 over the sorted ids of the checks of a story. */
export function checksDigest(ids: readonly string[]): string {
  return sha256([...ids].sort().join('\n'));
}

/** sha256 over the files of a folder: what binds a story that changed more files than fit. */
export function folderDigest(files: Iterable<readonly [path: string, blob: string]>): string {
  return sha256(
    [...files]
      .map(([path, blob]) => `${path}\0${blob}`)
      .sort()
      .join('\n'),
  );
}

/** sha256 over a statement without the digest it carries itself, keys sorted. */
export function selfDigest(statement: unknown): string {
  return sha256(JSON.stringify(withoutOwnDigest(statement), (_key, value: unknown) => sorted(value)));
}

function withoutOwnDigest(statement: unknown): unknown {
  if (!isObject(statement) || !isObject(statement.predicate) || !isObject(statement.predicate.prd)) return statement;
  const { digest: _own, ...prd } = statement.predicate.prd;
  return { ...statement, predicate: { ...statement.predicate, prd } };
}

function sorted(value: unknown): unknown {
  return isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
