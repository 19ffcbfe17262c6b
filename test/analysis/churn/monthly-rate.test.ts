import { describe, expect, it } from 'vitest';
import {
  addMonths,
  type ChurnMonth,
  churnRates,
  findSeason,
  forecastChurn,
} from '../../../src/analysis/churn/monthly-rate.ts';

const settings = { months: 3, leastMonths: 12, coverage: 0.8 };

const monthsOf = (lost: readonly number[], customers = 1000): readonly ChurnMonth[] =>
  lost.map((count, i) => ({ month: addMonths('2023-01-01', i), customers, lost: count }));

describe('the monthly churn rate', () => {
  it('is customers lost over customers at the beginning, with the average of six months (S4-05)', () => {
    const rates = churnRates(monthsOf([10, 20, 30, 10, 20, 30, 70]));
    expect(rates.map(({ rate }) => rate)).toEqual([0.01, 0.02, 0.03, 0.01, 0.02, 0.03, 0.07]);
    expect(rates.map(({ rolling }) => rolling)).toEqual([
      null,
      null,
      null,
      null,
      null,
      120 / 6000,
      180 / 6000,
    ]);
  });

  it('says that there is not enough history instead of a forecast (S4-06)', () => {
    expect(forecastChurn(monthsOf([1, 2, 3]), settings)).toEqual({
      kind: 'not-enough-history',
      months: 3,
      needed: 12,
    });
    expect(forecastChurn([], settings)).toMatchObject({ kind: 'not-enough-history', months: 0 });
  });

  it('forecasts the next months with the interval of past errors (S4-06)', () => {
    const lost = [20, 24, 18, 22, 20, 16, 21, 19, 25, 17, 20, 22, 18, 20];
    const forecast = forecastChurn(monthsOf(lost), settings);
    if (forecast.kind !== 'forecast') throw new Error('expected a forecast');
    const mean = lost.slice(-6).reduce((sum, one) => sum + one, 0) / 6000;
    expect(forecast.season).toBeNull();
    expect(forecast.months.map(({ month }) => month)).toEqual(['2024-03-01', '2024-04-01', '2024-05-01']);
    // The errors of one month ahead, by hand.
    const errors = lost
      .map((count, i) =>
        i < 6 ? null : count / 1000 - lost.slice(i - 6, i).reduce((s, o) => s + o, 0) / 6000,
      )
      .filter((one) => one !== null)
      .sort((a, b) => a - b);
    expect(forecast.backtested).toBe(errors.length - 2);
    expect(forecast.months[0]!.rate).toBeCloseTo(mean, 12);
    expect(forecast.months[0]!.lower).toBeCloseTo(mean + errors[Math.ceil(0.1 * errors.length) - 1]!, 12);
    expect(forecast.months[0]!.upper).toBeCloseTo(mean + errors[Math.ceil(0.9 * errors.length) - 1]!, 12);
  });

  it('shows a season only where it is clear (S4-07)', () => {
    const flat = Array.from({ length: 36 }, (_, i) => 20 + ((i * 7) % 5) - 2);
    expect(findSeason(monthsOf(flat))).toBeNull();
    const december = flat.map((count, i) => (i % 12 === 11 ? count * 3 : count));
    expect(findSeason(monthsOf(december))).toMatchObject({ kind: 'yearly' });
    expect(findSeason(monthsOf(december.slice(0, 20)))).toBeNull();
    const quarterEnds = Array.from({ length: 24 }, (_, i) => (i % 3 === 2 ? 3 : 1));
    expect(findSeason(monthsOf(quarterEnds))?.kind).toBe('quarterly');
    const forecast = forecastChurn(monthsOf(december.slice(0, 35)), settings);
    if (forecast.kind !== 'forecast') throw new Error('expected a forecast');
    expect(forecast.months[0]!.rate).toBeGreaterThan(2 * forecast.months[1]!.rate);
  });
});
