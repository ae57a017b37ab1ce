export interface Places {
  readonly count: number;
  /** Resolves when a place is free, with what gives it back. The urgent go before those who wait longer. */
  readonly enter: (urgent: boolean) => Promise<() => void>;
}

/** Lets at most `count` of those who ask be inside at once. Who is inside must never wait for somebody in line. */
export function atMost(count: number): Places {
  const lines = { urgent: [] as (() => void)[], usual: [] as (() => void)[] };
  let free = count;
  const leave = (): void => {
    const next = lines.urgent.shift() ?? lines.usual.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const inside = () => {
    let isInside = true;
    return () => {
      if (isInside) leave();
      isInside = false;
    };
  };
  const enter = async (urgent: boolean) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => lines[urgent ? 'urgent' : 'usual'].push(go));
    return inside();
  };
  return { count, enter };
}
