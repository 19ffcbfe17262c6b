import type { Channel } from './conversations-course.ts';
import type { Random } from './random.ts';

/** What became of a message on its way to the customer. Instants are epoch milliseconds. */
export interface Delivery {
  readonly status: 'queued' | 'sent' | 'delivered' | 'read' | 'failed';
  readonly deliveredAt: number | null;
  readonly readAt: number | null;
  readonly reason: string | null;
}

interface Carrier {
  readonly failed: number;
  readonly reasons: readonly (readonly [string, number])[];
  /** Median seconds until it is there. */
  readonly transit: number;
  /** Share of the delivered that are read, where the channel tells; median seconds until then. */
  readonly read: number;
  readonly readAfter: number;
}

const carriers: Readonly<Record<Channel, Carrier>> = {
  WhatsApp: {
    failed: 0.018,
    reasons: [
      ['number is not on WhatsApp', 4],
      ['recipient opted out', 3],
      ['message expired', 2],
      ['template was rejected', 1],
    ],
    transit: 3,
    read: 0.88,
    readAfter: 70,
  },
  'Web chat': { failed: 0.002, reasons: [['window was closed', 1]], transit: 1, read: 0.95, readAfter: 8 },
  'Slack Connect': {
    failed: 0.001,
    reasons: [['channel is archived', 1]],
    transit: 1,
    read: 0,
    readAfter: 0,
  },
  'E-mail': {
    failed: 0.008,
    reasons: [
      ['mailbox is full', 3],
      ['address does not exist', 4],
    ],
    transit: 20,
    read: 0,
    readAfter: 0,
  },
};

/** Share of WhatsApp messages that fail on the planted day, all for the same reason. */
export const outage = { share: 0.45, reason: 'provider unavailable' } as const;

/**
 * @param isBad on the planted day
 * @param end of the world: what would happen later has not happened yet
 */
export function deliver(random: Random, channel: Channel, at: number, isBad: boolean, end: number): Delivery {
  const carrier = carriers[channel];
  const none = { deliveredAt: null, readAt: null, reason: null };
  const isOut = isBad && channel === 'WhatsApp' && random.chance(outage.share);
  if (isOut) return { ...none, status: 'failed', reason: outage.reason };
  if (random.chance(carrier.failed))
    return { ...none, status: 'failed', reason: random.weighted(carrier.reasons) };
  const later = (from: number, median: number): number =>
    from + Math.max(1, Math.round(random.logNormal(median, 0.8))) * 1000;
  const deliveredAt = later(at, carrier.transit);
  const readAt = random.chance(carrier.read) ? later(deliveredAt, carrier.readAfter) : null;
  if (end - at < 2_000) return { ...none, status: 'queued' };
  if (deliveredAt >= end) return { ...none, status: 'sent' };
  if (readAt === null || readAt >= end) return { ...none, status: 'delivered', deliveredAt };
  return { status: 'read', deliveredAt, readAt, reason: null };
}

/** A number or address as a messaging provider shows it: `+49 ••• ••07`, `a•••@example.com`. */
export function maskRecipient(address: string): string {
  const at = address.indexOf('@');
  if (at > 0) return `${address.slice(0, 1)}•••${address.slice(at)}`;
  const digits = address.replace(/\D/g, '');
  return `${address.split(' ')[0] ?? ''} ••• ••${digits.slice(-2)}`;
}
