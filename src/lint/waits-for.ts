import type { Story } from '../prd/prd.ts';

/** Whether a story waits for another, directly or through others. Ids that nobody has are passed over. */
export function waitsFor(from: Story, other: Story, byId: ReadonlyMap<string, Story>): boolean {
  const open = [...from.dependsOn];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === other.id) return true;
    for (const next of byId.get(id)?.dependsOn ?? []) {
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
  return false;
}
