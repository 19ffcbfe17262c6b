/**
 * Door of the delivery. In: outbox rows written with the state they announce. Out: conversations that show them, once.
 * It never decides what to say or to whom, and never holds a transaction open while it talks to a platform.
 */

import { randomUUID } from 'node:crypto';
import { type DeliverDeps, type Delivered, deliverMessage } from './deliver-message.ts';

export interface RelayOptions extends DeliverDeps {
  /** Conversations served at once. */
  readonly parallel: number;
  /** Pause between looks at the outbox when there was nothing to do, in milliseconds. */
  readonly idleMs: number;
}

export interface Relay {
  /** Looks at the outbox now; answers do not wait for the next round. */
  kick(): void;
  /** Ends after the messages in hand. */
  stop(): Promise<void>;
  readonly status: () => RelayStatus;
}

export interface RelayStatus {
  readonly delivered: number;
  readonly recognised: number;
  readonly failed: number;
  /** Set while the platform refuses our credentials. */
  readonly stoppedBecause: string | null;
}

/** Serves the outbox until stopped. */
export function startRelay(options: RelayOptions): Relay {
  const stopping = new AbortController();
  let wake: () => void = () => undefined;
  let kicked = false;
  const counts = { delivered: 0, recognised: 0, failed: 0 };
  let stoppedBecause: string | null = null;

  const finished = (async () => {
    while (!stopping.signal.aborted) {
      const took = await relayOnce(options, note).catch((error: unknown) => {
        options.log.error({ error }, 'the outbox could not be read; trying again');
        return 0;
      });
      if (took === 0) await idle();
    }
  })();

  function note(result: Delivered): void {
    if (result.kind === 'left-alone') return;
    if (result.kind === 'failed') counts.failed += 1;
    else counts.delivered += 1;
    if (result.kind === 'recognised') counts.recognised += 1;
    stoppedBecause =
      result.kind === 'failed' && result.outcome.kind === 'stop' ? result.outcome.reason : null;
  }

  function idle(): Promise<void> {
    if (kicked || stopping.signal.aborted) {
      kicked = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, options.idleMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    kick: () => {
      kicked = true;
      wake();
    },
    stop: async () => {
      stopping.abort();
      wake();
      await finished;
    },
    status: () => ({ ...counts, stoppedBecause }),
  };
}

/**
 * One look at the outbox: claims what is due and delivers it, conversations side by side.
 *
 * @returns how many messages were in hand
 */
export async function relayOnce(
  options: RelayOptions,
  note: (result: Delivered) => void = () => undefined,
): Promise<number> {
  const token = randomUUID();
  const claimed = await options.outbox.claimDue(options.parallel, options.leaseSeconds, token);
  await Promise.all(
    claimed.map(async (row) => {
      // One message that cannot be handled must not hold up the others; its lease runs out.
      const result = await deliverMessage(row, token, options).catch((error: unknown): Delivered => {
        options.log.error({ error, outboxId: row.id }, 'a message could not be handled');
        return { kind: 'left-alone' };
      });
      note(result);
    }),
  );
  return claimed.length;
}
