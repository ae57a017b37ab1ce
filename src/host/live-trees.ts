/** Something that runs now and must not outlive `prd`. */
interface LiveTree {
  /** Asks for a clean end; `ended` resolves after it. Harmless when called twice. */
  cancel(): void;
  /** KILL, synchronously. */
  kill(): void;
  readonly ended: Promise<unknown>;
}

export interface LiveTrees {
  add(tree: LiveTree): void;
  delete(tree: LiveTree): void;
  /** Cancels all and waits until the last has ended. */
  endAll(): Promise<void>;
}

const fatalSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The registry of live trees. Detached children do not hear the terminal's Ctrl-C and survive our exit, so while one
 * lives, our end is theirs. Nothing is installed while none lives.
 */
export function openLiveTrees(): LiveTrees {
  const live = new Set<LiveTree>();
  const killAll = () => {
    for (const tree of live) tree.kill();
  };
  const onSignal = (name: NodeJS.Signals) => {
    // Somebody else listens too: they decide what the signal means, and call endAll or exit.
    if (process.listenerCount(name) > 1) return;
    killAll();
    unhook();
    process.kill(process.pid, name);
  };
  const unhook = () => {
    process.off('exit', killAll);
    for (const name of fatalSignals) process.off(name, onSignal);
  };
  const hook = () => {
    process.on('exit', killAll);
    for (const name of fatalSignals) process.on(name, onSignal);
  };
  return {
    add: (tree) => {
      if (live.size === 0) hook();
      live.add(tree);
    },
    delete: (tree) => {
      if (live.delete(tree) && live.size === 0) unhook();
    },
    endAll: async () => {
      const trees = [...live];
      for (const tree of trees) tree.cancel();
      await Promise.all(trees.map((tree) => tree.ended));
    },
  };
}
