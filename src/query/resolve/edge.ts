import type { Temporal } from 'temporal-polyfill';

/** One end of a range: the beginning of a day, or an exact time in the asker's zone. */
export type Edge =
  | { readonly kind: 'day'; readonly day: Temporal.PlainDate }
  | {
      readonly kind: 'exact';
      readonly at: Temporal.ZonedDateTime;
      /** Start of a whole number of days: the first that counts where only days are known or compared. */
      readonly firstDay?: Temporal.PlainDate;
      /** End of a whole number of days: the first that no longer counts there. */
      readonly dayAfter?: Temporal.PlainDate;
    };

/** Half-open: from `start` up to but not including `end`; null = without end on that side. */
export interface LocalRange {
  readonly start: Edge | null;
  readonly end: Edge | null;
  /** The range was told to the minute, and begins with a whole day because it is split. */
  readonly isFromWholeDay?: boolean;
}

/** Day that a start lies in. */
export function firstDay(edge: Edge): Temporal.PlainDate {
  return edge.kind === 'day' ? edge.day : (edge.firstDay ?? edge.at.toPlainDate());
}

/** First day after an end: "until now" includes today. */
export function dayAfter(edge: Edge): Temporal.PlainDate {
  return edge.kind === 'day' ? edge.day : (edge.dayAfter ?? edge.at.toPlainDate().add({ days: 1 }));
}

export function dayEdge(day: Temporal.PlainDate): Edge {
  return { kind: 'day', day };
}

export function exact(at: Temporal.ZonedDateTime): Edge {
  return { kind: 'exact', at };
}
