import { quantileOf } from './median.ts';

/** Customers at the beginning of a month and how many of them left in it. */
export interface ChurnMonth {
  /** First day, `2026-03-01`. */
  readonly month: string;
  readonly customers: number;
  readonly lost: number;
}

export interface ChurnRateMonth extends ChurnMonth {
  /** Null without customers. */
  readonly rate: number | null;
  /** Lost over customers of this month and the five before it; null with fewer than six. */
  readonly rolling: number | null;
}

const ROLLING_MONTHS = 6;

/** Monthly churn rate = customers lost in the month / customers at its beginning, with the average of six months. */
export function churnRates(months: readonly ChurnMonth[]): readonly ChurnRateMonth[] {
  return months.map((one, index) => ({
    ...one,
    rate: one.customers === 0 ? null : one.lost / one.customers,
    rolling: index + 1 < ROLLING_MONTHS ? null : pooled(months.slice(index + 1 - ROLLING_MONTHS, index + 1)),
  }));
}

export interface ChurnForecastMonth {
  readonly month: string;
  readonly rate: number;
  readonly lower: number;
  readonly upper: number;
}

export type ChurnForecast =
  | { readonly kind: 'not-enough-history'; readonly months: number; readonly needed: number }
  | {
      readonly kind: 'forecast';
      readonly months: readonly ChurnForecastMonth[];
      /** Factors of the calendar months or quarters' months that were found; null: no season shows. */
      readonly season: Season | null;
      /** Past forecasts that the interval rests on. */
      readonly backtested: number;
    };

export interface Season {
  readonly kind: 'yearly' | 'quarterly';
  /** By place: month of the year from 0, or month of the quarter. */
  readonly factors: readonly number[];
}

/**
 * The rate of the last six months goes on, times the season where one shows. The interval is that of the errors which
 * the same rule made at every past month that had six before it.
 *
 * @param complete months that are over, without gaps, oldest first
 * @param settings how many months ahead, how many it takes, share of the errors that the interval covers
 */
export function forecastChurn(
  complete: readonly ChurnMonth[],
  settings: { readonly months: number; readonly leastMonths: number; readonly coverage: number },
): ChurnForecast {
  const known = complete.slice(complete.findIndex(({ customers }) => customers > 0));
  const hasAny = complete.some(({ customers }) => customers > 0);
  if (!hasAny || known.length < settings.leastMonths)
    return { kind: 'not-enough-history', months: hasAny ? known.length : 0, needed: settings.leastMonths };
  const season = findSeason(known);
  let backtested = Number.POSITIVE_INFINITY;
  const months = Array.from({ length: settings.months }, (_, index) => {
    const ahead = index + 1;
    const errors = pastErrors(known, season, ahead);
    backtested = Math.min(backtested, errors.length);
    const month = addMonths(known.at(-1)!.month, ahead);
    const rate = (pooled(known.slice(-ROLLING_MONTHS)) ?? 0) * factorOf(season, month);
    const tail = (1 - settings.coverage) / 2;
    return {
      month,
      rate,
      lower: Math.max(0, rate + Math.min(0, quantileOf(errors, tail))),
      upper: Math.min(1, rate + Math.max(0, quantileOf(errors, 1 - tail))),
    };
  });
  return { kind: 'forecast', months, season, backtested };
}

function pastErrors(months: readonly ChurnMonth[], season: Season | null, ahead: number): readonly number[] {
  const errors: number[] = [];
  for (let at = ROLLING_MONTHS; at - 1 + ahead < months.length; at += 1) {
    const actual = months[at - 1 + ahead]!;
    if (actual.customers === 0) continue;
    const expected = (pooled(months.slice(at - ROLLING_MONTHS, at)) ?? 0) * factorOf(season, actual.month);
    errors.push(actual.lost / actual.customers - expected);
  }
  return errors;
}

/** Two whole years are the least that a season can be told from chance by. */
const SEASON_MONTHS = 24;
/** Values of chi-square that chance exceeds once in a hundred, by degrees of freedom. */
const LIMITS = { yearly: 24.725, quarterly: 9.21 } as const;

/**
 * A season shows when the customers lost by place (month of the year, or of the quarter) lie further from what the
 * overall rate expects than chance would once in a hundred times (chi-square, 11 or 2 degrees of freedom), with at
 * least five expected in every place.
 */
export function findSeason(months: readonly ChurnMonth[]): Season | null {
  const whole = months.slice(-Math.floor(months.length / 12) * 12);
  if (months.length < SEASON_MONTHS) return null;
  for (const [kind, places] of [
    ['yearly', 12],
    ['quarterly', 3],
  ] as const) {
    const rate = pooled(whole) ?? 0;
    const cells = Array.from({ length: places }, () => ({ lost: 0, expected: 0 }));
    for (const one of whole) {
      const cell = cells[monthIndex(one.month) % places]!;
      cell.lost += one.lost;
      cell.expected += one.customers * rate;
    }
    if (cells.some(({ expected }) => expected < 5)) continue;
    const distance = cells.reduce((sum, { lost, expected }) => sum + (lost - expected) ** 2 / expected, 0);
    if (distance > LIMITS[kind]) return { kind, factors: cells.map(({ lost, expected }) => lost / expected) };
  }
  return null;
}

function factorOf(season: Season | null, month: string): number {
  return season === null ? 1 : season.factors[monthIndex(month) % season.factors.length]!;
}

function monthIndex(month: string): number {
  return Number(month.slice(5, 7)) - 1;
}

/** The first day of the month `count` months later. */
export function addMonths(month: string, count: number): string {
  const at = Number(month.slice(0, 4)) * 12 + monthIndex(month) + count;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;
}

function pooled(months: readonly ChurnMonth[]): number | null {
  const customers = months.reduce((sum, one) => sum + one.customers, 0);
  return customers === 0 ? null : months.reduce((sum, one) => sum + one.lost, 0) / customers;
}
