import type { Problem } from '../problem.ts';
import { plainReporter } from '../report/plain.ts';
import type { Out, Reporter, Screen } from '../report/reporter.ts';
import { failureOf } from './failure.ts';
import { animates, type Env } from './terminal.ts';

/** What shows a run to people on this stream: a live view where one can be drawn, elsewhere one line per event. */
export async function openViewer(out: Out, env: Env, asks: boolean): Promise<Reporter> {
  const say = (problem: { readonly code: string }): string => failureOf(problem as Problem).message;
  if (asks || !isScreen(out, env)) return plainReporter(out, say);
  // ora is loaded only where it can draw.
  const { ttyReporter } = await import('../report/tty.ts');
  return ttyReporter(out, say);
}

function isScreen(out: Out, env: Env): out is Screen {
  return out.stream !== undefined && animates(false, env, out);
}
