/** The one way to ask for the time; tests and backtests hand in their own. */
export interface Clock {
  /** Now, as a Date in UTC. */
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved. */
export interface FixedClock extends Clock {
  /** Moves the clock forward by seconds. */
  advance(seconds: number): void;
  /** Sets the clock to an instant. */
  set(at: Date): void;
}

/** @param at the instant it shows first */
export function fixedClock(at: Date): FixedClock {
  let current = at.getTime();
  return {
    now: () => new Date(current),
    advance: (seconds) => {
      current += seconds * 1000;
    },
    set: (next) => {
      current = next.getTime();
    },
  };
}
