import type { ServerResponse } from 'node:http';
import type { StreamPiece } from './answer.ts';
import type { Fault } from './faults.ts';

export interface Latency {
  /** Milliseconds before the answer starts. */
  readonly firstToken: number;
  /** Milliseconds per output token. */
  readonly perToken: number;
}

export interface Delivery {
  readonly response: ServerResponse;
  readonly pieces: readonly StreamPiece[];
  readonly fault: Fault | null;
  readonly perTokenMs: number;
  /** The server is closing: nothing waits any longer. */
  readonly closing: AbortSignal;
}

export interface Delivered {
  /** Output that had been produced when it ended. */
  readonly outputTokens: number;
  readonly whole: boolean;
}

/** Writes the stream piece by piece, in its rhythm and with its fault. Resolves however it ends. */
export async function deliver({ response, pieces, fault, perTokenMs, closing }: Delivery): Promise<Delivered> {
  const brake = fault?.kind === 'cut' || fault?.kind === 'stall' ? fault : null;
  let room = brake?.afterBytes ?? Number.POSITIVE_INFINITY;
  let outputTokens = 0;
  for (const piece of withEventFault(pieces, fault)) {
    const bytes = Buffer.from(piece.text);
    if (bytes.length > room) {
      await written(response, bytes.subarray(0, room));
      if (brake?.kind === 'cut') return cut(response, brake.how, outputTokens);
      if (brake?.kind === 'stall') await stall(response, brake, closing);
    }
    if (isGone(response, closing)) return { outputTokens, whole: false };
    response.write(bytes.length > room ? bytes.subarray(room) : bytes);
    room = bytes.length > room ? Number.POSITIVE_INFINITY : room - bytes.length;
    if (perTokenMs > 0) await pause((piece.outputTokens - outputTokens) * perTokenMs, response, closing);
    outputTokens = piece.outputTokens;
  }
  return { outputTokens, whole: !isGone(response, closing) && fault?.kind !== 'error-event' };
}

/** Waits, but no longer than anybody listens. */
export function pause(ms: number, response: ServerResponse, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (isGone(response, closing)) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      response.off('close', done);
      closing.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1));
    response.on('close', done);
    closing.addEventListener('abort', done);
  });
}

function withEventFault(pieces: readonly StreamPiece[], fault: Fault | null): readonly StreamPiece[] {
  if (fault?.kind !== 'error-event' && fault?.kind !== 'noise') return pieces;
  const before = pieces.slice(0, fault.afterEvents);
  const outputTokens = before.at(-1)?.outputTokens ?? 0;
  if (fault.kind === 'noise')
    return [...before, { text: fault.text, outputTokens }, ...pieces.slice(fault.afterEvents)];
  const error = { type: 'error', error: { type: fault.type, message: `scripted ${fault.type}` } };
  return [...before, { text: `event: error\ndata: ${JSON.stringify(error)}\n\n`, outputTokens }];
}

function written(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    response.write(bytes, () => resolve());
  });
}

function cut(response: ServerResponse, how: 'reset' | 'end', outputTokens: number): Delivered {
  if (how === 'end') response.end();
  else response.socket?.resetAndDestroy();
  return { outputTokens, whole: false };
}

async function stall(
  response: ServerResponse,
  fault: Extract<Fault, { kind: 'stall' }>,
  closing: AbortSignal,
): Promise<void> {
  const ping = (): void => {
    response.write('event: ping\ndata: {"type":"ping"}\n\n');
  };
  const pings = fault.pingEveryMs === undefined ? undefined : setInterval(ping, fault.pingEveryMs);
  await pause(fault.forMs ?? Number.POSITIVE_INFINITY, response, closing);
  clearInterval(pings);
}

function isGone(response: ServerResponse, closing: AbortSignal): boolean {
  return closing.aborted || response.destroyed || response.closed;
}
