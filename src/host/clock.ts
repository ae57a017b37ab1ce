/** The two clocks. Tests pass their own; nothing else asks the machine for the time. */
export interface Clock {
  /** Wall clock: display and file names only, it may jump. */
  now(): Date;
  /** Monotonic milliseconds from an arbitrary origin: every duration and every deadline. */
  mono(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  mono: () => performance.now(),
};
