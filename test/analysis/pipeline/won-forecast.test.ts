import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthsOf, periodBefore, periodOf } from '../../../src/analysis/pipeline/fiscal-periods.ts';
import { buildForecastRows } from '../../../src/analysis/pipeline/forecast-rows.ts';
import { chooseMethod, forecastPeriod } from '../../../src/analysis/pipeline/won-forecast.ts';
import { buildWonHistory, type WonDay } from '../../../src/analysis/pipeline/won-history.ts';
import { addDays, daysBetween } from '../../../src/analysis/wording.ts';

const settings = { spreadCountsAs: 4, leastHistoryDays: 60 };
const calendar = { fiscalStartMonth: 1 };

/** One deal a day, of an amount that the day decides. */
function daily(from: string, until: string, amountOn: (day: string) => number): WonDay[] {
  return Array.from({ length: daysBetween(from, until) }, (_, index) => {
    const day = addDays(from, index);
    return { day, amount: amountOn(day), squares: amountOn(day) ** 2 };
  });
}

/** The third month of every quarter brings three times as much. */
const quarterEnd = (day: string): number => (Number(day.slice(5, 7)) % 3 === 0 ? 300 : 100);

describe('the forecast of won amounts', () => {
  it('counts fiscal quarters from the first month of the fiscal year', () => {
    const quarter = periodOf('quarter', '2026-01-15', { fiscalStartMonth: 2 });
    expect([quarter.start, quarter.end]).toEqual(['2025-11-01', '2026-02-01']);
    expect(monthsOf(quarter)).toEqual(['2025-11-01', '2025-12-01', '2026-01-01']);
    expect(periodBefore(quarter, 1).start).toBe('2025-08-01');
    expect(periodOf('year', '2026-01-15', { fiscalStartMonth: 4 }).start).toBe('2025-04-01');
  });

  it('expects the quarter to end as the last one did when every quarter is alike', () => {
    const today = '2026-05-10';
    const history = buildWonHistory(
      daily('2025-01-01', '2026-05-11', quarterEnd),
      '2025-01-01',
      '2026-05-11',
    );
    const quarter = periodOf('quarter', today, calendar);
    const method = chooseMethod(history, quarter, settings)!;
    const forecast = forecastPeriod(history, quarter, method, settings)!;
    // 10,000 + 3,100 + 30 days of 300; the year before has the same months, but the usual method is kept.
    expect(method).toBe('same months of last quarter');
    expect(forecast.wonSoFar).toBe(30 * 100 + 10 * 100);
    expect(forecast.expected / 15_100).toBeCloseTo(1, 1);
    expect(forecast.meanError).toBeLessThan(0.05);
    expect(forecast.backtests).toBeGreaterThanOrEqual(3);
  });

  it('takes the year before where quarters of the year differ and that has proven better', () => {
    const summer = (day: string): number => (['07', '08', '09'].includes(day.slice(5, 7)) ? 500 : 100);
    const history = buildWonHistory(daily('2022-01-01', '2026-07-02', summer), '2022-01-01', '2026-07-02');
    const quarter = periodOf('quarter', '2026-07-01', calendar);
    expect(chooseMethod(history, quarter, settings)).toBe('same months a year ago');
    expect(forecastPeriod(history, quarter, 'same months a year ago', settings)!.expected).toBeCloseTo(
      46_000,
      -2,
    );
  });

  it('says nothing with less history than it needs, and a run rate with less than a quarter', () => {
    const foresee = (from: string) => {
      const history = buildWonHistory(
        daily(from, '2026-06-21', () => 100),
        from,
        '2026-06-21',
      );
      return chooseMethod(history, periodOf('quarter', '2026-06-20', calendar), settings);
    };
    expect(foresee('2026-06-01')).toBeNull();
    expect(foresee('2026-04-01')).toBe('run rate');
    expect(foresee('2026-01-01')).toBe('same months of last quarter');
    const request = {
      historyFrom: '2026-06-01',
      wonDays: [{ currency: 'EUR', day: '2026-06-02', amount: 5, squares: 25 }],
      open: [],
      rules: { hazard: null, staleAfterDays: null },
      means: { byProduct: new Map(), whole: new Map() },
      today: '2026-06-20',
      fiscalStartMonth: 1,
      settings,
    };
    for (const row of buildForecastRows(request))
      expect([row.expected, row.low, row.high, row.note]).toEqual([null, null, null, 'not enough history']);
  });

  it('never looks past its day, holds what it expects, and adds months up to quarters', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 500, maxLength: 500 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 300, max: 480 }), (values, at) => {
        const from = '2025-01-01';
        const days = values.map((amount, index) => ({
          day: addDays(from, index),
          amount,
          squares: amount ** 2,
        }));
        const today = addDays(from, at);
        const rowsOf = (known: readonly WonDay[]) =>
          buildForecastRows({
            historyFrom: from,
            wonDays: known.map((one) => ({ ...one, currency: 'USD' })),
            open: [],
            rules: { hazard: null, staleAfterDays: null },
            means: { byProduct: new Map(), whole: new Map() },
            today,
            fiscalStartMonth: 1,
            settings,
          });
        const rows = rowsOf(days);
        expect(rows).toEqual(rowsOf(days.slice(0, at + 1)));
        for (const row of rows.filter(({ expected }) => expected !== null)) {
          expect(row.low!).toBeLessThanOrEqual(row.expected! + 0.01);
          expect(row.high!).toBeGreaterThanOrEqual(row.expected! - 0.01);
          expect(row.low!).toBeGreaterThanOrEqual(row.wonSoFar - 0.01);
        }
        for (const quarter of rows.filter(({ kind }) => kind === 'quarter')) {
          const months = rows.filter(
            ({ kind, startsOn }) =>
              kind === 'month' && startsOn >= quarter.startsOn && startsOn <= quarter.endsOn,
          );
          const sum = months.reduce((total, month) => total + month.expected!, 0);
          expect(Math.abs(sum - quarter.expected!)).toBeLessThan(0.05);
        }
      }),
      { numRuns: 60 },
    );
  });
});
