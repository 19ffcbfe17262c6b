import type { LengthUnit } from '../../../query/metric-query.ts';

const day = 86_400;

/** Seconds per unit of time; a month has 30 days here, a quarter 90 and a year 365. */
export const secondsPer: Readonly<Record<LengthUnit, number>> = {
  minute: 60,
  hour: 3600,
  day,
  week: 7 * day,
  month: 30 * day,
  quarter: 90 * day,
  year: 365 * day,
};
