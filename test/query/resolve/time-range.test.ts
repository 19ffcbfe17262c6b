import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimeRange } from '../../../src/query/metric-query.ts';
import type { TimeSettings } from '../../../src/query/resolve/calendar-units.ts';
import { absoluteRange, resolveRange } from '../../../src/query/resolve/time-range.ts';

const at = (now: string, zone = 'UTC', more: Partial<TimeSettings> = {}): TimeSettings => ({
  now: new Date(now),
  zone,
  ...more,
});

function resolved(range: TimeRange, settings: TimeSettings, type: 'date' | 'instant') {
  const local = resolveRange(range, settings);
  if (!local.ok) return local.issues.map(({ code }) => code).join();
  const { start, end } = absoluteRange(local.value, type, settings);
  return [start, end];
}

const saturday = at('2026-11-21T10:30:00Z');

describe('time ranges as dates', () => {
  it.each<[string, TimeRange, TimeSettings, [string | null, string | null]]>([
    [
      'quarter 3 of 2017',
      { kind: 'calendar', unit: 'quarter', number: 3, year: 2017 },
      saturday,
      ['2017-07-01', '2017-10-01'],
    ],
    [
      'the newest third quarter that has begun',
      { kind: 'calendar', unit: 'quarter', number: 3 },
      saturday,
      ['2026-07-01', '2026-10-01'],
    ],
    [
      'in February the newest third quarter is last year’s',
      { kind: 'calendar', unit: 'quarter', number: 3 },
      at('2026-02-01T00:00:00Z'),
      ['2025-07-01', '2025-10-01'],
    ],
    [
      'March 2016',
      { kind: 'calendar', unit: 'month', number: 3, year: 2016 },
      saturday,
      ['2016-03-01', '2016-04-01'],
    ],
    [
      'December without a year, asked in November',
      { kind: 'calendar', unit: 'month', number: 12 },
      saturday,
      ['2025-12-01', '2026-01-01'],
    ],
    ['the year 2017', { kind: 'calendar', unit: 'year', year: 2017 }, saturday, ['2017-01-01', '2018-01-01']],
    ['this whole quarter', { kind: 'calendar', unit: 'quarter' }, saturday, ['2026-10-01', '2027-01-01']],
    [
      'the second half of 2024',
      { kind: 'calendar', unit: 'half', number: 2, year: 2024 },
      saturday,
      ['2024-07-01', '2025-01-01'],
    ],
    [
      'ISO week 1 of 2026 begins in December',
      { kind: 'calendar', unit: 'week', number: 1, year: 2026 },
      saturday,
      ['2025-12-29', '2026-01-05'],
    ],
    [
      'ISO week 53 of 2020',
      { kind: 'calendar', unit: 'week', number: 53, year: 2020 },
      saturday,
      ['2020-12-28', '2021-01-04'],
    ],
    [
      'the newest week 53 is years back',
      { kind: 'calendar', unit: 'week', number: 53 },
      at('2026-06-01T00:00:00Z'),
      ['2020-12-28', '2021-01-04'],
    ],
    [
      'February of a leap year',
      { kind: 'calendar', unit: 'month', number: 2, year: 2024 },
      saturday,
      ['2024-02-01', '2024-03-01'],
    ],
    [
      'this month to date includes today',
      { kind: 'to_date', unit: 'month' },
      saturday,
      ['2026-11-01', '2026-11-22'],
    ],
    ['this week starts on Monday', { kind: 'to_date', unit: 'week' }, saturday, ['2026-11-16', '2026-11-22']],
    [
      'this week, asked on a Monday',
      { kind: 'to_date', unit: 'week' },
      at('2026-11-16T00:00:00Z'),
      ['2026-11-16', '2026-11-17'],
    ],
    [
      'last month',
      { kind: 'relative', unit: 'month', n: 1, completeOnly: true },
      saturday,
      ['2026-10-01', '2026-11-01'],
    ],
    [
      'last month, asked on 31 March',
      { kind: 'relative', unit: 'month', n: 1, completeOnly: true },
      at('2026-03-31T12:00:00Z'),
      ['2026-02-01', '2026-03-01'],
    ],
    [
      'last quarter at the turn of the year',
      { kind: 'relative', unit: 'quarter', n: 1, completeOnly: true },
      at('2026-01-01T00:00:00Z'),
      ['2025-10-01', '2026-01-01'],
    ],
    [
      'last week, asked on a Sunday',
      { kind: 'relative', unit: 'week', n: 1, completeOnly: true },
      at('2026-11-22T23:59:59Z'),
      ['2026-11-09', '2026-11-16'],
    ],
    [
      'the last 7 days are today and six before',
      { kind: 'relative', unit: 'day', n: 7, completeOnly: false },
      saturday,
      ['2026-11-15', '2026-11-22'],
    ],
    [
      'the last 12 months',
      { kind: 'relative', unit: 'month', n: 12, completeOnly: false },
      saturday,
      ['2025-11-22', '2026-11-22'],
    ],
    [
      'the last month on a leap day',
      { kind: 'relative', unit: 'year', n: 1, completeOnly: false },
      at('2024-02-29T08:00:00Z'),
      ['2023-03-01', '2024-03-01'],
    ],
    [
      'yesterday on 1 January',
      { kind: 'day', offset: -1 },
      at('2026-01-01T00:30:00Z'),
      ['2025-12-31', '2026-01-01'],
    ],
    [
      'tomorrow on 28 February of a leap year',
      { kind: 'day', offset: 1 },
      at('2024-02-28T12:00:00Z'),
      ['2024-02-29', '2024-03-01'],
    ],
    ['next quarter', { kind: 'upcoming', unit: 'quarter', n: 1 }, saturday, ['2027-01-01', '2027-04-01']],
    [
      'the next two months',
      { kind: 'upcoming', unit: 'month', n: 2 },
      saturday,
      ['2026-12-01', '2027-02-01'],
    ],
    [
      'from one day through another',
      { kind: 'between', from: '2026-01-05', to: '2026-01-05' },
      saturday,
      ['2026-01-05', '2026-01-06'],
    ],
    ['since a day', { kind: 'between', from: '2026-11-01' }, saturday, ['2026-11-01', '2026-11-22']],
    ['until a day', { kind: 'between', to: '2026-02-28' }, saturday, [null, '2026-03-01']],
    ['all time', { kind: 'all' }, saturday, [null, null]],
    [
      'fiscal Q1 2027 of a year that starts in February',
      { kind: 'calendar', unit: 'quarter', number: 1, year: 2027 },
      at('2026-11-21T10:30:00Z', 'UTC', { fiscalStartMonth: 2 }),
      ['2026-02-01', '2026-05-01'],
    ],
    [
      'fiscal year named by its start',
      { kind: 'calendar', unit: 'year', year: 2026 },
      at('2026-11-21T10:30:00Z', 'UTC', { fiscalStartMonth: 4, fiscalYearNamedBy: 'start' }),
      ['2026-04-01', '2027-04-01'],
    ],
    [
      'this fiscal quarter to date',
      { kind: 'to_date', unit: 'quarter' },
      at('2026-11-21T10:30:00Z', 'UTC', { fiscalStartMonth: 2 }),
      ['2026-11-01', '2026-11-22'],
    ],
    [
      'months do not care for the fiscal year',
      { kind: 'calendar', unit: 'month', number: 1, year: 2027 },
      at('2027-11-21T10:30:00Z', 'UTC', { fiscalStartMonth: 2 }),
      ['2027-01-01', '2027-02-01'],
    ],
    [
      'today is tomorrow in Auckland',
      { kind: 'day', offset: 0 },
      at('2026-11-21T11:30:00Z', 'Pacific/Auckland'),
      ['2026-11-22', '2026-11-23'],
    ],
    [
      'today is yesterday in Honolulu',
      { kind: 'day', offset: 0 },
      at('2026-11-21T09:30:00Z', 'Pacific/Honolulu'),
      ['2026-11-20', '2026-11-21'],
    ],
  ])('reads %s', (_title, range, settings, expected) => {
    expect(resolved(range, settings, 'date')).toEqual(expected);
  });
});

describe('time ranges as instants', () => {
  it.each<[string, TimeRange, TimeSettings, [string | null, string | null]]>([
    [
      'a day in Berlin summer',
      { kind: 'between', from: '2026-07-01', to: '2026-07-01' },
      at('2026-11-21T10:30:00Z', 'Europe/Berlin'),
      ['2026-06-30T22:00:00.000Z', '2026-07-01T22:00:00.000Z'],
    ],
    [
      'the 23-hour day of Berlin',
      { kind: 'between', from: '2026-03-29', to: '2026-03-29' },
      at('2026-11-21T10:30:00Z', 'Europe/Berlin'),
      ['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ],
    [
      'the 25-hour day of Berlin',
      { kind: 'between', from: '2026-10-25', to: '2026-10-25' },
      at('2026-11-21T10:30:00Z', 'Europe/Berlin'),
      ['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ],
    [
      'a month across the change in New York',
      { kind: 'calendar', unit: 'month', number: 3, year: 2026 },
      at('2026-11-21T10:30:00Z', 'America/New_York'),
      ['2026-03-01T05:00:00.000Z', '2026-04-01T04:00:00.000Z'],
    ],
    [
      'a day without midnight in São Paulo',
      { kind: 'between', from: '2018-11-04', to: '2018-11-04' },
      at('2026-11-21T10:30:00Z', 'America/Sao_Paulo'),
      ['2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'],
    ],
    [
      'half-hour zones',
      { kind: 'day', offset: 0 },
      at('2026-11-21T18:45:00Z', 'Asia/Kolkata'),
      ['2026-11-21T18:30:00.000Z', '2026-11-22T18:30:00.000Z'],
    ],
    [
      'until now ends at this very moment',
      { kind: 'to_date', unit: 'day' },
      at('2026-11-21T10:30:00Z', 'Europe/Berlin'),
      ['2026-11-20T23:00:00.000Z', '2026-11-21T10:30:00.000Z'],
    ],
    [
      'the last 3 hours',
      { kind: 'relative', unit: 'hour', n: 3, completeOnly: false },
      saturday,
      ['2026-11-21T07:30:00.000Z', '2026-11-21T10:30:00.000Z'],
    ],
    [
      'the last 3 full hours',
      { kind: 'relative', unit: 'hour', n: 3, completeOnly: true },
      saturday,
      ['2026-11-21T07:00:00.000Z', '2026-11-21T10:00:00.000Z'],
    ],
    [
      'this hour in Nepal starts at a quarter to',
      { kind: 'to_date', unit: 'hour' },
      at('2026-11-21T10:30:00Z', 'Asia/Kathmandu'),
      ['2026-11-21T10:15:00.000Z', '2026-11-21T10:30:00.000Z'],
    ],
    [
      'the next hour',
      { kind: 'upcoming', unit: 'hour', n: 1 },
      saturday,
      ['2026-11-21T11:00:00.000Z', '2026-11-21T12:00:00.000Z'],
    ],
  ])('reads %s', (_title, range, settings, expected) => {
    expect(resolved(range, settings, 'instant')).toEqual(expected);
  });
});

describe('ranges that do not exist', () => {
  it.each<[string, TimeRange, string]>([
    ['quarter 5', { kind: 'calendar', unit: 'quarter', number: 5 }, 'no-such-period'],
    ['month 13', { kind: 'calendar', unit: 'month', number: 13, year: 2020 }, 'no-such-period'],
    [
      'week 53 of a year with 52',
      { kind: 'calendar', unit: 'week', number: 53, year: 2024 },
      'no-such-period',
    ],
    ['30 February', { kind: 'between', from: '2026-02-30' }, 'no-such-day'],
    [
      'a range that runs backwards',
      { kind: 'between', from: '2026-03-02', to: '2026-03-01' },
      'range-backwards',
    ],
    [
      'a quarter of 2017 without its number',
      { kind: 'calendar', unit: 'quarter', year: 2017 },
      'which-period',
    ],
  ])('says so for %s', (_title, range, code) => {
    expect(resolved(range, saturday, 'date')).toBe(code);
  });
});

describe('ranges in words', () => {
  it.each<[TimeRange, 'date' | 'instant', TimeSettings, string]>([
    [
      { kind: 'calendar', unit: 'quarter', number: 3, year: 2017 },
      'date',
      saturday,
      '1 July 2017 up to and including 30 September 2017, UTC',
    ],
    [
      { kind: 'calendar', unit: 'quarter', number: 3, year: 2017 },
      'instant',
      saturday,
      '1 July 2017 up to and including 30 September 2017, UTC',
    ],
    [
      { kind: 'day', offset: 0 },
      'instant',
      at('2026-11-21T23:30:00Z', 'Europe/Berlin'),
      '22 November 2026, Europe/Berlin',
    ],
    [
      { kind: 'to_date', unit: 'month' },
      'instant',
      at('2026-11-21T10:30:00Z', 'Europe/Berlin'),
      '1 November 2026 until now (21 November 2026, 11:30), Europe/Berlin',
    ],
    [
      { kind: 'to_date', unit: 'month' },
      'date',
      saturday,
      '1 November 2026 up to and including 21 November 2026, UTC',
    ],
    [{ kind: 'to_date', unit: 'day' }, 'date', saturday, '21 November 2026, UTC'],
    [
      { kind: 'between', to: '2026-02-28' },
      'date',
      saturday,
      'everything up to and including 28 February 2026, UTC',
    ],
    [{ kind: 'all' }, 'date', saturday, 'all time'],
  ])('writes %j as %s of %j', (range, type, settings, words) => {
    const local = resolveRange(range, settings);
    expect(local.ok && absoluteRange(local.value, type, settings).words).toBe(words);
  });
});

describe('properties of ranges', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  ];
  const ranges: fc.Arbitrary<TimeRange> = fc.oneof(
    fc.record({
      kind: fc.constant('to_date' as const),
      unit: fc.constantFrom('hour', 'day', 'week', 'month', 'quarter', 'year'),
    }),
    fc.record({
      kind: fc.constant('relative' as const),
      unit: fc.constantFrom('hour', 'day', 'week', 'month', 'quarter', 'year'),
      n: fc.integer({ min: 1, max: 40 }),
      completeOnly: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('day' as const), offset: fc.integer({ min: -400, max: 0 }) }),
    fc.record({
      kind: fc.constant('calendar' as const),
      unit: fc.constantFrom('month', 'quarter', 'year', 'week', 'half'),
    }),
  );
  const moments = fc.date({ min: new Date('1995-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });

  it('never end before they start, and start by now', () => {
    fc.assert(
      fc.property(ranges, moments, fc.constantFrom(...zones), (range, now, zone) => {
        const local = resolveRange(range, { now, zone });
        if (!local.ok) return false;
        const { start, end } = absoluteRange(local.value, 'instant', { now, zone });
        return start !== null && end !== null && start <= end && new Date(start) <= now;
      }),
      { numRuns: 300 },
    );
  });

  it('meets the complete units before the current one without gap or overlap', () => {
    fc.assert(
      fc.property(
        moments,
        fc.constantFrom(...zones),
        fc.constantFrom('day', 'week', 'month', 'quarter', 'year'),
        (now, zone, unit) => {
          const settings = { now, zone };
          const complete = resolveRange(
            { kind: 'relative', unit: unit as 'day', n: 1, completeOnly: true },
            settings,
          );
          const current = resolveRange({ kind: 'to_date', unit: unit as 'day' }, settings);
          if (!complete.ok || !current.ok) return false;
          return (
            absoluteRange(complete.value, 'instant', settings).end ===
            absoluteRange(current.value, 'instant', settings).start
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('any range, anywhere, at any moment', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Pacific/Auckland',
    'America/St_Johns',
  ];
  const someTime = fc
    .integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2029, 0, 1) / 60_000 })
    .map((minutes) => new Date(minutes * 60_000));
  const length = fc.constantFrom(
    'minute' as const,
    'hour' as const,
    'day' as const,
    'week' as const,
    'month' as const,
  );
  const n = fc.integer({ min: 1, max: 40 });
  const range = fc.oneof<fc.Arbitrary<TimeRange>[]>(
    fc.record({ kind: fc.constant('relative' as const), unit: length, n, completeOnly: fc.boolean() }),
    fc.record({ kind: fc.constant('ahead' as const), unit: length, n }),
    fc.record({ kind: fc.constant('day' as const), offset: fc.integer({ min: -400, max: 400 }) }),
    fc.record({
      kind: fc.constant('to_date' as const),
      unit: fc.constantFrom('day' as const, 'week' as const, 'year' as const),
    }),
    fc.record({
      kind: fc.constant('upcoming' as const),
      unit: fc.constantFrom('day' as const, 'month' as const),
      n,
    }),
  );

  it('ends after it begins, and where it ends the next one of its length begins', () => {
    fc.assert(
      fc.property(range, someTime, fc.constantFrom(...zones), (one, now, zone) => {
        const settings = { now, zone };
        for (const type of ['instant', 'date'] as const) {
          const [start, end] = resolved(one, settings, type);
          // A unit that has just begun is empty so far.
          const isNew = one.kind === 'to_date' && start === now.toISOString();
          expect(String(start) < String(end) || isNew, JSON.stringify([one, now, zone, start, end])).toBe(
            true,
          );
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('begins at the same time by the clock on the wall that many days ago, also across a change of it', () => {
    fc.assert(
      fc.property(n, someTime, fc.constantFrom(...zones), (days, now, zone) => {
        const [start] = resolved(
          { kind: 'relative', unit: 'day', n: days, completeOnly: false },
          { now, zone },
          'instant',
        );
        const clock = (at: Date): string =>
          at.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
        const passed = now.getTime() - Date.parse(String(start));
        // An hour that the clocks skip does not exist; then it is the one after.
        const isSkipped = clock(new Date(String(start))) !== clock(now);
        expect(Math.abs(passed - days * 86_400_000)).toBeLessThanOrEqual(3_600_000);
        // Whole days by the hour where now is on the other side of the next change, less what was skipped where it is not.
        if (isSkipped) expect([0, 1_800_000, 3_600_000]).toContain(days * 86_400_000 - passed);
      }),
      { numRuns: 2000 },
    );
  });
});
