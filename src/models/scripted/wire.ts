import * as z from 'zod';

const marker = z.looseObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() }).nullish();
const block = z.looseObject({ type: z.string(), cache_control: marker });
const content = z.union([z.string(), z.array(block)]);

/** The body of `POST /v1/messages`, as far as the scripted server reads it. */
export const wireRequestBody = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.number().int().positive(),
  stream: z.boolean().optional(),
  system: content.optional(),
  tools: z.array(z.looseObject({ name: z.string(), cache_control: marker })).optional(),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content })).min(1),
});

export type WireRequest = z.infer<typeof wireRequestBody>;
export type WireBlock = z.infer<typeof block>;

/** Content as blocks, whichever way it was written. */
export function blocksIn(content: WireRequest['system']): readonly WireBlock[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
}

/** What the Messages API would refuse about a request, in words; null if nothing. */
export function objectionTo(request: WireRequest): string | null {
  const objections = [samplingObjection, lastRoleObjection, emptyTextObjection, markerObjection, toolIdObjection];
  for (const objection of objections) {
    const said = objection(request);
    if (said !== null) return said;
  }
  return null;
}

function samplingObjection(request: WireRequest): string | null {
  const sent = ['temperature', 'top_p', 'top_k'].find((name) => name in request);
  return sent === undefined ? null : `${sent}: not supported by this API version`;
}

function lastRoleObjection({ messages }: WireRequest): string | null {
  if (messages[0]?.role !== 'user') return 'messages: the first message must use the user role';
  return messages.at(-1)?.role === 'user' ? null : 'messages: this model does not support assistant message prefill';
}

function emptyTextObjection({ system, messages }: WireRequest): string | null {
  const blocks = [...blocksIn(system), ...messages.flatMap((message) => blocksIn(message.content))];
  return blocks.some((found) => found.type === 'text' && found.text === '')
    ? 'text content blocks must be non-empty'
    : null;
}

function markerObjection({ tools, system, messages }: WireRequest): string | null {
  const blocks = [...(tools ?? []), ...blocksIn(system), ...messages.flatMap((message) => blocksIn(message.content))];
  const ttls = blocks.flatMap(({ cache_control }) => (cache_control ? [cache_control.ttl ?? '5m'] : []));
  if (ttls.length > 4) return `a maximum of 4 blocks with cache_control may be provided, found ${ttls.length}`;
  return ttls.includes('5m') && ttls.lastIndexOf('1h') > ttls.indexOf('5m')
    ? 'a 1h cache_control must come before 5m'
    : null;
}

/** Each call is answered in the very next message, once, and no id is used twice. */
function toolIdObjection({ messages }: WireRequest): string | null {
  const seen = new Set<unknown>();
  for (const [index, { role, content }] of messages.entries()) {
    const calls = idsIn(content, 'tool_use', 'id');
    const twice = calls.find((id, position) => seen.has(id) || calls.indexOf(id) !== position);
    if (twice !== undefined) return `messages.${index}: \`tool_use\` ids must be unique: ${twice}`;
    for (const id of calls) seen.add(id);
    const asked = index === 0 ? [] : idsIn(messages[index - 1]?.content, 'tool_use', 'id');
    const answered = idsIn(content, 'tool_result', 'tool_use_id');
    if (role === 'user' && asked.join() !== answered.join()) {
      return sameIds(asked, answered)
        ? null
        : `messages.${index}: \`tool_result\` for [${answered}] does not answer [${asked}]`;
    }
  }
  return null;
}

function idsIn(content: WireRequest['system'], type: string, key: string): readonly unknown[] {
  return blocksIn(content).flatMap((found) => (found.type === type ? [found[key]] : []));
}

function sameIds(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}
