/** Runs at most so many tasks at a time; the rest wait in order. */
export interface RenderSlots {
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** @param count tasks that may run together */
export function renderSlots(count: number): RenderSlots {
  let free = count;
  const waiting: (() => void)[] = [];
  const enter = (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    run: async (task) => {
      await enter();
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
