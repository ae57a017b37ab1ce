import { askTurn } from '../agent/ask-turn.ts';
import { type Conversation, promptTokens, startConversation, withReply } from '../agent/conversation.ts';
import type { AttemptEnd } from '../agent/implementer.ts';
import { systemBlocks } from '../agent/prompts/system.ts';
import { toolSchemas } from '../agent/prompts/tool-schemas.ts';
import type { ModelEntry, ModelReply, ModelRequest, Models } from '../models/model.ts';
import type { Consulted, FollowUp, Orchestrator, Question } from '../spec/orchestrator.ts';
import { answerIn, isToolUse, type ToolUse } from './answer-in.ts';
import { readRanges, repliedTo } from './reply-to.ts';

/** Whom to ask, and what every request of the wave begins with. */
export interface Desk {
  readonly models: Models;
  readonly model: ModelEntry;
  /** The same text that stands in the specs of the wave, so that all requests of the role share one cached prefix. */
  readonly shared: string;
  readonly signal: AbortSignal;
}

/** Where a consultation stands. Each kind of extra turn is given once, or as often as the question allows. */
interface Talk<Answer> {
  readonly conversation: Conversation;
  readonly turn: number;
  readonly reads: number;
  readonly ranges: number;
  readonly asked: boolean;
  /** The first answer, while a second one is asked for. */
  readonly first: { readonly answer: Answer; readonly followUp: FollowUp<Answer> } | null;
}

type Step<Answer> =
  | { readonly kind: 'on'; readonly talk: Talk<Answer> }
  | { readonly kind: 'done'; readonly consulted: Consulted<Answer> };

/** The built-in orchestrator: the model behind the same tools and system blocks as when it implements. */
export function orchestratorAt(desk: Desk): Orchestrator {
  return { consult: (question) => consult(desk, question) };
}

async function consult<Answer>(desk: Desk, question: Question<Answer>): Promise<Consulted<Answer>> {
  const prefix = JSON.stringify([systemBlocks('orchestrator', desk.shared), toolSchemas('orchestrator')]).length;
  const message = { role: 'user', content: [{ type: 'text', text: question.text }] } as const;
  const conversation = startConversation(message, prefix);
  let talk: Talk<Answer> = { conversation, turn: 1, reads: 0, ranges: 0, asked: false, first: null };
  for (;;) {
    const step = await take(desk, question, talk);
    if (step.kind === 'done') return step.consulted;
    talk = { ...step.talk, turn: talk.turn + 1 };
  }
}

async function take<Answer>(desk: Desk, question: Question<Answer>, talk: Talk<Answer>): Promise<Step<Answer>> {
  const asked = await askTurn({
    conversation: talk.conversation,
    maxTokens: question.maxTokens,
    ask: (conversation, maxTokens) =>
      desk.models.ask(request(desk, question, conversation, maxTokens), { signal: desk.signal }),
  });
  if (asked.kind === 'end') return ended(asked.end, talk);
  const { reply } = asked;
  const heard = { ...talk, conversation: withReply(asked.conversation, reply) };
  const found = answerIn(reply, question);
  if (found.kind === 'answer') return answered(question, heard, reply, found.answer);
  const uses = reply.content.filter(isToolUse);
  if (found.kind === 'none' && mayRead(question, talk) && uses.some(({ name }) => name === 'read'))
    return afterReading(question, heard, uses);
  const wrong = found.kind === 'bad' ? found.problem : `no ${question.tool} in the reply`;
  if (talk.asked) return withoutAnswer(talk, wrong);
  const word = `${wrong}. Answer with ${question.tool} alone, once, with all of its keys.`;
  return { kind: 'on', talk: repliedTo({ ...heard, asked: true }, uses, word) };
}

/** Messages carry no markers: most consultations end with their first reply, and a write nobody reads costs more. */
function request<Answer>(
  desk: Desk,
  question: Question<Answer>,
  conversation: Conversation,
  maxTokens: number,
): ModelRequest {
  return {
    model: desk.model,
    purpose: question.purpose,
    system: systemBlocks('orchestrator', desk.shared),
    tools: toolSchemas('orchestrator'),
    messages: conversation.messages,
    maxTokens,
    promptTokensEstimate: promptTokens(conversation),
    effort: question.effort,
  };
}

async function answered<Answer>(
  question: Question<Answer>,
  talk: Talk<Answer>,
  reply: ModelReply,
  answer: Answer,
): Promise<Step<Answer>> {
  if (talk.first !== null) return done(talk.first.followUp.join(answer));
  const followUp = (await question.followUp?.(answer)) ?? null;
  if (followUp === null) return done(answer);
  const uses = reply.content.filter(isToolUse);
  return { kind: 'on', talk: repliedTo({ ...talk, first: { answer, followUp } }, uses, followUp.text) };
}

function mayRead<Answer>({ reading }: Question<Answer>, { reads }: Talk<Answer>): boolean {
  return reading !== null && reads < reading.turns;
}

async function afterReading<Answer>(
  { reading, tool }: Question<Answer>,
  talk: Talk<Answer>,
  uses: readonly ToolUse[],
): Promise<Step<Answer>> {
  if (reading === null) return withoutAnswer(talk, 'nothing can be read');
  const { texts, used } = await readRanges(reading, uses, reading.ranges - talk.ranges);
  const next = { ...talk, reads: talk.reads + 1, ranges: talk.ranges + used };
  const over = next.reads >= reading.turns || next.ranges >= reading.ranges;
  const notice = over ? `Now answer with ${tool}; what you still cannot tell is unclear.` : null;
  return { kind: 'on', talk: repliedTo(next, uses, notice, texts) };
}

/** Where there is a first answer already, it counts: the second one was an extra. */
function withoutAnswer<Answer>({ first }: Talk<Answer>, reason: string): Step<Answer> {
  return first === null ? { kind: 'done', consulted: { kind: 'unusable', reason } } : done(first.answer);
}

function ended<Answer>(end: AttemptEnd, talk: Talk<Answer>): Step<Answer> {
  const stopped: Step<Answer> = { kind: 'done', consulted: { kind: 'stopped', end } };
  switch (end.kind) {
    case 'refused':
    case 'stuck':
      return withoutAnswer(talk, end.detail);
    case 'limit':
      return end.limit === 'budget' && talk.first === null ? stopped : withoutAnswer(talk, end.detail);
    case 'provider':
      return end.stopsRun || talk.first === null ? stopped : withoutAnswer(talk, end.said);
    default:
      return stopped;
  }
}

function done<Answer>(answer: Answer): Step<Answer> {
  return { kind: 'done', consulted: { kind: 'answered', answer } };
}
