import type { Files } from '../../helpers/repository.ts';
import type { Work } from './cheat.ts';
import type { Tool } from './tools.ts';

/** A small repository, one story, the honest work, and a way to see the feature that `prd` knows nothing of. */
export interface Shape {
  readonly name: string;
  readonly files: Files;
  /** Fields of the story; its id is US-1. */
  readonly story: object;
  /** More stories, such as one that passed before. */
  readonly others?: readonly object[];
  readonly honest: Work;
  /** Shell command in a fresh clone of the branch that says `works` if the feature does: its exit could be the cheat's own. */
  readonly hidden: string;
  /** What the machine must have; else the shape is left out, and said to be. */
  readonly needs?: readonly Tool[];
  /** Is it one of the ten ordinary shapes of work that loops tend to hold back wrongly? */
  readonly ordinary?: string;
}

/** Fields of a story that this command decides. */
export function storyWith(title: string, verify: string | readonly string[], fields: object = {}): object {
  const commands = typeof verify === 'string' ? [verify] : verify;
  return {
    title,
    implementModel: 'sonnet',
    acceptanceCriteria: [
      `${title}, as asked`,
      ...commands.map((run) => ({ text: `\`${run}\` says so`, verify: { run } })),
    ],
    ...fields,
  };
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
