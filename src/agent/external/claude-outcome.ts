import type { CommandResult } from '../../host/process.ts';
import type { AttemptEnd } from '../implementer.ts';
import type { ClaudeResult, ClaudeSays } from './claude-stream.ts';

/** How a round ended: with work to be checked, or with a reason why the attempt is over. */
export type RoundOutcome =
  | { readonly kind: 'claims-done'; readonly summary: string }
  | { readonly kind: 'end'; readonly end: AttemptEnd };

/**
 * What a round of `claude -p` comes to. The result line decides before the exit code; neither is evidence of anything but
 * that the agent stopped.
 */
export function roundOutcome(ended: CommandResult, { result, noise }: ClaudeSays): RoundOutcome {
  if (ended.notStarted !== null)
    return end(provider('not_installed', `cannot start claude: ${ended.notStarted}`, true));
  if (ended.cancelled) return end({ kind: 'aborted' });
  if (result === null) return end(withoutResult(ended, `${noise}\n${ended.stderr.text}`.trim()));
  if (result.subtype === 'error_max_turns')
    return end({ kind: 'limit', limit: 'turns', detail: `${result.turns ?? '?'} turns` });
  if (result.subtype === 'error_max_budget_usd')
    return end({ kind: 'limit', limit: 'budget', detail: tail(result.text) });
  if (result.stopReason === 'refusal') return end({ kind: 'refused', detail: tail(result.text) });
  if (result.isError || result.subtype !== 'success') return end(failure(result));
  return handOver(result.text);
}

function withoutResult(ended: CommandResult, said: string): AttemptEnd {
  if (ended.idle) return provider('timeout', 'it said nothing for too long', false);
  if (ended.timedOut) return { kind: 'limit', limit: 'time', detail: `${Math.round(ended.durationMs / 1_000)} s` };
  if (ended.flooded) return provider('crashed', 'it wrote more than it may', false);
  return (
    known(said) ?? provider('crashed', `exit ${ended.exitCode ?? ended.signal ?? 'unknown'}: ${tail(said)}`, false)
  );
}

function failure({ text, subtype }: ClaudeResult): AttemptEnd {
  return known(text) ?? provider('failed', `${subtype}: ${tail(text)}`, false);
}

// The words are the tool's own; it has no codes for these. Money and sign-in stop the run, the next story fails as well.
const meanings: readonly (readonly [RegExp, string, boolean])[] = [
  [/credit balance|billing|spend(?:ing)? limit|payment required/i, 'spend-limit', true],
  [
    /invalid api key|please run \/login|not logged in|authentication|oauth token|unauthorized|\b401\b|\b403\b/i,
    'auth',
    true,
  ],
  [/usage limit reached|hit your (?:\w+ )?limit|limit will reset/i, 'rate_limited', true],
  [/rate.?limit|overloaded|too many requests|\b429\b|\b529\b/i, 'rate_limited', false],
];

function known(said: string): AttemptEnd | null {
  if (/usage policy|unable to respond to this request/i.test(said)) return { kind: 'refused', detail: tail(said) };
  const meaning = meanings.find(([words]) => words.test(said));
  return meaning ? provider(meaning[1], tail(said), meaning[2]) : null;
}

/** The last line may hand the story over, as the prompt asks for; anything else claims to be done. */
function handOver(text: string): RoundOutcome {
  const [, word, said = ''] = /^(BLOCKED|NEEDS_ORCHESTRATOR):\s*(.+)$/m.exec(lastLine(text)) ?? [];
  if (word === 'BLOCKED') return end({ kind: 'blocked', reason: said.slice(0, 600) });
  if (word !== undefined) return end({ kind: 'needs-orchestrator', question: said.slice(0, 600) });
  return { kind: 'claims-done', summary: text.trim().slice(0, 600) };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

function provider(name: string, said: string, stopsRun: boolean): AttemptEnd {
  return { kind: 'provider', failure: name, said, stopsRun };
}

function tail(said: string): string {
  return said.trim().slice(-600);
}

function end(reason: AttemptEnd): RoundOutcome {
  return { kind: 'end', end: reason };
}
