import type { Block, CacheTtl, Message, ModelRequest, ToolSchema } from './model.ts';

/** Body of `POST /v1/messages`. Key order is fixed, so that equal requests are equal bytes and prefixes stay cached. */
export function wireRequest(request: ModelRequest) {
  const { model, maxTokens, system, tools, messages, effort } = request;
  return {
    model: model.id,
    max_tokens: maxTokens,
    ...(tools.length > 0 && { tools: tools.map(wireTool) }),
    ...(system.length > 0 && { system: system.map(({ text, cache }) => ({ ...textBlock(text), ...marker(cache) })) }),
    messages: messages.map(wireMessage),
    ...(effort !== undefined && model.effort?.includes(effort) && { output_config: { effort } }),
  };
}

function wireTool({ name, description, inputSchema, strict }: ToolSchema) {
  return { name, description, input_schema: inputSchema, ...(strict !== undefined && { strict }) };
}

function wireMessage({ role, content }: Message) {
  return { role, content: content.map(wireBlock) };
}

function wireBlock(block: Block): Readonly<Record<string, unknown>> {
  switch (block.type) {
    case 'text':
      return { ...textBlock(block.text), ...marker(block.cache) };
    case 'tool_use':
      return { type: 'tool_use', id: block.id, name: block.name, input: inputObject(block.input) };
    case 'tool_result':
      return {
        type: 'tool_result',
        tool_use_id: block.toolUseId,
        content: block.content,
        ...(block.isError === true && { is_error: true }),
        ...marker(block.cache),
      };
    case 'opaque':
      return block.value;
    default:
      return block satisfies never;
  }
}

function textBlock(text: string) {
  return { type: 'text' as const, text };
}

/** 5 min is the default class and goes unnamed: older endpoints do not know `ttl`. */
function marker(cache: CacheTtl | undefined) {
  if (cache === undefined) return {};
  return { cache_control: { type: 'ephemeral' as const, ...(cache === '1h' && { ttl: cache }) } };
}

/** The API takes objects only; a call that did not parse was answered with an error, so its input says nothing more. */
function inputObject(raw: string): Readonly<Record<string, unknown>> {
  try {
    const input: unknown = JSON.parse(raw);
    return typeof input === 'object' && input !== null && !Array.isArray(input) ? { ...input } : {};
  } catch {
    return {};
  }
}
