import { addDays, daysBetween } from '../wording.ts';

/** Won amounts of one day in one currency. */
export interface WonDay {
  readonly day: string;
  readonly amount: number;
  /** Sum of the squares of the amounts: how coarse the day's money is. */
  readonly squares: number;
}

export interface WonSum {
  readonly amount: number;
  readonly squares: number;
}

/** What was won between any two days, up to a day beyond which nothing is known. */
export interface WonHistory {
  /** First day of which results are known. */
  readonly from: string;
  /** First day of which nothing is known. */
  readonly until: string;
  /** From a day, up to but without another; what lies outside the history counts as nothing. */
  readonly between: (start: string, end: string) => WonSum;
}

/**
 * @param days in any order; days before `from` or after the end are left out
 * @param until first day that is not known
 */
export function buildWonHistory(days: readonly WonDay[], from: string, until: string): WonHistory {
  const length = Math.max(0, daysBetween(from, until));
  const amounts = new Float64Array(length + 1);
  const squares = new Float64Array(length + 1);
  for (const one of days) {
    const index = daysBetween(from, one.day);
    if (index < 0 || index >= length) continue;
    amounts[index + 1] = (amounts[index + 1] ?? 0) + one.amount;
    squares[index + 1] = (squares[index + 1] ?? 0) + one.squares;
  }
  for (let index = 1; index <= length; index += 1) {
    amounts[index] = (amounts[index] ?? 0) + (amounts[index - 1] ?? 0);
    squares[index] = (squares[index] ?? 0) + (squares[index - 1] ?? 0);
  }
  const place = (day: string): number => Math.min(length, Math.max(0, daysBetween(from, day)));
  return {
    from,
    until,
    between(start, end) {
      const a = place(start);
      const b = Math.max(a, place(end));
      return {
        amount: (amounts[b] ?? 0) - (amounts[a] ?? 0),
        squares: (squares[b] ?? 0) - (squares[a] ?? 0),
      };
    },
  };
}

/** The same history as it was known on an earlier day. */
export function cutHistory(history: WonHistory, until: string): WonHistory {
  if (until >= history.until) return history;
  const clip = (day: string): string => (day < until ? day : until);
  return {
    from: history.from,
    until,
    between: (start, end) => history.between(clip(start), clip(end)),
  };
}

/** A day that lies as far in a span as another lies in its own; both spans by first day and first day after. */
export function sameShareOf(
  day: string,
  own: { readonly start: string; readonly end: string },
  other: { readonly start: string; readonly end: string },
): string {
  if (day <= own.start) return addDays(other.start, -daysBetween(day, own.start));
  const share = daysBetween(own.start, day) / daysBetween(own.start, own.end);
  return addDays(other.start, Math.round(share * daysBetween(other.start, other.end)));
}
