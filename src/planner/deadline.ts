export type Ended<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The time is over. */
  | { readonly kind: 'deadline' }
  /** The caller gave up. */
  | { readonly kind: 'cancelled' };

/**
 * Runs work that must end in time. The work gets a signal; when the time is over or the caller gives up, this
 * returns at once, even if the work ignores its signal. Never throws.
 *
 * @param milliseconds time for all of the work
 * @param outer signal of the caller
 */
export async function withDeadline<T>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Ended<T>> {
  if (outer?.aborted === true) return { kind: 'cancelled' };
  const controller = new AbortController();
  let stop: (ended: Ended<T>) => void = () => undefined;
  const stopped = new Promise<Ended<T>>((resolve) => {
    stop = resolve;
  });
  const onCancel = () => stop({ kind: 'cancelled' });
  outer?.addEventListener('abort', onCancel, { once: true });
  const timer = setTimeout(() => stop({ kind: 'deadline' }), milliseconds);
  try {
    return await Promise.race([stopped, attempt(work, controller.signal)]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', onCancel);
    controller.abort();
  }
}

async function attempt<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<Ended<T>> {
  try {
    return { kind: 'done', value: await work(signal) };
  } catch (error) {
    return { kind: 'failed', error };
  }
}
