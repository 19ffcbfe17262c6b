import type { DeliveryError } from '../chat/platform.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';

/** What to do with a message after a failed request, with the reason that goes to log and row. */
export type Outcome =
  | {
      readonly kind: 'wait';
      readonly seconds: number;
      readonly countsAsAttempt: boolean;
      readonly reason: string;
    }
  | { readonly kind: 'pause-conversation'; readonly seconds: number; readonly reason: string }
  | { readonly kind: 'unclear'; readonly seconds: number; readonly reason: string }
  | { readonly kind: 'plain-text'; readonly reason: string }
  | { readonly kind: 'post-anew'; readonly reason: string }
  | { readonly kind: 'dead'; readonly reason: string }
  | { readonly kind: 'stop'; readonly seconds: number; readonly reason: string };

export interface FailedRequest {
  /** Requests made before this one. */
  readonly attempts: number;
  readonly wasEdit: boolean;
  readonly plainText: boolean;
}

export interface RetryPolicy {
  /** After an unclear answer, no look-up before the platform must have made the message visible. */
  readonly settleSeconds: number;
  /** Longest pause between attempts. */
  readonly longestWaitSeconds: number;
}

/** A 429 without Retry-After says nothing; Slack's limits recover in about this time. */
const defaultRetryAfterSeconds = 30;

/**
 * Decides what follows a failed request. An edit may be repeated freely (it sets a state), a post may not.
 *
 * @param random in [0, 1), spreads the retries of many messages
 */
export function decideOutcome(
  error: DeliveryError,
  request: FailedRequest,
  policy: RetryPolicy,
  random: number,
): Outcome {
  const reason = error.code;
  switch (error.failure) {
    case 'rate-limited':
      return {
        kind: 'pause-conversation',
        seconds: error.retryAfterSeconds ?? defaultRetryAfterSeconds,
        reason,
      };
    case 'not-sent':
      return {
        kind: 'wait',
        seconds: backOff(request.attempts, policy, random),
        countsAsAttempt: true,
        reason,
      };
    case 'unclear':
      return request.wasEdit
        ? { kind: 'wait', seconds: backOff(request.attempts, policy, random), countsAsAttempt: true, reason }
        : { kind: 'unclear', seconds: policy.settleSeconds, reason };
    case 'message-refused':
      return request.plainText ? { kind: 'dead', reason } : { kind: 'plain-text', reason };
    case 'message-gone':
      return request.wasEdit ? { kind: 'post-anew', reason } : { kind: 'dead', reason };
    case 'target-refused':
      return { kind: 'dead', reason };
    case 'unauthorised':
      return { kind: 'stop', seconds: 60, reason };
    default:
      return exhaustive(error.failure);
  }
}

/** Doubles from one second, half of it at random. */
export function backOff(attempts: number, policy: RetryPolicy, random: number): number {
  return Math.min(policy.longestWaitSeconds, 2 ** Math.min(attempts, 12)) * (0.5 + random / 2);
}
