import type { WireRequest } from './wire.ts';

/** One tool call as the scripted model makes it. */
interface ScriptedCall {
  readonly tool: string;
  readonly input: unknown;
  /** Made up when absent. */
  readonly id?: string;
  /** Sent instead of `input`, byte for byte: for input that is not JSON. */
  readonly raw?: string;
}

/** One answer of the scripted model. */
export interface Turn {
  readonly thinking?: string | undefined;
  readonly say?: string | undefined;
  readonly calls: readonly ScriptedCall[];
  /** Default: `tool_use` with calls, `end_turn` without. */
  readonly stop?: string | undefined;
}

export interface Asked {
  readonly request: WireRequest;
  /** Of the HTTP request, from 0. */
  readonly number: number;
}

/** Answers requests by code instead of by script. */
export type Responder = (asked: Asked) => Turn | Promise<Turn>;

/** What the server plays: it is told which answers really went out, so that a resend can be told from a second try. */
export interface Player {
  answer(asked: Asked): Turn | Promise<Turn>;
  delivered(asked: Asked): void;
}
