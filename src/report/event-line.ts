import type { EventData, JournalRecord } from '../run/events.ts';
import { sayCheck, sayRevoked } from './check-words.ts';
import { count, shortOid, span, usd } from './figures.ts';
import { printable, tick } from './text.ts';

/** What one event says to a person. Data, so that every human format lays out the same words. */
export interface EventLine {
  /** Null: about the run itself. */
  readonly story: string | null;
  readonly moment: string;
  readonly detail: string;
  readonly tone: 'good' | 'bad' | 'warn' | 'plain';
  /** Still worth reading when the run is over: kept on a terminal, where the rest is shown live. */
  readonly lasting: boolean;
}

/** Words for a problem, which only the command line knows. */
export type SayProblem = (problem: EventData<'problem'>['problem']) => string;

/** The line of a record, or null for the many that only move the live view. */
export function eventLine(record: JournalRecord, sayProblem: SayProblem): EventLine | null {
  switch (record.type) {
    case 'run.started':
      return about(null, 'run', startWords(record.data));
    case 'prd.committed':
      return lasting(null, 'committed', `the PRD on ${record.data.branch} (${shortOid(record.data.commit)})`, 'plain');
    case 'setup.started':
      return about(null, 'setup', `${tick(record.data.command)} (${printable(record.data.because)})`);
    case 'setup.finished':
      return record.data.cached ? null : about(null, 'setup', `done in ${span(record.data.durationMs)}`);
    case 'baseline.finished':
      return about(record.data.story, 'baseline', baselineWords(record.data.checks));
    case 'attempt.started':
      return about(record.data.story, `attempt ${record.data.attempt}`, `${record.data.role} (${record.data.model})`);
    case 'spec.decided':
      return specLine(record.data);
    case 'review.decided':
      return record.data.review ? null : about(record.data.story, 'no review', record.data.because);
    case 'review.finished':
      return reviewLine(record.data);
    case 'diagnosis.finished':
      return { ...about(record.data.story, 'diagnosis', diagnosisWords(record.data)), tone: 'warn' };
    case 'lesson.learned':
      return lasting(record.data.story, 'learned', printable(record.data.text), 'plain');
    case 'wait':
      return { ...about(record.data.story, 'waits', waitWords(record.data)), tone: 'warn' };
    case 'check.finished':
      return checkLine(record.data);
    case 'snapshot.stored':
      return snapshotLine(record.data);
    case 'attempt.finished':
      return record.data.end === 'finished'
        ? null
        : { ...about(record.data.story, record.data.end, printable(record.data.detail)), tone: 'warn' };
    case 'verdict':
      return verdictLine(record.data);
    case 'attempt.overtaken':
      return { ...about(record.data.story, 'overtaken', overtakenWords(record.data)), tone: 'warn' };
    case 'landing.lost':
      return about(record.data.story, 'landing', `${record.data.branch} moved to ${shortOid(record.data.head)}: again`);
    case 'pass.revoked':
      return lasting(record.data.story, 'taken back', printable(sayRevoked(record.data)), 'bad');
    case 'follow.done':
      return record.data.how === 'followed'
        ? null
        : lasting(null, 'checkout', `left as it is: git would not move it to ${shortOid(record.data.to)}`, 'warn');
    case 'story.finished':
      return finishedLine(record.data);
    case 'adopted':
      return lasting(record.data.story, 'adopted', printable(record.data.detail), 'plain');
    case 'warning':
      return lasting(record.data.story, 'warning', printable(record.data.message), 'warn');
    case 'problem':
      return lasting(record.data.story, 'problem', sayProblem(record.data.problem), 'bad');
    case 'story.started':
    case 'spec.written':
    case 'coaching.committed':
    case 'request.sent':
    case 'request.settled':
    case 'agent.reported':
    case 'agent.turn':
    case 'check.started':
    case 'landing.intent':
    case 'landing.done':
    case 'follow.intent':
    case 'run.finished':
      return null;
    default:
      return record satisfies never;
  }
}

/** `3f9c2ab · proven · 2 attempts · $0.08`: how a story came to pass. */
export function passWords(data: EventData<'story.finished'>): readonly string[] {
  const commit = data.commit === null ? [] : [shortOid(data.commit)];
  const strength = data.strength === null ? [] : [data.strength];
  return [...commit, ...strength, count(data.attempts, 'attempt'), usd(data.costUsd)];
}

function about(story: string | null, moment: string, detail: string): EventLine {
  return { story, moment, detail, tone: 'plain', lasting: false };
}

function lasting(story: string | null, moment: string, detail: string, tone: EventLine['tone']): EventLine {
  return { story, moment, detail, tone, lasting: true };
}

function startWords(data: EventData<'run.started'>): string {
  const running = data.stories.filter(({ wave }) => wave > 0).length;
  const models = data.scripted ? ' · scripted models' : '';
  return `${count(running, 'story', 'stories')} on ${data.branch} at ${shortOid(data.base)} · ${data.implementer}${models}`;
}

/** What was decided as it is planned anyway needs no line. */
function specLine({
  story,
  refined,
  reused,
  builder,
  recommends,
  because,
}: EventData<'spec.decided'>): EventLine | null {
  const moment = refined ? 'refined' : 'spec';
  if (builder === 'orchestrator') return lasting(story, moment, `moves up: ${printable(because)}`, 'warn');
  const advice = recommends === 'orchestrator' ? '; the orchestrator is recommended' : '';
  if (!refined) return about(story, moment, `as written: ${printable(because)}${advice}`);
  return about(story, moment, `${reused ? 'kept from before' : printable(because)}${advice}`);
}

function reviewLine({ story, verdict, reason, criteria, remarks }: EventData<'review.finished'>): EventLine {
  const met = criteria.filter(({ status }) => status === 'met').length;
  const found = remarks.length === 0 ? '' : ` · ${count(remarks.length, 'remark')}`;
  const detail = `${met} of ${criteria.length} criteria met${found}`;
  if (verdict === 'approved') return about(story, 'review', `approved: ${detail}`);
  return { ...about(story, 'review', `${verdict}: ${printable(reason)} · ${detail}`), tone: 'warn' };
}

function diagnosisWords({ next, reason, hint }: EventData<'diagnosis.finished'>): string {
  if (next === 'take-over') return `the orchestrator takes over: ${printable(reason)}`;
  return hint === null ? 'another delegate tries, without a hint' : 'another delegate tries, with a hint';
}

function baselineWords(checks: EventData<'baseline.finished'>['checks']): string {
  const kinds = new Map<string, number>();
  for (const { kind } of checks) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const plural = (kind: string): string => (kind === 'proof' || kind === 'guard' ? `${kind}s` : kind);
  return [...kinds].map(([kind, n]) => count(n, kind, plural(kind))).join(', ') || 'no checks';
}

function checkLine(data: EventData<'check.finished'>): EventLine | null {
  if (data.where === 'baseline' || data.outcome === 'green') return null;
  return { ...about(data.story, data.where === 'regression' ? 'regression' : 'verify', sayCheck(data)), tone: 'bad' };
}

function snapshotLine({ story, dropped, refused }: EventData<'snapshot.stored'>): EventLine | null {
  const left = [...dropped, ...refused];
  if (left.length === 0) return null;
  return { ...about(story, 'left out', left.map(tick).join(', ')), tone: 'warn' };
}

/** Red is told by its checks, and a pass by its landing. */
function verdictLine({ story, verdict, reason }: EventData<'verdict'>): EventLine | null {
  if (verdict === 'passed' || verdict === 'failed') return null;
  return { ...about(story, verdict, printable(reason)), tone: verdict === 'tampered' ? 'bad' : 'warn' };
}

function overtakenWords({ head, met }: EventData<'attempt.overtaken'>): string {
  const rivals = met.length === 0 ? '' : `by ${met.map(({ story }) => printable(story)).join(', ')}: `;
  return `${rivals}goes on from ${shortOid(head)}`;
}

function finishedLine(data: EventData<'story.finished'>): EventLine {
  if (data.outcome === 'passes') return lasting(data.story, 'landed', passWords(data).join(' · '), 'good');
  const tone = data.outcome === 'blocked' ? 'bad' : 'warn';
  return lasting(data.story, data.outcome, printable(data.reason), tone);
}

function waitWords({ for: what, waitMs }: EventData<'wait'>): string {
  const long = waitMs === null ? '' : `, ${span(waitMs)}`;
  return `for ${printable(what)}${long}`;
}
