import { readScript } from './script.ts';
import { type ScriptedServer, startScriptedServer } from './server.ts';

export interface RunScriptedServerOptions {
  /** The script, a JSON file. */
  readonly file: string;
  readonly port?: number;
  /** Receives whole lines for the person who started it. */
  readonly say: (line: string) => void;
  /** Ends the server. */
  readonly signal: AbortSignal;
}

/** Serves a script until the signal aborts, for trials by hand. Rejects with `bad-config` if the script cannot be read. */
export async function runScriptedServer({ file, port, say, signal }: RunScriptedServerOptions): Promise<void> {
  const script = await readScript(file);
  const server = await startScriptedServer({ script, ...(port !== undefined && { port }) });
  say(`scripted model at ${server.url}: it plays ${file} and has no model behind it`);
  say(`ANTHROPIC_BASE_URL=${server.url} ANTHROPIC_API_KEY=scripted`);
  await ended(signal);
  await stop(server, say);
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function stop(server: ScriptedServer, say: (line: string) => void): Promise<void> {
  await server.close();
  say(`${server.requests.length} requests answered`);
}
