import { getNodeValue } from 'jsonc-parser';
import type { z } from 'zod';
import { locator } from '../prd/locate.ts';
import type { JsonPath } from '../prd/prd.ts';
import { readSyntax } from '../prd/syntax.ts';
import { type Position, PrdError } from '../problem.ts';

export interface ReadConfig<T> {
  readonly settings: T;
  /** Settings that the schema does not know; they were left out. */
  readonly unknown: readonly JsonPath[];
  locate(path: JsonPath): Position;
}

/** Reads a configuration file: JSON with comments. Rejects what it cannot use with a `PrdError` that has a position. */
export function readConfig<T>(text: string, file: string, schema: z.ZodType<T>): ReadConfig<T> {
  const syntax = readSyntax(text, file);
  if (syntax.kind === 'refused') throw new PrdError(syntax.problems[0] ?? { code: 'file-empty', file });
  const { source } = syntax;
  const locate = locator(source.root, (offset) => source.at(offset));
  const value: unknown = getNodeValue(source.root);
  const unknown = unknownSettings(value, schema);
  for (const path of unknown) remove(value, path);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new PrdError(badConfig(parsed.error, file, locate));
  return { settings: parsed.data, unknown, locate };
}

function unknownSettings(value: unknown, schema: z.ZodType): readonly JsonPath[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...toPath(issue.path), key]) : [],
  );
}

function remove(value: unknown, path: JsonPath): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], value);
  delete (parent as Record<string, unknown>)[path.at(-1) ?? ''];
}

function badConfig(error: z.ZodError, file: string, locate: (path: JsonPath) => Position) {
  const [issue] = error.issues;
  const path = toPath(issue?.path ?? []);
  const said = (issue?.message ?? '').replace(/^Invalid input: /, '').replace(/^Invalid /, 'not a usable ');
  const what = path.length === 0 ? said : `\`${path.join('.')}\`: ${said}`;
  return { code: 'bad-config', file, what, at: locate(path) } as const;
}

/** JSON has no symbols. */
function toPath(path: readonly PropertyKey[]): JsonPath {
  return path.map((part) => (typeof part === 'number' ? part : String(part)));
}
