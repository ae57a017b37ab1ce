/** The face of `models/`: what a model is to the rest of the program. Data only; nothing here touches the network. */

export interface Price {
  /** USD per million tokens. */
  readonly in: number;
  readonly out: number;
  readonly cacheRead: number;
  readonly write5m: number;
  readonly write1h: number;
  /** Where the figures come from, and the day they were read (ISO date). */
  readonly source: string;
  readonly asOf: string;
}

export interface ModelEntry {
  readonly id: string;
  /** `flat`: no marginal cost (subscription, local). null: unknown, which is never $0. */
  readonly price: Price | 'flat' | null;
  /** Prices of the WHOLE request once its prompt has more tokens than this. */
  readonly priceAbove?: Omit<Price, 'source' | 'asOf'> & { readonly promptTokens: number };
  readonly contextLimit: number;
  readonly turnCap: number;
  readonly minCacheablePrefix: number;
  /** Settings are sent only when listed here. */
  readonly effort?: readonly string[];
  readonly thinking?: readonly string[];
  readonly endpoint: Endpoint;
}

/** Where a model is reached. Comes from the catalog, the environment or user config; never from a repository. */
export interface Endpoint {
  readonly baseUrl: string;
  /** NAME of the environment variable that holds the key; the key itself never leaves the adapter. Empty: no key. */
  readonly apiKeyEnv: string;
  readonly auth: 'bearer' | 'x-api-key';
  readonly apiVersion: string | null;
}

/** Why a request is sent. Booked with it. */
export type Step = 'implement' | 'refine' | 'review' | 'diagnose' | 'lint';

/** What a request belongs to: the key of every figure on the bill. */
export interface Purpose {
  readonly step: Step;
  readonly role: 'orchestrator' | 'delegate';
  readonly story: string | null;
  readonly attempt: number | null;
}

export type CacheTtl = '5m' | '1h';

export type Block =
  | { readonly type: 'text'; readonly text: string; readonly cache?: CacheTtl }
  /** `input` is the raw JSON text as streamed; it is parsed strictly by whoever runs the tool. */
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: string }
  | {
      readonly type: 'tool_result';
      readonly toolUseId: string;
      readonly content: string;
      readonly isError?: boolean;
      readonly cache?: CacheTtl;
    }
  /** Kept unmodified and sent back as it came (thinking, redacted thinking). */
  | { readonly type: 'opaque'; readonly value: Readonly<Record<string, unknown>> };

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: readonly Block[];
}

export interface ToolSchema {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input, byte-stable. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly strict?: boolean;
}

export interface ModelRequest {
  readonly model: ModelEntry;
  readonly purpose: Purpose;
  readonly system: readonly { readonly text: string; readonly cache?: CacheTtl }[];
  readonly tools: readonly ToolSchema[];
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  /** Prompt size in tokens as far as known: last total + new characters / 3. Used to reserve money. */
  readonly promptTokensEstimate: number;
  readonly effort?: string;
}

/** The four input classes never overlap; `fresh` is the API's `input_tokens`, i.e. only the uncached rest. */
export interface Usage {
  readonly fresh: number;
  readonly write5m: number;
  readonly write1h: number;
  readonly cacheRead: number;
  /** Includes thinking. */
  readonly output: number;
}

export type StopReason =
  | 'tool_use'
  | 'end_turn'
  | 'max_tokens'
  | 'refusal'
  | 'pause_turn'
  | 'context_exceeded'
  | { readonly unknown: string };

export interface ModelReply {
  readonly kind: 'reply';
  readonly content: readonly Block[];
  readonly stop: StopReason;
  readonly usage: Usage;
  /** Model that answered; may differ from the one asked for. */
  readonly served: string;
  readonly requestId: string | null;
  readonly durationMs: number;
}

/** Failure at the model boundary is data. `usage` is what the provider had reported before it failed, if anything. */
export interface ModelFailure {
  readonly kind: 'failure';
  readonly failure: FailureKind;
  readonly status: number | null;
  readonly said: string;
  /** What the provider asked us to wait, in ms; null when it did not say or said nonsense. */
  readonly retryAfterMs: number | null;
  readonly usage: Usage | null;
  readonly durationMs: number;
}

export type FailureKind =
  /** Worth another try: 408, 409, 429, 5xx, overloaded, connection lost, stalled stream, unreadable body. */
  | 'rate-limit'
  | 'overloaded'
  | 'connection'
  | 'stalled'
  | 'malformed'
  /** Stops the run: the next story would fail too. */
  | 'credentials'
  | 'spend-limit'
  | 'unreachable'
  /** Ends the attempt. */
  | 'bad-request'
  | 'context-exceeded'
  /** Refused before sending. */
  | 'budget'
  | 'aborted';

export type ModelOutcome = ModelReply | ModelFailure;

/**
 * A way to ask a model. Resolves for every outcome, also failure, refusal and abort; never rejects.
 * A reply with stop reason other than `tool_use` or `end_turn` must not have its tools run.
 */
export interface Models {
  ask(request: ModelRequest, hooks?: AskHooks): Promise<ModelOutcome>;
}

export interface AskHooks {
  readonly signal?: AbortSignal;
  /** The first byte of the answer arrived: siblings that share the prefix may be sent now. */
  readonly onFirstEvent?: () => void;
}
