import type { Clock } from '../../toolkit/clock.ts';
import type { Pacing } from './options.ts';
import { RateLimitedError } from './slack-error.ts';

/** Slack's special limit for posting: about one message a second in a channel, short bursts allowed. */
export interface ChannelPacing {
  /** Takes one message's worth; throws `RateLimitedError` when the channel had too many. */
  take(channelId: string): void;
  set(pacing: Pacing | 'off'): void;
}

/** A token bucket per channel. */
export function createChannelPacing(clock: Clock, initial: Pacing | 'off'): ChannelPacing {
  let pacing = initial;
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(channelId) {
      if (pacing === 'off') return;
      const now = clock.now().getTime();
      const bucket = buckets.get(channelId) ?? { tokens: pacing.burst, at: now };
      const gained = ((now - bucket.at) / 1000) * pacing.messagesPerSecond;
      bucket.tokens = Math.min(pacing.burst, bucket.tokens + Math.max(0, gained));
      bucket.at = now;
      buckets.set(channelId, bucket);
      if (bucket.tokens < 1)
        throw new RateLimitedError(Math.max(1, Math.ceil((1 - bucket.tokens) / pacing.messagesPerSecond)));
      bucket.tokens -= 1;
    },
    set(next) {
      pacing = next;
      buckets.clear();
    },
  };
}
