const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** Whole hours in which tickets are opened, epoch milliseconds; `end` is the hour after the last one. */
export interface TicketPeriod {
  readonly start: number;
  readonly end: number;
}

export function ticketPeriod(asOf: Date, days: number): TicketPeriod {
  const end = Math.floor(asOf.getTime() / hourMs) * hourMs;
  return { start: end - days * dayMs, end };
}

/** Share of tickets by category, the same at every hour. */
export const categoryShares: Readonly<Record<string, number>> = {
  Performance: 0.26,
  Connectivity: 0.18,
  Replication: 0.12,
  Backup: 0.12,
  Billing: 0.09,
  Access: 0.11,
  'How-to': 0.12,
};
