import type { LengthUnit, TimeRange, TimeUnit } from '../../../query/metric-query.ts';
import type { Today } from './civil-date.ts';
import { numberWords } from './time-words.ts';

/** What words about time can mean. */
export type TimeMeaning =
  | {
      readonly kind: 'range';
      readonly range: TimeRange;
      /** Named one by one ("July, August, September"): told one by one. */
      readonly grain?: TimeUnit;
    }
  /** 3/4/2017 is one of two days; the reader must say which. */
  | {
      readonly kind: 'either';
      readonly options: readonly { readonly label: string; readonly range: TimeRange }[];
    }
  /** Only means something after "versus", "than" and the like. */
  | {
      readonly kind: 'reference';
      readonly to: 'previous_period' | 'same_period_last_year';
      /** Only beside a range of this unit: "the same point of last quarter". */
      readonly unit?: TimeUnit;
      /** "4 weeks ago": so long before now. */
      readonly ago?: { readonly n: number; readonly unit: TimeUnit };
    }
  /** A comparison that needs no connecting word ("year over year"). */
  | {
      readonly kind: 'comparison';
      readonly to: 'previous_period' | 'same_period_last_year';
      readonly unit?: TimeUnit;
    }
  /** "right now": a state, no range. */
  | { readonly kind: 'now' };

export type TimeGroups = Readonly<Record<string, string | undefined>>;

/** A row of the time grammar. `pattern` sees lower-case words with single spaces between them. */
export interface TimeRule {
  readonly name: string;
  readonly pattern: string;
  read(groups: TimeGroups, today: Today): TimeMeaning | null;
}

export const toRange = (range: TimeRange): TimeMeaning => ({ kind: 'range', range });

export const countPattern = `(?:\\d{1,4}|a couple(?: of)?|${Object.keys(numberWords).join('|')})`;

export function readCount(words: string | undefined): number | null {
  if (words === undefined) return null;
  if (/^an?$/.test(words)) return 1;
  const plain = words.replace(/^a /, '').replace(/ of$/, '');
  return /^\d+$/.test(plain) ? Number(plain) : (numberWords[plain] ?? null);
}

/** A unit that a length of time is told in. */
export function readLength(word: string | undefined): LengthUnit {
  return /^minutes?$/.test(word ?? '') ? 'minute' : readUnit(word);
}

/** A range of `n` units, where there can be so many. */
export function counted(n: string | undefined, build: (n: number) => TimeRange): TimeMeaning | null {
  const count = readCount(n);
  return count === null || count < 1 || count > 1000 ? null : toRange(build(count));
}

export function readUnit(word: string | undefined): TimeUnit {
  const unit = (word ?? 'day').replace(/s$/, '');
  switch (unit) {
    case 'hour':
    case 'day':
    case 'week':
    case 'month':
    case 'quarter':
    case 'year':
      return unit;
    default:
      throw new Error(`not a unit of time: ${unit}`);
  }
}
