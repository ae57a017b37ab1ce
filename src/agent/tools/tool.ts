import * as z from 'zod';
import type { ToolSchema } from '../../models/model.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { AttemptEnd, FinishClaim, FinishVerdict } from '../implementer.ts';
import type { Seen } from '../seen.ts';

/** What the tools of one conversation share. */
export interface ToolContext {
  readonly workspace: Workspace;
  readonly seen: Seen;
  /** The turn being answered, from 1. */
  readonly turn: number;
  readonly signal: AbortSignal;
  /** Number of this conversation's next command, from 1. */
  readonly nextCommand: () => number;
  /** What policy will do with a change of this path, once per path; null: nothing to say. */
  readonly policyNote: (path: string) => string | null;
  readonly finish: (claim: FinishClaim) => Promise<FinishVerdict>;
  /** `needs_orchestrator` makes no sense to the orchestrator itself. */
  readonly role: 'orchestrator' | 'delegate';
}

export interface ToolResult {
  readonly content: string;
  readonly isError?: boolean;
  /** Files were changed: what was seen before may be worth seeing again. */
  readonly changed?: boolean;
  readonly end?: AttemptEnd;
}

/** `look` calls of a turn may run together; `change`, `run` and `finish` never run beside anything. */
type ToolKind = 'look' | 'change' | 'run' | 'finish';

/** A call whose input was understood. */
export interface Call {
  readonly kind: ToolKind;
  /** For people: `read src/a.ts 1-40`. */
  readonly label: string;
  /** The input as understood, for recognising repetition. */
  readonly input: unknown;
  use(context: ToolContext): Promise<ToolResult>;
}

export interface Tool {
  readonly name: string;
  schema(): ToolSchema;
  /** The call, or what is wrong with its input in one line. */
  read(input: unknown): Call | { readonly problem: string };
}

export interface ToolParts<Input> {
  readonly name: string;
  readonly kind: ToolKind;
  readonly description: string;
  readonly input: z.ZodType<Input>;
  readonly label: (input: Input) => string;
  readonly use: (input: Input, context: ToolContext) => Promise<ToolResult>;
}

export function defineTool<Input>(parts: ToolParts<Input>): Tool {
  const { name, kind, description } = parts;
  return {
    name,
    schema: () => ({ name, description, inputSchema: wireSchema(parts.input) }),
    read: (raw) => {
      const parsed = parts.input.safeParse(raw);
      if (!parsed.success) return { problem: problemOf(parsed.error) };
      const input = parsed.data;
      return { kind, label: parts.label(input), input, use: (context) => parts.use(input, context) };
    },
  };
}

/**
 * The JSON Schema of a tool's input, without what costs tokens and tells the model nothing. `exact` is what strict tools
 * demand: no other keys.
 */
export function wireSchema(
  schema: z.ZodType,
  kind: 'tolerant' | 'exact' = 'tolerant',
): Readonly<Record<string, unknown>> {
  const { $schema: _, ...wire } = z.toJSONSchema(schema, {
    io: kind === 'exact' ? 'output' : 'input',
    override: ({ jsonSchema }) => {
      for (const key of ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems'] as const) delete jsonSchema[key];
    },
  });
  return wire;
}

/** The first thing that is wrong, in at most 120 characters. */
function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.join('.') || 'input';
  return `\`${path}\`: ${issue?.message.replace('Invalid input: ', '') ?? 'not understood'}`.slice(0, 120);
}
