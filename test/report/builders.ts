import type { ModelEntry } from '../../src/models/model.ts';
import type { Out, Paint } from '../../src/report/reporter.ts';
import type { EventData, EventType, JournalRecord } from '../../src/run/events.ts';

/** A record at a time of the run's clock. Only the facts that a test is about need saying. */
export function record<T extends EventType>(mono: number, type: T, data: Partial<EventData<T>> = {}): JournalRecord {
  const ts = new Date(Date.UTC(2026, 0, 1) + mono).toISOString();
  const whole = { ...(defaults[type] as object), ...data };
  return { v: 1, seq: mono, ts, mono, type, data: whole } as unknown as JournalRecord;
}

const head = '3f9c2ab0000000000000000000000000000000aa';
const story = 'US-054';
const delegate = { role: 'delegate', model: 'sonnet' } as const;
const request = { request: 'r1', story, attempt: 1, step: 'implement', ...delegate } as const;
const check = { story, check: 'c1', run: 'npm test -- cart', where: 'candidate' } as const;

const defaults: { readonly [T in EventType]?: EventData<T> } = {
  'run.started': {
    run: 'r-1',
    prdVersion: '0.1.0',
    file: 'PRD.json',
    branch: 'main',
    base: head,
    implementer: 'builtin',
    sandbox: 'guard',
    scripted: false,
    limits: { attempts: 3, maxCostUsd: null, maxTokens: null, wallMs: null },
    stories: [
      { story, title: 'Cart screen', ...delegate, state: 'ready', detail: null, wave: 1 },
      { story: 'US-055', title: 'Checkout', ...delegate, state: 'ready', detail: null, wave: 2 },
    ],
  },
  'prd.committed': { commit: head, branch: 'main' },
  'setup.started': { command: 'npm ci', because: 'package-lock.json' },
  'setup.finished': { digest: 'd', durationMs: 12_000, cached: false },
  'story.started': { story, title: 'Cart screen', ...delegate, base: head, digest: 'd' },
  'baseline.finished': { story, checks: [{ check: 'c1', run: 'npm test', kind: 'proof', reason: 'exit-code' }] },
  'attempt.started': {
    story,
    attempt: 1,
    ...delegate,
    base: head,
    from: head,
    workspace: '/w',
    marker: 'm',
    why: 'first',
  },
  'request.sent': { ...request, reservedUsd: 0.1, reservedTokens: 1000 },
  'request.settled': {
    ...request,
    served: 'sonnet',
    outcome: 'reply',
    usage: { fresh: 1000, write5m: 0, write1h: 0, cacheRead: 3000, output: 500 },
    costUsd: 0.05,
    durationMs: 900,
  },
  'agent.reported': { story, attempt: 1, ...delegate, usage: null, costUsd: null, requests: null },
  'agent.turn': { story, attempt: 1, turn: 1, calls: ['read'] },
  wait: { story, for: 'the provider', waitMs: null },
  'check.started': check,
  'check.finished': {
    ...check,
    outcome: 'red',
    reason: 'exit-code',
    exitCode: 1,
    durationMs: 4_200,
    executed: 3,
    cached: false,
    log: null,
  },
  'snapshot.stored': { story, attempt: 1, commit: head, ref: 'r', files: 2, dropped: [], refused: [] },
  'attempt.finished': {
    story,
    attempt: 1,
    end: 'finished',
    detail: '',
    snapshot: head,
    turns: 4,
    durationMs: 60_000,
  },
  verdict: { story, attempt: 1, verdict: 'failed', reason: 'red', strength: null },
  'landing.intent': { story, attempt: 2, branch: 'main', from: head, commit: head },
  'landing.done': { story, attempt: 1, branch: 'main', from: head, commit: head, strength: 'proven', evidence: 'e' },
  'landing.lost': { story, attempt: 1, branch: 'main', from: head, head },
  'follow.intent': { branch: 'main', from: head, to: head },
  'follow.done': { branch: 'main', to: head, how: 'left' },
  'story.finished': {
    story,
    outcome: 'passes',
    verdict: 'passed',
    strength: 'proven',
    reason: '',
    key: 'k',
    attempts: 2,
    commit: head,
    costUsd: 0.08,
  },
  adopted: { what: 'landing', story, detail: 'landed before the last run ended' },
  warning: { code: 'dirty', message: '2 changed files are not in the base', story: null },
  problem: { problem: { code: 'git-missing' }, story: null },
  'run.finished': {
    run: 'r-1',
    reason: 'done',
    exitCode: 0,
    passes: 1,
    selected: 2,
    total: 2,
    needsYou: ['US-055'],
    costUsd: 0.31,
    unpriced: 0,
    requests: 4,
    durationMs: 250_000,
    mergeBranch: null,
  },
};

/** $1 a million for every token: easy to check by hand. */
export const aDollarAMillion: ModelEntry = {
  id: 'opus',
  price: { in: 1, out: 1, cacheRead: 1, write5m: 1, write1h: 1, source: 'a test', asOf: '2026-01-01' },
  contextLimit: 200_000,
  turnCap: 40,
  minCacheablePrefix: 4_096,
  endpoint: { baseUrl: 'http://127.0.0.1:1', apiKeyEnv: '', auth: 'bearer', apiVersion: null },
};

/** Marks what is painted, so that a test sees it. */
export const marked: Paint = {
  good: (text) => `<good>${text}</good>`,
  bad: (text) => `<bad>${text}</bad>`,
  warn: (text) => `<warn>${text}</warn>`,
  accent: (text) => `<accent>${text}</accent>`,
  strong: (text) => `<strong>${text}</strong>`,
  faint: (text) => `<faint>${text}</faint>`,
};

const same = (text: string): string => text;
const unpainted: Paint = { good: same, bad: same, warn: same, accent: same, strong: same, faint: same };

export interface FakeOut extends Out {
  text(): string;
}

/** Collects what is written. */
export function fakeOut(options: Partial<Out> = {}): FakeOut {
  let written = '';
  return {
    write: (text) => {
      written += text;
    },
    isTTY: false,
    columns: 0,
    color: false,
    unicode: true,
    paint: unpainted,
    ...options,
    text: () => written,
  };
}

/** The journal of a small run: one story lands at the second attempt, one is blocked. */
export const smallRun: readonly JournalRecord[] = [
  record(0, 'run.started'),
  record(1_000, 'story.started'),
  record(8_000, 'baseline.finished'),
  record(9_000, 'attempt.started'),
  record(10_000, 'request.sent'),
  record(11_000, 'request.settled', { costUsd: 0.03 }),
  record(12_000, 'agent.turn'),
  record(70_000, 'check.started'),
  record(74_000, 'check.finished'),
  record(74_100, 'verdict'),
  record(75_000, 'attempt.started', { attempt: 2 }),
  record(76_000, 'request.settled', { request: 'r2', attempt: 2, costUsd: 0.05 }),
  record(160_000, 'landing.intent'),
  record(161_000, 'landing.done', { attempt: 2 }),
  record(164_000, 'story.finished'),
  record(165_000, 'story.started', { story: 'US-055' }),
  record(166_000, 'attempt.started', { story: 'US-055' }),
  record(240_000, 'story.finished', {
    story: 'US-055',
    outcome: 'blocked',
    verdict: 'failed',
    strength: null,
    reason: '`npm test -- checkout` still red after 3 attempts',
    attempts: 3,
    commit: null,
    costUsd: 0.23,
  }),
  record(250_000, 'run.finished'),
];
