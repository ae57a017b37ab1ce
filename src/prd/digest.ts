import { createHash } from 'node:crypto';
import type { Criterion, Story } from './prd.ts';

/**
 * Digest of what a story demands: title, description, criteria with the commands of their object forms, `files` and `owns`.
 * Not `passes`, `notes`, `priority`: they change without changing the work. 64 hex digits.
 */
export function storyDigest(story: Story): string {
  const text = JSON.stringify([
    'story/v1',
    story.title,
    story.description,
    story.criteria.map(criterionText),
    story.files,
    story.owns,
  ]);
  return createHash('sha256').update(text).digest('hex');
}

/** The text alone where the command is a part of it, so that a better grammar does not make old evidence stale. */
function criterionText(criterion: Criterion): unknown {
  const { text, reading, form } = criterion;
  if (form !== 'object' || reading.kind !== 'command') return text;
  const { run, expect, cwd, timeoutMs } = reading.command;
  return [text, run, expect.exit, expect.output, cwd, timeoutMs];
}
