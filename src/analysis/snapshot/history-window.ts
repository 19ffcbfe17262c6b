import { Temporal } from 'temporal-polyfill';
import type { HistoryGrain } from '../../domain/snapshot-settings.ts';

/** Half-open, of local days as `YYYY-MM-DD`. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** First local day that each grain is kept from; weeks begin on Monday, so the first of them is whole. */
export function historyStart(
  now: Date,
  zone: string,
  keepDays: Readonly<Record<HistoryGrain, number>>,
): Readonly<Record<HistoryGrain, string>> {
  const today = localDate(now, zone);
  return {
    hour: today.subtract({ days: keepDays.hour }).toString(),
    day: today.subtract({ days: keepDays.day }).toString(),
    week: mondayOf(today.subtract({ days: keepDays.week })).toString(),
  };
}

/** First instants of the local hour, day and week that an instant lies in. */
export function bucketsAt(now: Date, zone: string): Readonly<Record<HistoryGrain, Date>> {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const day = local.toPlainDate();
  const startOf = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime(zone).epochMilliseconds);
  const hour = local.round({ smallestUnit: 'hour', roundingMode: 'floor' });
  return {
    hour: new Date(hour.epochMilliseconds),
    day: startOf(day),
    week: startOf(mondayOf(day)),
  };
}

/** The whole weeks that spans touch: a week's value is counted from all of its days. */
export function wholeWeeks(spans: readonly DaySpan[]): readonly DaySpan[] {
  return joinSpans(
    spans.map(({ from, to }) => {
      const first = Temporal.PlainDate.from(from);
      const last = Temporal.PlainDate.from(to).subtract({ days: 1 });
      return {
        from: mondayOf(first).toString(),
        to: mondayOf(last).add({ days: 7 }).toString(),
      };
    }),
  );
}

function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

/** Days as spans, neighbours joined. */
export function spansOf(days: readonly string[]): readonly DaySpan[] {
  return joinSpans(
    days.map((text) => ({ from: text, to: Temporal.PlainDate.from(text).add({ days: 1 }).toString() })),
  );
}

/** Cuts spans at a first day. */
export function notBefore(spans: readonly DaySpan[], first: string): readonly DaySpan[] {
  return spans.flatMap(({ from, to }) => (to <= first ? [] : [{ from: from < first ? first : from, to }]));
}

/** Spans in order, neighbours and overlaps joined. */
export function joinSpans(spans: readonly DaySpan[]): readonly DaySpan[] {
  const kept: { from: string; to: string }[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = kept.at(-1);
    if (last && span.from <= last.to) last.to = span.to > last.to ? span.to : last.to;
    else kept.push({ ...span });
  }
  return kept;
}

function localDate(at: Date, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
}
