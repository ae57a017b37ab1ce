import { z } from 'zod';

/** Schemas for what models send: too long is cut, too many is sliced, what is no item is left out. */

/** One line of at most `max` characters, cut at a word. Not a string, or blank: rejected. */
export function lineOf(max: number) {
  return z.string().transform(oneLine).pipe(z.string().min(1)).transform(cutTo(max));
}

/** As `lineOf`, but nothing instead of a rejection. */
export function optionalLine(max: number) {
  return z.string().catch('').transform(oneLine).transform(cutTo(max));
}

/** The first `max` usable items; no list at all is an empty one. */
export function listOf<Item>(item: z.ZodType<Item>, max: number) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((given) => usable(given, item).slice(0, max));
}

/** As `listOf`, but a missing list, or one without a single usable item, is rejected. */
export function someOf<Item>(item: z.ZodType<Item>, max: number) {
  return z
    .array(z.unknown())
    .transform((given) => usable(given, item).slice(0, max))
    .refine((items) => items.length > 0, 'expected at least one usable item');
}

export function cutAtWord(text: string, max: number): string {
  if (text.length <= max) return text;
  const short = text.slice(0, max - 1);
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), Math.floor(max / 2)))}…`;
}

/** Control and invisible characters turned into blanks, runs of white space into one. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function cutTo(max: number): (text: string) => string {
  return (text) => cutAtWord(text, max);
}

function usable<Item>(given: readonly unknown[], item: z.ZodType<Item>): Item[] {
  return given.flatMap((one) => {
    const read = item.safeParse(one);
    return read.success ? [read.data] : [];
  });
}
