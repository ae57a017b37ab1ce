import type { Story } from '../prd/prd.ts';
import type { Edit } from './rule.ts';

/** Gives a story to a role, model or alias. */
export function setModel(story: Story, model: string): Edit {
  return { kind: 'set', path: [...story.path, 'implementModel'], value: model };
}
