import { setTimeout as delay } from 'node:timers/promises';
import { broken } from './crash-point.ts';
import { lineTail } from './line-tail.ts';
import type { LiveTrees } from './live-trees.ts';
import type { OutputFile } from './output-file.ts';
import type { CommandSpec } from './process.ts';
import type { ProcessTree } from './process-tree.ts';
import { type Exit, nothing } from './start.ts';
import { type EndReason, type Watch, watchCommand } from './watch.ts';

/** How a command ended, and why, if we ended it. */
export interface Ended {
  readonly exit: Exit;
  readonly reason: EndReason | null;
}

export interface Supervised {
  readonly exit: Promise<Exit>;
  readonly tree: ProcessTree;
  readonly stdout: OutputFile;
  readonly stderr: OutputFile;
  readonly live: LiveTrees;
}

/** Between TERM and KILL. */
const graceMs = 2_000;
/** A process in an uninterruptible system call does not die by KILL; we go on without it. */
const unkillableMs = 1_000;

/** Watches a started command until nothing of it is left. Rejects only with what `onLine` threw, after that. */
export async function superviseTree(spec: CommandSpec, command: Supervised): Promise<Ended> {
  const { tree, stdout, stderr, live } = command;
  const lines = spec.onLine === undefined ? null : lineTail(stdout, spec.onLine);
  const watch = watchCommand(spec, [stdout, stderr], () => {
    if (lines?.read() === false) watch.end('listener');
  });
  const ended = endOf(command.exit, tree, watch).finally(watch.stop);
  const entry = { cancel: () => watch.end('cancelled'), kill: tree.kill, ended };
  live.add(entry);
  const result = await ended.finally(() => live.delete(entry));
  // Nobody reads on through a flood; that it was one is in the result.
  if (result.reason !== 'flood') await lines?.finish();
  return result;
}

async function endOf(exit: Promise<Exit>, tree: ProcessTree, watch: Watch): Promise<Ended> {
  const first = await Promise.race([exit, watch.reason]);
  if (__PRD_TEST__ && broken('pipes'))
    return typeof first === 'string' ? { exit: await exit, reason: first } : { exit: first, reason: null };
  if (typeof first !== 'string') {
    await tree.clear();
    // A flood that was over before we looked is a flood all the same.
    return { exit: first, reason: watch.flooding() ? 'flood' : null };
  }
  await tree.end(first === 'flood' ? 0 : graceMs, watch.flooding);
  const last = await Promise.race([exit, delay(unkillableMs, nothing, { ref: false })]);
  return { exit: last, reason: first };
}
