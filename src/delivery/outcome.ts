import { DeliveryError } from '../chat/platform.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';

/** What to do with a row after a failed attempt, with the reason that goes to log and row. */
export type Outcome =
  | {
      readonly kind: 'wait';
      readonly seconds: number;
      readonly countAttempt: boolean;
      readonly reason: string;
    }
  | { readonly kind: 'pause-conversation'; readonly seconds: number; readonly reason: string }
  | { readonly kind: 'unclear'; readonly seconds: number; readonly reason: string }
  | { readonly kind: 'plain-text'; readonly reason: string }
  | { readonly kind: 'post-anew'; readonly reason: string }
  | { readonly kind: 'dead'; readonly reason: string }
  | { readonly kind: 'stop'; readonly seconds: number; readonly reason: string };

export interface FailedAttempt {
  readonly attempts: number;
  readonly wasUpdate: boolean;
  readonly plainText: boolean;
  /** Whether an unclear post can be looked up afterwards. */
  readonly findsByMarker: boolean;
}

export interface RetryPolicy {
  /** After an unclear answer, no look-up before the platform must have made the message visible. */
  readonly settleSeconds: number;
  /** Longest pause between attempts. */
  readonly longestWaitSeconds: number;
  /** A row that failed so often for no reason of the platform's is a dead letter. */
  readonly mostAttempts: number;
}

/** Slack's text for a 429 without Retry-After is silent; half a minute is what its limits recover in. */
const defaultRetryAfterSeconds = 30;

/**
 * Decides what follows a failure. An update may be repeated freely (it sets a state), a post may not.
 *
 * @param random in [0, 1), spreads retries of many rows
 */
export function decideOutcome(
  error: unknown,
  attempt: FailedAttempt,
  policy: RetryPolicy,
  random: number,
): Outcome {
  if (!(error instanceof DeliveryError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return attempt.attempts + 1 >= policy.mostAttempts
      ? { kind: 'dead', reason: `gave up after ${attempt.attempts + 1} attempts: ${reason}` }
      : { kind: 'wait', seconds: backOff(attempt.attempts, policy, random), countAttempt: true, reason };
  }
  const reason = error.code;
  switch (error.failure) {
    case 'rate-limited':
      return {
        kind: 'pause-conversation',
        seconds: error.retryAfterSeconds ?? defaultRetryAfterSeconds,
        reason,
      };
    case 'not-sent':
      return { kind: 'wait', seconds: backOff(attempt.attempts, policy, random), countAttempt: true, reason };
    case 'unclear':
      return attempt.wasUpdate
        ? { kind: 'wait', seconds: backOff(attempt.attempts, policy, random), countAttempt: true, reason }
        : { kind: 'unclear', seconds: policy.settleSeconds, reason };
    case 'message-refused':
      return attempt.plainText ? { kind: 'dead', reason } : { kind: 'plain-text', reason };
    case 'message-gone':
      return attempt.wasUpdate ? { kind: 'post-anew', reason } : { kind: 'dead', reason };
    case 'target-refused':
      return { kind: 'dead', reason };
    case 'unauthorised':
      return { kind: 'stop', seconds: 60, reason };
    default:
      return exhaustive(error.failure);
  }
}

function backOff(attempts: number, policy: RetryPolicy, random: number): number {
  const full = Math.min(policy.longestWaitSeconds, 2 ** Math.min(attempts, 12));
  return full * (0.5 + random / 2);
}
