import type { ToolSchema } from '../../models/model.ts';
import type { Role } from '../../plan/plan.ts';
import { wireSchema } from '../tools/tool.ts';
import { workTools } from '../tools/work-tools.ts';
import { submitTools } from './submit-tools.ts';

const made = new Map<Role, readonly ToolSchema[]>();

/**
 * The tools of every request of a role: made once, always the same bytes, because a changed list is a lost cache. The
 * orchestrator's list serves all of its steps.
 */
export function toolSchemas(role: Role): readonly ToolSchema[] {
  const known = made.get(role);
  if (known) return known;
  const schemas = role === 'delegate' ? workSchemas() : [...workSchemas(), ...submitSchemas()];
  made.set(role, schemas);
  return schemas;
}

function workSchemas(): readonly ToolSchema[] {
  return workTools.map((tool) => tool.schema());
}

function submitSchemas(): readonly ToolSchema[] {
  return submitTools.map(({ name, description, wire }) => ({
    name,
    description,
    inputSchema: wireSchema(wire, 'exact'),
    strict: true,
  }));
}
