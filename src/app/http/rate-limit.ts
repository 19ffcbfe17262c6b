export interface RateLimit {
  /** @returns 0: go on; else seconds to wait, at least 1 */
  take(name: string, nowMs: number): number;
}

/** A token bucket per name: `burst` at once, then `perSecond`. Names come from the configuration, so they are few. */
export function createRateLimit({ perSecond, burst }: { perSecond: number; burst: number }): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(name, nowMs) {
      const bucket = buckets.get(name) ?? { left: burst, at: nowMs };
      const earned = (Math.max(0, nowMs - bucket.at) / 1000) * perSecond;
      const left = Math.min(burst, bucket.left + earned);
      const isFree = left >= 1;
      buckets.set(name, { left: isFree ? left - 1 : left, at: nowMs });
      return isFree ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond));
    },
  };
}
