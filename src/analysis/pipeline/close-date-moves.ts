import { groupBy } from '../group-by.ts';

/** What a stage event says about a deal's close date. */
export interface CloseDateEvent {
  readonly opportunityId: string;
  readonly closeDate: string | null;
  readonly prevCloseDate: string | null;
  readonly at: Date;
}

/** A close date that was changed. */
export interface CloseDateMove {
  readonly opportunityId: string;
  readonly from: string;
  readonly to: string;
  readonly at: Date;
}

/**
 * Changes of close dates, in order of time within a deal. Histories that only note the new date (as Salesforce
 * exports without `PrevCloseDate`) are read by comparing an entry with the one before it.
 */
export function readCloseDateMoves(events: readonly CloseDateEvent[]): readonly CloseDateMove[] {
  const moves: CloseDateMove[] = [];
  for (const [opportunityId, own] of groupBy(events, (event) => event.opportunityId)) {
    let known: string | null = null;
    for (const { closeDate, prevCloseDate, at } of own.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
      const from: string | null = prevCloseDate ?? known;
      if (from !== null && closeDate !== null && from !== closeDate) {
        moves.push({ opportunityId, from, to: closeDate, at });
      }
      known = closeDate ?? known;
    }
  }
  return moves;
}

/** `2026-Q1`; calendar quarters. */
export function quarterOf(day: string): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}
