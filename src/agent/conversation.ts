import type { Block, Message, ModelReply } from '../models/model.ts';

/** What was said so far. A value: every step makes a new one, and what was said is never changed but by masking. */
export interface Conversation {
  readonly messages: readonly Message[];
  /** Tokens of the last request and its reply, as the provider counted them; 0 before the first. */
  readonly countedTokens: number;
  /** Characters that came since. */
  readonly newCharacters: number;
  /** Where each tool result came from, for the stub that may replace it. */
  readonly results: ReadonlyMap<string, { readonly turn: number; readonly label: string }>;
}

export interface LabelledResult {
  readonly block: Block & { readonly type: 'tool_result' };
  readonly label: string;
}

/** A conversation that begins with `message`; `prefixCharacters` is the length of what every request sends before it. */
export function startConversation(message: Message, prefixCharacters: number): Conversation {
  const newCharacters = prefixCharacters + charactersOf(message.content);
  return { messages: [message], countedTokens: 0, newCharacters, results: new Map() };
}

/** Prompt size of the next request in tokens: what was counted, and the rest at three characters a token. */
export function promptTokens({ countedTokens, newCharacters }: Conversation): number {
  return countedTokens + Math.ceil(newCharacters / 3);
}

/**
 * The reply joins the conversation as it came, without blank texts. One that says nothing leaves nothing behind: the API
 * refuses empty messages.
 */
export function withReply(conversation: Conversation, { content, usage }: ModelReply): Conversation {
  const countedTokens = usage.fresh + usage.write5m + usage.write1h + usage.cacheRead + usage.output;
  const kept = content.filter((block) => block.type !== 'text' || block.text.trim() !== '');
  const said = kept.some(({ type }) => type !== 'opaque') ? [{ role: 'assistant', content: kept } as const] : [];
  return { ...conversation, messages: [...conversation.messages, ...said], countedTokens, newCharacters: 0 };
}

/** All results of a turn in one message, in call order, and then a word to the model. */
export function withResults(
  conversation: Conversation,
  turn: number,
  results: readonly LabelledResult[],
  notice: string | null,
): Conversation {
  const labels = results.map(({ block, label }) => [block.toolUseId, { turn, label }] as const);
  const said = withUser(conversation, [
    ...results.map(({ block }) => block),
    ...(notice === null ? [] : [text(notice)]),
  ]);
  return { ...said, results: new Map([...conversation.results, ...labels]) };
}

/** A word to the model: a message of its own, or more of the last one when that was ours too. */
export function withWord(conversation: Conversation, word: string): Conversation {
  return withUser(conversation, [text(word)]);
}

/** Replaces long results up to a turn by a line that says what stood there. */
export function maskResults(conversation: Conversation, upToTurn: number): Conversation {
  let saved = 0;
  const mask = (block: Block): Block => {
    if (block.type !== 'tool_result') return block;
    const from = conversation.results.get(block.toolUseId);
    const stub = from && from.turn <= upToTurn ? `[${from.label}, shown at turn ${from.turn}]` : block.content;
    if (stub.length >= block.content.length) return block;
    saved += block.content.length - stub.length;
    return { ...block, content: stub };
  };
  const messages = conversation.messages.map((message) => ({ ...message, content: message.content.map(mask) }));
  // At four characters a token: rather too large a guess of what is left than too small.
  const countedTokens = Math.max(0, conversation.countedTokens - Math.floor(saved / 4));
  return { ...conversation, messages, countedTokens };
}

function withUser(conversation: Conversation, content: readonly Block[]): Conversation {
  const { messages } = conversation;
  const last = messages.at(-1);
  const joined =
    last?.role === 'user'
      ? [...messages.slice(0, -1), { ...last, content: [...last.content, ...content] }]
      : [...messages, { role: 'user' as const, content }];
  return { ...conversation, messages: joined, newCharacters: conversation.newCharacters + charactersOf(content) };
}

function charactersOf(content: readonly Block[]): number {
  return content.reduce((sum, block) => sum + sizeOf(block), 0);
}

function sizeOf(block: Block): number {
  if (block.type === 'text') return block.text.length;
  return block.type === 'tool_result' ? block.content.length : 0;
}

function text(word: string): Block {
  return { type: 'text', text: word };
}
