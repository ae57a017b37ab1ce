import type { CacheTtl, ModelReply, ModelRequest, Models } from '../models/model.ts';
import { answerCalls, type ReadCall, readCalls, type Toolbox, type ToolUse } from './answer-calls.ts';
import { askTurn, textOf } from './ask-turn.ts';
import {
  type Conversation,
  maskResults,
  promptTokens,
  startConversation,
  withReply,
  withResults,
  withWord,
} from './conversation.ts';
import type { AttemptEnd, AttemptJob, Implementer } from './implementer.ts';
import { markMessages } from './prompts/cache-marks.ts';
import { firstMessage } from './prompts/first-message.ts';
import { submitTools } from './prompts/submit-tools.ts';
import { systemBlocks } from './prompts/system.ts';
import { toolSchemas } from './prompts/tool-schemas.ts';
import { openSeen } from './seen.ts';
import { claimDone, finish } from './tools/finish.ts';
import type { ToolContext } from './tools/tool.ts';
import { workTools } from './tools/work-tools.ts';
import { progressWatch, turnNotice } from './turn-limits.ts';
import { turnResults } from './turn-results.ts';

/** The loop that ships with `prd`: a model, six tools, and limits. Ends for every behaviour of the model. */
export function builtInImplementer(models: Models): Implementer {
  return { name: 'built-in', attempt: (job) => attempt(models, job) };
}

/** What holds for the whole attempt. */
interface Session {
  readonly models: Models;
  readonly job: AttemptJob;
  /** Ends with the job or with its time. */
  readonly signal: AbortSignal;
  readonly system: ModelRequest['system'];
  readonly watch: ReturnType<typeof progressWatch>;
  readonly tools: Omit<ToolContext, 'turn'>;
}

interface State {
  readonly conversation: Conversation;
  /** The one reminder to call a tool has been given. */
  readonly nudged: boolean;
  /** The one thinning-out of old results has been done. */
  readonly masked: boolean;
}

type Step = { readonly kind: 'on'; readonly state: State } | { readonly kind: 'end'; readonly end: AttemptEnd };

/** Messages change with every turn, so their markers never pay for more than five minutes. */
const messageTtl: CacheTtl = '5m';
const maskAtTokens = 60_000;
const maskKeepsTurns = 10;

async function attempt(models: Models, job: AttemptJob): Promise<AttemptEnd> {
  const session = openSession(models, job);
  const prefix = JSON.stringify([session.system, toolSchemas(job.role)]).length;
  let state: State = { conversation: startConversation(firstMessage(job.spec), prefix), nudged: false, masked: false };
  for (let turn = 1; ; turn++) {
    const step = await takeTurn(session, thinnedOut(session, state, turn), turn);
    if (step.kind === 'end') return atLimit(session, step.end);
    state = step.state;
  }
}

function openSession(models: Models, job: AttemptJob): Session {
  const signal = AbortSignal.any([job.signal, AbortSignal.timeout(job.limits.wallMs)]);
  const { workspace, role } = job;
  let commands = 0;
  const tools = {
    workspace,
    role,
    signal,
    seen: openSeen(job.spec.shown),
    finish: job.finish,
    nextCommand: () => ++commands,
    policyNote: once(job.policyNote ?? (() => null)),
  };
  return { models, job, signal, tools, system: systemBlocks(role, job.spec.shared), watch: progressWatch() };
}

async function takeTurn(session: Session, state: State, turn: number): Promise<Step> {
  const { job, signal } = session;
  if (signal.aborted) return end({ kind: 'aborted' });
  const tokens = promptTokens(state.conversation);
  if (tokens > job.limits.promptTokens) return end({ kind: 'limit', limit: 'prompt', detail: `${tokens} tokens` });
  const { conversation } = state;
  const asked = await askTurn({
    conversation,
    maxTokens: job.limits.maxOutputTokens,
    ask: (current, maxTokens) => session.models.ask(request(session, current, maxTokens), { signal }),
  });
  if (asked.kind === 'end') return end(asked.end);
  const { reply } = asked;
  const calls = readCalls(reply.content.filter(isToolUse), toolboxAt(turn, job));
  await emitTurn(job, turn, calls);
  const next = { ...state, conversation: withReply(asked.conversation, reply) };
  return calls.length === 0 ? withoutCalls(session, next, reply, turn) : withCalls(session, next, calls, turn);
}

function request(session: Session, conversation: Conversation, maxTokens: number): ModelRequest {
  const { model, role, story, attempt: number } = session.job;
  return {
    model,
    purpose: { step: 'implement', role, story, attempt: number },
    system: session.system,
    tools: toolSchemas(role),
    messages: markMessages(conversation.messages, messageTtl),
    maxTokens,
    promptTokensEstimate: promptTokens(conversation),
  };
}

/** After the last turn there is one more, in which only `finish` is answered. */
function toolboxAt(turn: number, { limits }: AttemptJob): Toolbox {
  const grace = turn > limits.turns;
  const closedNames = new Set<string>(submitTools.map(({ name }) => name));
  return {
    tools: grace ? [finish] : workTools,
    closed: (name) => {
      if (closedNames.has(name)) return `${name} is not available in this step`;
      return grace && workTools.some((tool) => tool.name === name) ? 'not run: the turn limit is reached' : null;
    },
  };
}

async function withCalls(session: Session, state: State, calls: readonly ReadCall[], turn: number): Promise<Step> {
  const answers = await answerCalls(calls, { ...session.tools, turn });
  const { results, stop } = turnResults(answers, session.watch);
  const conversation = withResults(state.conversation, turn, results, turnNotice(turn, session.job.limits));
  const ended = answers.find(({ result }) => result.end !== undefined)?.result.end;
  if (ended !== undefined) return end(ended);
  if (stop !== null) return end({ kind: 'stuck', detail: stop });
  return endedByLimits(session, turn) ?? { kind: 'on', state: { ...state, conversation } };
}

/** A reply without a call: one reminder, then it is taken for `finish(done)`. The claim decides nothing anyway. */
async function withoutCalls(session: Session, state: State, reply: ModelReply, turn: number): Promise<Step> {
  if (!state.nudged && turn <= session.job.limits.turns) {
    const nudged = withWord(state.conversation, nudge);
    return endedByLimits(session, turn) ?? { kind: 'on', state: { ...state, nudged: true, conversation: nudged } };
  }
  const result = await claimDone({ summary: textOf(reply).slice(0, 600), criteria: [] }, session.tools);
  if (result.end !== undefined) return end(result.end);
  const conversation = withWord(state.conversation, result.content);
  return endedByLimits(session, turn) ?? { kind: 'on', state: { ...state, conversation } };
}

const nudge =
  '[nothing was called: go on with the tools, or call finish; nothing counts before finish has run the checks]';

function endedByLimits({ job, signal }: Session, turn: number): Step | null {
  if (signal.aborted) return end({ kind: 'aborted' });
  if (turn > job.limits.turns) return end({ kind: 'limit', limit: 'turns', detail: `${job.limits.turns} turns` });
  return null;
}

/** Who is cut off by the clock sees an abort; told apart here, in one place. */
function atLimit({ job, signal }: Session, reason: AttemptEnd): AttemptEnd {
  const byTime = reason.kind === 'aborted' && signal.aborted && !job.signal.aborted;
  return byTime ? { kind: 'limit', limit: 'time', detail: `${Math.round(job.limits.wallMs / 1_000)} s` } : reason;
}

/** Once, when the prompt has grown large: results of more than ten turns ago become stubs, and count as not shown. */
function thinnedOut({ tools }: Session, state: State, turn: number): State {
  const upTo = turn - 1 - maskKeepsTurns;
  if (state.masked || upTo < 1 || promptTokens(state.conversation) < maskAtTokens) return state;
  tools.seen.forgetTurns(upTo);
  return { ...state, masked: true, conversation: maskResults(state.conversation, upTo) };
}

async function emitTurn({ emit, story, attempt: number }: AttemptJob, turn: number, calls: readonly ReadCall[]) {
  const data = { story, attempt: number, turn, calls: calls.map(({ label }) => label) };
  await emit({ type: 'agent.turn', data });
}

function once(note: (path: string) => string | null): (path: string) => string | null {
  const told = new Set<string>();
  return (path) => {
    if (told.has(path)) return null;
    told.add(path);
    return note(path);
  };
}

function isToolUse(block: ModelReply['content'][number]): block is ToolUse {
  return block.type === 'tool_use';
}

function end(reason: AttemptEnd): Step {
  return { kind: 'end', end: reason };
}
