import { createHash } from 'node:crypto';

/** Refs under which the vault keeps what attempts made. Any story id is safe in them. */
export const attemptRefs = 'refs/prd/attempts/';

/** Ref of an attempt: the readable part of the id, a hash that tells ids apart, the number. */
export function attemptRef(story: string, attempt: number): string {
  return `${storyRefs(story)}${attempt}`;
}

/** Prefix of all attempts at a story. */
export function storyRefs(story: string): string {
  const readable = story
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40);
  const hash = createHash('sha256').update(story).digest('hex').slice(0, 8);
  return `${attemptRefs}s-${readable}-${hash}/`;
}
