import type { Story } from '../prd/prd.ts';
import type { Role, Roster, Routed } from './plan.ts';

/** Moves a story up to the orchestrator, with the reason, or leaves it (null). Used by `--upgrade` alone. */
export type Upgrade = (story: Story) => string | null;

/**
 * Sends a story to the model its `implementModel` names: a role, an alias or a model id. An explicit value is obeyed;
 * a missing one means the orchestrator. Returns null when nobody knows the name.
 */
export function routeStory(story: Story, roster: Roster, upgrade: Upgrade | null = null): Routed | null {
  const routed = obey(story, roster);
  if (routed === null || routed.role === 'orchestrator') return routed;
  const because = upgrade?.(story) ?? null;
  if (because === null) return routed;
  return { ...toRole(story, 'orchestrator', roster), reason: { kind: 'upgraded', because } };
}

function obey(story: Story, roster: Roster): Routed | null {
  const value = story.implementModel?.trim() ?? '';
  if (value === '') return { ...toRole(story, 'orchestrator', roster), reason: { kind: 'default' } };
  if (value === 'orchestrator' || value === 'delegate') {
    return { ...toRole(story, value, roster), reason: { kind: 'explicit', value } };
  }
  const modelId = roster.resolve(value);
  if (modelId === null) return null;
  return { story, role: roleOf(modelId, roster), model: value, modelId, reason: { kind: 'explicit', value } };
}

function toRole(story: Story, role: Role, roster: Roster): Omit<Routed, 'reason'> {
  const model = roster.roles[role];
  return { story, role, model, modelId: roster.resolve(model) ?? model };
}

/** A story is architectural exactly when it resolves to the orchestrator's model. */
function roleOf(modelId: string, roster: Roster): Role {
  return modelId === roster.resolve(roster.roles.orchestrator) ? 'orchestrator' : 'delegate';
}
