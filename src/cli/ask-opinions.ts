import { randomBytes } from 'node:crypto';
import { systemClock } from '../host/clock.ts';
import type { Finding } from '../lint/rule.ts';
import {
  type Opinion,
  opinionFinding,
  opinionQuestion,
  opinionSystem,
  opinionTool,
  readOpinions,
} from '../lint/second-opinion.ts';
import type { Undecided } from '../lint/undecided.ts';
import type { ModelEntry, ModelOutcome, ModelRequest } from '../models/model.ts';
import { PrdError, type Problem } from '../problem.ts';
import { count, fineUsd, spent } from '../report/figures.ts';
import type { Context } from './context.ts';
import { type Configured, openConfigured } from './open-configured.ts';
import { namedModelProblems, openModels } from './open-models.ts';
import { type OpinionCache, openOpinions } from './opinion-cache.ts';
import { newRunId } from './past-runs.ts';
import { openRefineJournal } from './refine-journal.ts';

export type Opinions = ReadonlyMap<Undecided, readonly Finding[]>;

/** More go into the next call: one answer must fit into one reply. */
const mostAsked = 150;

/** What the delegate model thinks, as findings by criterion; opinions given before cost nothing. Rejects when nobody can be asked. */
export async function askOpinions(undecided: readonly Undecided[], file: string, context: Context): Promise<Opinions> {
  const desk = await openDesk(file, context);
  const known = await knownOpinions(undecided, desk.cache);
  const open = undecided.filter((one) => !known.has(one));
  const asked = open.slice(0, mostAsked);
  const fresh = asked.length === 0 ? [] : await askOnce(asked, desk, context);
  if (open.length > asked.length)
    noteOpinions(context, `${open.length - asked.length} more criteria are undecided: run it again`);
  return new Map([...known, ...fresh].map(([one, opinion]) => [one, opinionFinding(one, opinion, desk.name)]));
}

/** Whom to ask, and where answers are kept. */
interface Desk {
  readonly configured: Configured;
  /** As the user names the model. */
  readonly name: string;
  readonly model: ModelEntry;
  readonly file: string;
  readonly cache: OpinionCache;
}

async function openDesk(file: string, context: Context): Promise<Desk> {
  const opening = await openConfigured(context, {});
  if (opening.kind === 'refused') throw new PrdError(first(opening.problems));
  const { configured } = opening;
  const name = configured.roster.roles.delegate;
  const [missing] = namedModelProblems(name, configured.roster, configured.config, context.env);
  if (missing !== undefined) throw new PrdError(missing);
  const model = configured.roster.entry(name);
  if (model === null) throw new Error(`the delegate ${name} is not in the roster`);
  return { configured, name, model, file, cache: await openOpinions(configured.open.state.dir, model.id) };
}

function first(problems: readonly Problem[]): Problem {
  const [problem] = problems;
  if (problem === undefined) throw new Error('refused without a problem');
  return problem;
}

async function knownOpinions(undecided: readonly Undecided[], cache: OpinionCache) {
  const known = new Map<Undecided, Opinion>();
  for (const one of undecided) {
    const opinion = await cache.read(one.criterion.text);
    if (opinion !== undefined) known.set(one, opinion);
  }
  return known;
}

/** One request about all of them, booked like a run that builds nothing. */
async function askOnce(asked: readonly Undecided[], desk: Desk, context: Context) {
  const { open, config } = desk.configured;
  const run = newRunId(systemClock.now(), randomBytes(3).toString('hex'));
  const { branch, head } = open.repository;
  const about = { open, config, prdPath: desk.file, branch: branch ?? 'HEAD', base: head, prd: { stories: [] } };
  const journal = await openRefineJournal(run, about, silent(context));
  const outcome = await openModels(config, context.env, journal.emit).ask(requestFor(asked, desk.model));
  const opinions = opinionsIn(outcome, asked.length);
  const { costUsd, unpriced } = journal.ledger.total();
  await journal.end({ reason: opinions === null ? 'problem' : 'done', exitCode: 0, needsYou: [] });
  if (opinions === null)
    noteOpinions(context, `no second opinion: ${desk.name} gave no usable answer${whyOf(outcome)}`);
  else
    noteOpinions(
      context,
      `asked ${desk.name} about ${count(asked.length, 'criterion', 'criteria')} (${spent(costUsd, unpriced, fineUsd)})`,
    );
  const given = asked.flatMap((one, at) => {
    const opinion = opinions?.get(at);
    return opinion === undefined ? [] : [[one, opinion] as const];
  });
  for (const [one, opinion] of given) await desk.cache.keep(one.criterion.text, opinion);
  return given;
}

/** The findings are the report; a run that builds nothing has nothing to tell meanwhile. */
function silent(context: Context) {
  const { stdout, stderr, env, flags } = context;
  const useJournal = (file: string): void => context.useJournal(file);
  return { stdout, stderr, env, flags: { ...flags, quiet: true }, useJournal };
}

function requestFor(asked: readonly Undecided[], model: ModelEntry): ModelRequest {
  const text = opinionQuestion(asked);
  const length = opinionSystem.length + text.length + JSON.stringify(opinionTool).length;
  return {
    model,
    purpose: { step: 'lint', role: 'delegate', story: null, attempt: null },
    system: [{ text: opinionSystem }],
    tools: [opinionTool],
    messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    // A line of the answer takes some forty tokens; what thinking adds is bounded too.
    maxTokens: 2_000 + 60 * asked.length,
    promptTokensEstimate: Math.ceil(length / 3),
  };
}

function opinionsIn(outcome: ModelOutcome, count: number): ReadonlyMap<number, Opinion> | null {
  if (outcome.kind === 'failure' || outcome.stop !== 'tool_use') return null;
  for (const block of outcome.content) {
    if (block.type === 'tool_use' && block.name === opinionTool.name) return readOpinions(block.input, count);
  }
  return null;
}

function whyOf(outcome: ModelOutcome): string {
  if (outcome.kind === 'reply') return '';
  return outcome.said === '' ? ` (${outcome.failure})` : `: ${outcome.said}`;
}

/** Said beside the findings, never instead of them. */
export function noteOpinions({ stderr, flags }: Context, text: string): void {
  if (flags.quiet !== true) stderr.write(`note: ${text}\n`);
}
