import type { AttemptEnd } from '../agent/implementer.ts';
import type { Orchestrator } from '../spec/orchestrator.ts';
import type { Vault } from '../workspace/workspace.ts';
import { reviewAnswer } from './answer.ts';
import { candidateReading } from './candidate-files.ts';
import { askForQuotes, checkAnswer } from './check-answer.ts';
import type { Unread } from './parts.ts';
import type { CheckedAnswer } from './quotes.ts';
import type { Answer } from './review.ts';
import type { ReviewOrder } from './review-order.ts';

const maxTokens = 4_000;

/** One of the requests that a change is read in. */
export interface Part {
  readonly text: string;
  readonly paths: readonly string[];
  readonly effort: 'low' | 'medium';
}

export type HeardParts =
  | { readonly kind: 'heard'; readonly answers: readonly CheckedAnswer[]; readonly unread: readonly Unread[] }
  | { readonly kind: 'stopped'; readonly end: AttemptEnd };

/** One after the other: the first one stores the prefix that the others read. */
export async function askParts(
  order: ReviewOrder,
  parts: readonly Part[],
  orchestrator: Orchestrator,
  vault: Vault,
): Promise<HeardParts> {
  const answers: CheckedAnswer[] = [];
  const unread: Unread[] = [];
  for (const part of parts) {
    const heard = await askPart(order, part, orchestrator, vault);
    if (heard.kind === 'stopped') return heard;
    if (heard.kind === 'answered') answers.push(heard.answer);
    else unread.push(...part.paths.map((path) => ({ path, why: heard.reason })));
  }
  return { kind: 'heard', answers, unread };
}

type Heard =
  | { readonly kind: 'answered'; readonly answer: CheckedAnswer }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'stopped'; readonly end: AttemptEnd };

async function askPart(
  order: ReviewOrder,
  { text, effort }: Part,
  orchestrator: Orchestrator,
  vault: Vault,
): Promise<Heard> {
  const consulted = await orchestrator.consult<Answer>({
    purpose: { step: 'review', role: 'orchestrator', story: order.story.id, attempt: order.attempt },
    tool: 'submit_review',
    text,
    schema: reviewAnswer,
    maxTokens,
    effort,
    reading: candidateReading(vault, order.to),
    followUp: (answer) => askForQuotes(answer, order, vault),
  });
  if (consulted.kind !== 'answered') return consulted;
  return { kind: 'answered', answer: (await checkAnswer(consulted.answer, order, vault)).checked };
}
