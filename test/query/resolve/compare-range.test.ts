import { describe, expect, it } from 'vitest';
import type { TimeRange } from '../../../src/query/metric-query.ts';
import type { TimeSettings } from '../../../src/query/resolve/calendar-units.ts';
import { compareRange } from '../../../src/query/resolve/compare-range.ts';
import { absoluteRange, resolveRange } from '../../../src/query/resolve/time-range.ts';

const at = (now: string, zone = 'UTC'): TimeSettings => ({ now: new Date(now), zone });
const saturday = at('2026-11-21T10:30:00Z');

function compared(
  range: TimeRange,
  comparison: 'previous_period' | 'same_period_last_year',
  settings: TimeSettings,
  type: 'date' | 'instant',
) {
  const local = resolveRange(range, settings);
  if (!local.ok) throw new Error('the range itself is wrong');
  const other = compareRange(range, local.value, comparison, settings);
  if (!other.ok) return other.issues[0]?.code;
  const { start, end } = absoluteRange(other.value, type, settings);
  return [start, end];
}

describe('the period before', () => {
  it.each<[string, TimeRange, TimeSettings, 'date' | 'instant', [string, string]]>([
    [
      'of this month to date ends after the same elapsed time',
      { kind: 'to_date', unit: 'month' },
      saturday,
      'instant',
      ['2026-10-01T00:00:00.000Z', '2026-10-21T10:30:00.000Z'],
    ],
    [
      'of this whole month ends after the same elapsed time',
      { kind: 'calendar', unit: 'month' },
      saturday,
      'instant',
      ['2026-10-01T00:00:00.000Z', '2026-10-21T10:30:00.000Z'],
    ],
    [
      'of this month to date in plain dates',
      { kind: 'to_date', unit: 'month' },
      saturday,
      'date',
      ['2026-10-01', '2026-10-22'],
    ],
    [
      'of March to date on the 31st ends with February',
      { kind: 'to_date', unit: 'month' },
      at('2026-03-31T10:30:00Z'),
      'instant',
      ['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ],
    [
      'of this quarter to date',
      { kind: 'to_date', unit: 'quarter' },
      saturday,
      'date',
      ['2026-07-01', '2026-08-22'],
    ],
    [
      'of today until now',
      { kind: 'day', offset: 0 },
      saturday,
      'instant',
      ['2026-11-20T00:00:00.000Z', '2026-11-20T10:30:00.000Z'],
    ],
    [
      'of a day on the wall clock across the change',
      { kind: 'day', offset: 0 },
      at('2026-03-29T10:30:00Z', 'Europe/Berlin'),
      'instant',
      ['2026-03-27T23:00:00.000Z', '2026-03-28T11:30:00.000Z'],
    ],
    [
      'of last month is the whole month before',
      { kind: 'relative', unit: 'month', n: 1, completeOnly: true },
      saturday,
      'date',
      ['2026-09-01', '2026-10-01'],
    ],
    [
      'of the last 30 days',
      { kind: 'relative', unit: 'day', n: 30, completeOnly: false },
      saturday,
      'instant',
      ['2026-09-22T10:30:00.000Z', '2026-10-22T10:30:00.000Z'],
    ],
    [
      'of quarter 1 2017',
      { kind: 'calendar', unit: 'quarter', number: 1, year: 2017 },
      saturday,
      'date',
      ['2016-10-01', '2017-01-01'],
    ],
    [
      'of ten named days',
      { kind: 'between', from: '2026-03-01', to: '2026-03-10' },
      saturday,
      'date',
      ['2026-02-19', '2026-03-01'],
    ],
    [
      'of the last 3 hours',
      { kind: 'relative', unit: 'hour', n: 3, completeOnly: false },
      saturday,
      'instant',
      ['2026-11-21T04:30:00.000Z', '2026-11-21T07:30:00.000Z'],
    ],
    [
      'of the last full hour',
      { kind: 'relative', unit: 'hour', n: 1, completeOnly: true },
      saturday,
      'instant',
      ['2026-11-21T08:00:00.000Z', '2026-11-21T09:00:00.000Z'],
    ],
    [
      'of next quarter is this one',
      { kind: 'upcoming', unit: 'quarter', n: 1 },
      saturday,
      'date',
      ['2026-10-01', '2027-01-01'],
    ],
  ])('%s', (_title, range, settings, type, expected) => {
    expect(compared(range, 'previous_period', settings, type)).toEqual(expected);
  });
});

describe('the same period last year', () => {
  it.each<[string, TimeRange, TimeSettings, 'date' | 'instant', [string, string]]>([
    [
      'ends on the same date for the year to date',
      { kind: 'to_date', unit: 'year' },
      saturday,
      'instant',
      ['2025-01-01T00:00:00.000Z', '2025-11-21T10:30:00.000Z'],
    ],
    [
      'ends on 28 February for a leap day',
      { kind: 'to_date', unit: 'year' },
      at('2024-02-29T10:30:00Z'),
      'date',
      ['2023-01-01', '2023-03-01'],
    ],
    [
      'of a leap day is one day',
      { kind: 'between', from: '2024-02-29', to: '2024-02-29' },
      saturday,
      'date',
      ['2023-02-28', '2023-03-01'],
    ],
    [
      'of ISO week 53 begins on a Monday',
      { kind: 'calendar', unit: 'week', number: 53, year: 2020 },
      saturday,
      'date',
      ['2019-12-30', '2020-01-06'],
    ],
    [
      'of this quarter ends after as many days',
      { kind: 'calendar', unit: 'quarter' },
      saturday,
      'date',
      ['2025-10-01', '2025-11-22'],
    ],
    [
      'of a finished quarter is whole',
      { kind: 'calendar', unit: 'quarter', number: 3, year: 2026 },
      saturday,
      'date',
      ['2025-07-01', '2025-10-01'],
    ],
  ])('%s', (_title, range, settings, type, expected) => {
    expect(compared(range, 'same_period_last_year', settings, type)).toEqual(expected);
  });

  it('does not exist for all time', () => {
    expect(compared({ kind: 'all' }, 'same_period_last_year', saturday, 'date')).toBe('nothing-to-compare');
  });
});
