import * as z from 'zod';

/**
 * Small mistakes that models make in tool inputs and that have only one meaning: other names for a field, one thing where
 * a list is expected, numbers and lists as text, null for "not given". Everything else is an error that names the field.
 */

/** Text that can be written to a file and passed to a program. */
export const wellFormed = z
  .string()
  .refine((text) => !text.includes('\0'), 'must not contain NUL')
  .refine((text) => !/\p{Surrogate}/u.test(text), 'must be well-formed Unicode');

export const lineNumber = z.preprocess(numberOf, z.int().min(1)).optional();

/** A number that is cut to its bounds rather than refused. */
export function boundedNumber(min: number, max: number) {
  return z.preprocess((value) => bounded(numberOf(value), min, max), z.int());
}

export const flag = z.preprocess((value) => flagNames.get(value) ?? value, z.boolean()).optional();

const flagNames = new Map<unknown, boolean>([
  ['true', true],
  ['false', false],
]);

/** A list of at least one. A single item and the JSON text of a list count as the list. */
export function listOf<Item extends z.ZodType>(item: Item, max: number) {
  return z.preprocess(toList, z.array(item).min(1, 'expected at least one').max(max, `expected at most ${max}`));
}

/** An object whose fields may come under other names: `{ path: ['file', 'file_path'] }`. A field that is null is absent. */
export function withAliases<Shape extends z.ZodType>(
  aliases: Readonly<Record<string, readonly string[]>>,
  shape: Shape,
) {
  return z.preprocess((value) => rename(value, aliases), shape);
}

export const pathNames = ['file', 'file_path', 'filePath', 'filename'] as const;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rename(value: unknown, aliases: Readonly<Record<string, readonly string[]>>): unknown {
  if (!isRecord(value)) return value;
  const renamed = { ...value };
  for (const [name, others] of Object.entries(aliases)) {
    const given = others.find((other) => other in renamed);
    if (!(name in renamed) && given !== undefined) renamed[name] = renamed[given];
  }
  return Object.fromEntries(Object.entries(renamed).filter(([, field]) => field !== null));
}

function toList(value: unknown): unknown {
  if (Array.isArray(value) || value === undefined) return value;
  if (typeof value !== 'string' || !value.trimStart().startsWith('[')) return [value];
  try {
    return JSON.parse(value);
  } catch {
    return [value];
  }
}

function numberOf(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
}

function bounded(value: unknown, min: number, max: number): unknown {
  return typeof value === 'number' ? Math.min(max, Math.max(min, Math.round(value))) : value;
}
