import { edit } from './edit.ts';
import { finish } from './finish.ts';
import { read } from './read.ts';
import { run } from './run.ts';
import { search } from './search.ts';
import type { Tool } from './tool.ts';
import { write } from './write.ts';

/** The tools of an attempt, in the order in which every request lists them. */
export const workTools = [read, search, edit, write, run, finish] as const satisfies readonly Tool[];
