/** What one or several calls of a model took. */
export interface Spent {
  readonly calls: number;
  /** All that was read, cached tokens included. */
  readonly inputTokens: number;
  /** The part of it that came from the cache. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** How much model each person may use per day. Kept by the caller, so that all processes share one account. */
export interface ModelAllowance {
  /**
   * Sets tokens aside before a model is asked, so that many questions at once cannot pass the cap together.
   *
   * @param personId null: an account that everybody without a person shares
   * @param day `2026-11-21`, in the asker's zone
   * @param expected an upper estimate of one question
   * @returns null when it would pass the cap
   */
  hold(
    personId: string | null,
    day: string,
    expected: Pick<Spent, 'inputTokens' | 'outputTokens'>,
  ): Promise<Held | null>;
}

export interface Held {
  /** Replaces what was set aside by what it really took. */
  settle(spent: Spent): Promise<void>;
}

/** Tokens of a text, estimated from above: models make one of three to four characters of English, fewer of code. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 3);
}

/** The day that it is for somebody: `2026-11-21`. */
export function localDay(now: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now);
}
