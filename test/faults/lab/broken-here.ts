import type { Lab } from './build.ts';

/** Runs a suite that needs no `prd` of its own, with what is broken in the lab broken in this process too. */
export async function brokenHere<T>({ env }: Lab, act: () => Promise<T>): Promise<T> {
  const before = process.env.PRD_BREAK;
  if (env.PRD_BREAK !== undefined) process.env.PRD_BREAK = env.PRD_BREAK;
  try {
    return await act();
  } finally {
    if (before === undefined) delete process.env.PRD_BREAK;
    else process.env.PRD_BREAK = before;
  }
}
