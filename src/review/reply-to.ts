import { z } from 'zod';
import { type Conversation, withResults, withWord } from '../agent/conversation.ts';
import { read } from '../agent/tools/read.ts';
import type { Block } from '../models/model.ts';
import type { FileRange, Reading } from '../spec/orchestrator.ts';
import { inputOf, type ToolUse } from './answer-in.ts';

/** What the `read` calls of a reply are answered with, by call, and how many ranges that took of those left. */
export async function readRanges(
  reading: Reading,
  uses: readonly ToolUse[],
  left: number,
): Promise<{ readonly texts: ReadonlyMap<string, string>; readonly used: number }> {
  const texts = new Map<string, string>();
  let used = 0;
  for (const { id, name, input } of uses) {
    if (name !== 'read') continue;
    const wanted = rangesOf(input).slice(0, Math.max(0, left - used));
    used += wanted.length;
    const shown = await Promise.all(wanted.map(reading.read));
    texts.set(id, shown.length === 0 ? 'nothing more can be read' : shown.join('\n\n'));
  }
  return { texts, used };
}

/** Goes on talking: every call gets its result, as the API demands, and then comes the word. */
export function repliedTo<Talk extends { readonly conversation: Conversation; readonly turn: number }>(
  talk: Talk,
  uses: readonly ToolUse[],
  word: string | null,
  texts: ReadonlyMap<string, string> = new Map(),
): Talk {
  if (uses.length === 0) return { ...talk, conversation: withWord(talk.conversation, word ?? 'Go on.') };
  const results = uses.map(({ id, name }) => ({ block: resultOf(id, name, texts.get(id)), label: name }));
  return { ...talk, conversation: withResults(talk.conversation, talk.turn, results, word) };
}

const readInput = z.object({
  files: z.array(z.object({ path: z.string(), start: z.number().optional(), end: z.number().optional() })),
});

/** As tolerant about its input as the tool itself. */
function rangesOf(raw: string): readonly FileRange[] {
  const call = read.read(inputOf(raw));
  return 'problem' in call ? [] : (readInput.safeParse(call.input).data?.files ?? []);
}

function resultOf(toolUseId: string, name: string, text: string | undefined): Extract<Block, { type: 'tool_result' }> {
  if (text !== undefined) return { type: 'tool_result', toolUseId, content: text };
  if (name.startsWith('submit_')) return { type: 'tool_result', toolUseId, content: 'received' };
  return { type: 'tool_result', toolUseId, content: `${name} is not available in this step`, isError: true };
}
