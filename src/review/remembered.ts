import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ModelReply, ModelRequest, Models, Purpose } from '../models/model.ts';
import type { TextStore } from '../spec/overlay.ts';

const stored = z.strictObject({
  version: z.literal('reply/1'),
  content: z.array(
    z.union([
      z.strictObject({ type: z.literal('text'), text: z.string() }),
      z.strictObject({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: z.string() }),
      z.strictObject({ type: z.literal('opaque'), value: z.record(z.string(), z.unknown()) }),
    ]),
  ),
  stop: z.enum(['tool_use', 'end_turn']),
  usage: z.strictObject({
    fresh: z.number(),
    write5m: z.number(),
    write1h: z.number(),
    cacheRead: z.number(),
    output: z.number(),
  }),
  served: z.string(),
  requestId: z.string().nullable(),
});

const oneShots: ReadonlySet<string> = new Set(['refine', 'review', 'diagnose'] satisfies Purpose['step'][]);

/**
 * Answers refine, review and diagnose requests that were answered before from the store, so that a killed run pays nothing
 * twice. Belongs outside of whatever books requests: a reply out of the store costs nothing. Only replies that call a tool
 * are kept; what could not be used is asked for again.
 */
export function rememberingModels(models: Models, store: TextStore, onReuse: (purpose: Purpose) => void): Models {
  return {
    ask: async (request, hooks) => {
      if (!oneShots.has(request.purpose.step)) return models.ask(request, hooks);
      const key = requestKey(request);
      const known = parsed(await store.read(key));
      if (known !== null) {
        onReuse(request.purpose);
        return known;
      }
      const outcome = await models.ask(request, hooks);
      if (outcome.kind === 'reply' && isWorthKeeping(outcome)) await store.write(key, format(outcome));
      return outcome;
    },
  };
}

/**
 * Equal for equal questions. What a wave shares is left out: a lesson that was learned just before the kill stands in it
 * now, and the answer is about the same story and the same code.
 */
function requestKey({ model, purpose, tools, messages, effort }: ModelRequest): string {
  const seen = JSON.stringify([model.id, purpose.step, tools, messages, effort ?? null]);
  return `reply-${createHash('sha256').update(seen).digest('hex').slice(0, 40)}`;
}

function isWorthKeeping({ stop, content }: ModelReply): boolean {
  return stop === 'tool_use' && content.some(({ type }) => type === 'tool_use');
}

function format({ content, stop, usage, served, requestId }: ModelReply): string {
  return `${JSON.stringify({ version: 'reply/1', content, stop, usage, served, requestId })}\n`;
}

/** What is not exactly a kept reply is no reply. */
function parsed(text: string | null): ModelReply | null {
  if (text === null) return null;
  try {
    const read = stored.safeParse(JSON.parse(text));
    if (!read.success) return null;
    const { version: _, ...reply } = read.data;
    return { kind: 'reply', ...reply, durationMs: 0 };
  } catch {
    return null;
  }
}
