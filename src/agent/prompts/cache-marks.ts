import type { Block, CacheTtl, Message } from '../../models/model.ts';

/** A marker finds an entry at most about 20 blocks back; a turn of many calls has more. */
const reach = 15;

/**
 * Sets the markers of the messages: the end of the story, the last block, and one up to 15 blocks before it, so that a
 * turn with many calls still finds what the request before it stored. (The first marker is on the system blocks.)
 */
export function markMessages(messages: readonly Message[], ttl: CacheTtl): readonly Message[] {
  const blocks = messages.flatMap((message, at) => message.content.map((block, index) => ({ at, index, block })));
  const storyEnd = (messages[0]?.content.length ?? 0) - 1;
  const last = blocks.length - 1;
  const open = (index: number): boolean => canMark(blocks[index]?.block);
  const bridge = blocks.findIndex(
    (_, index) => index >= last - reach && index > storyEnd && index < last && open(index),
  );
  const marked = new Set([storyEnd, bridge, last].filter((index) => index >= 0 && open(index)));
  let index = -1;
  return messages.map((message) => ({
    ...message,
    content: message.content.map((block) => {
      index++;
      return marked.has(index) ? { ...block, cache: ttl } : block;
    }),
  }));
}

function canMark(block: Block | undefined): block is Block & { type: 'text' | 'tool_result' } {
  return block?.type === 'text' || block?.type === 'tool_result';
}
