import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newReading } from '../../../src/planner/rules/reading.ts';
import { readTimeSlot } from '../../../src/planner/rules/slots/time-slot.ts';
import { tidy, tokenise } from '../../../src/planner/rules/token.ts';
import { type TimeRange, timeRangeSchema } from '../../../src/query/metric-query.ts';

/** Saturday 21 November 2026. */
const today = { year: 2026, month: 11, day: 21 };

function read(words: string) {
  const text = tidy(`tickets ${words}`);
  const reading = newReading(text, tokenise(text));
  const slot = readTimeSlot(reading, today);
  const left = reading.tokens
    .filter((token) => token.index > 0 && reading.isFree(token.index))
    .map((token) => token.lower);
  return { ...slot, left };
}

const relative = (n: number, unit: string, completeOnly: boolean) => ({
  kind: 'relative',
  unit,
  n,
  completeOnly,
});
const calendar = (unit: string, number?: number, year?: number) => ({
  kind: 'calendar',
  unit,
  ...(number === undefined ? {} : { number }),
  ...(year === undefined ? {} : { year }),
});
const between = (from?: string, to?: string) => ({
  kind: 'between',
  ...(from ? { from } : {}),
  ...(to ? { to } : {}),
});

describe('words about time', () => {
  it.each([
    ['today', { kind: 'to_date', unit: 'day' }],
    ['yesterday', { kind: 'day', offset: -1 }],
    ['the day before yesterday', { kind: 'day', offset: -2 }],
    ['tomorrow', { kind: 'day', offset: 1 }],
    ['3 days ago', { kind: 'day', offset: -3 }],
    ['last week', relative(1, 'week', true)],
    ['previous month', relative(1, 'month', true)],
    ['last quarter', relative(1, 'quarter', true)],
    ['last year', relative(1, 'year', true)],
    ['in the past week', relative(1, 'week', false)],
    ['in the last 30 days', relative(30, 'day', false)],
    ['past two weeks', relative(2, 'week', false)],
    ['over the last 3 months', relative(3, 'month', false)],
    ['last 3 full months', relative(3, 'month', true)],
    ['last 6 months excluding the current month', relative(6, 'month', true)],
    ['last 24 hours', relative(24, 'hour', false)],
    ['trailing twelve months', relative(12, 'month', false)],
    ['TTM', relative(12, 'month', false)],
    ['last fortnight', relative(14, 'day', false)],
    ['this week', { kind: 'to_date', unit: 'week' }],
    ['this quarter', { kind: 'to_date', unit: 'quarter' }],
    ['YTD', { kind: 'to_date', unit: 'year' }],
    ['MTD', { kind: 'to_date', unit: 'month' }],
    ['QTD', { kind: 'to_date', unit: 'quarter' }],
    ['year to date', { kind: 'to_date', unit: 'year' }],
    ['so far this month', { kind: 'to_date', unit: 'month' }],
    ['this month so far', { kind: 'to_date', unit: 'month' }],
    ['this month to date', { kind: 'to_date', unit: 'month' }],
    ['last fiscal quarter', relative(1, 'quarter', true)],
    ['this financial year', { kind: 'to_date', unit: 'year' }],
    ['fiscal year to date', { kind: 'to_date', unit: 'year' }],
    ['past 48h', relative(48, 'hour', false)],
    ['last 7d', relative(7, 'day', false)],
    ['last 3 full months without the running one', relative(3, 'month', true)],
    // 21 November 2026 is a Saturday.
    ['the week before last', between('2026-11-02', '2026-11-08')],
    ['month before last', between('2026-09-01', '2026-09-30')],
    ['last weekend', between('2026-11-14', '2026-11-15')],
    ['on the previous business day', between('2026-11-20', '2026-11-20')],
    ['last 6 business days', between('2026-11-13', '2026-11-20')],
    ['last 3 full working days', between('2026-11-18', '2026-11-20')],
    ['in summer 2025', between('2025-06-01', '2025-08-31')],
    ['autumn last year', between('2025-09-01', '2025-11-30')],
    ['since the start of the year', { kind: 'to_date', unit: 'year' }],
    ['next quarter', { kind: 'upcoming', unit: 'quarter', n: 1 }],
    ['in the next 30 days', { kind: 'ahead', unit: 'day', n: 30 }],
    ['on Monday', { kind: 'day', offset: -5 }],
    ['last saturday', { kind: 'day', offset: -7 }],
    ['in Q3 2017', calendar('quarter', 3, 2017)],
    ['in Q3', calendar('quarter', 3)],
    ['2017 Q3', calendar('quarter', 3, 2017)],
    ['in the third quarter of 2017', calendar('quarter', 3, 2017)],
    ['Q2 last year', calendar('quarter', 2, 2025)],
    ['H1 2016', calendar('half', 1, 2016)],
    ['first half of 2016', calendar('half', 1, 2016)],
    ['in March 2016', calendar('month', 3, 2016)],
    ['in March', calendar('month', 3)],
    ['in may', calendar('month', 5)],
    ['in Sept 2016', calendar('month', 9, 2016)],
    ['2016-03', calendar('month', 3, 2016)],
    ['in 2017', calendar('year', undefined, 2017)],
    ['in week 14', calendar('week', 14)],
    ['week 14 of 2016', calendar('week', 14, 2016)],
    ['on 2016-03-05', between('2016-03-05', '2016-03-05')],
    ['on 5 March 2016', between('2016-03-05', '2016-03-05')],
    ['on March 5th, 2016', between('2016-03-05', '2016-03-05')],
    ['on the 5th of March', between('2026-03-05', '2026-03-05')],
    ['on 25/12/2016', between('2016-12-25', '2016-12-25')],
    ['on 12/25/2016', between('2016-12-25', '2016-12-25')],
    ['since Monday', between('2026-11-16')],
    ['since January', between('2026-01-01')],
    ['since December', between('2025-12-01')],
    ['since March 2016', between('2016-03-01')],
    ['since last month', between('2026-10-01')],
    ['from 2016 onwards', between('2016-01-01')],
    ['after 1 March 2016', between('2016-03-02')],
    ['before March 2016', between(undefined, '2016-02-29')],
    ['until the end of June 2016', between(undefined, '2016-06-30')],
    ['between January and March 2016', between('2016-01-01', '2016-03-31')],
    ['between 1 March 2016 and 15 March 2016', between('2016-03-01', '2016-03-15')],
    ['between 5 and 9 March 2016', between('2016-03-05', '2016-03-09')],
    ['from 2016-03-01 to 2016-03-31', between('2016-03-01', '2016-03-31')],
    ['by the end of the month', between('2026-11-21', '2026-11-30')],
    ['older than 7 days', { kind: 'older', unit: 'day', n: 7 }],
    ['of all time', { kind: 'all' }],
  ] as const)('reads “%s”', (words, range) => {
    const { range: found, left } = read(words);
    expect(found).toEqual(range);
    expect(left.filter((word) => !/^(?:in|on|of|the|over|from|are)$/.test(word))).toEqual([]);
  });

  it.each([
    ['this week vs last week', { kind: 'to_date', unit: 'week' }, 'previous_period'],
    ['this quarter vs last', { kind: 'to_date', unit: 'quarter' }, 'previous_period'],
    ['compared to last month', { kind: 'to_date', unit: 'month' }, 'previous_period'],
    ['last quarter compared with the quarter before', relative(1, 'quarter', true), 'previous_period'],
    ['this quarter vs last year', { kind: 'to_date', unit: 'quarter' }, 'same_period_last_year'],
    [
      'this month compared to the same period last year',
      { kind: 'to_date', unit: 'month' },
      'same_period_last_year',
    ],
    ['yesterday vs the day before', { kind: 'day', offset: -1 }, 'previous_period'],
    ['March 2016 vs February 2016', calendar('month', 3, 2016), 'previous_period'],
    ['February 2016 vs March 2016', calendar('month', 3, 2016), 'previous_period'],
    ['January 2016 vs December 2015', calendar('month', 1, 2016), 'previous_period'],
    ['March 2016 vs March 2015', calendar('month', 3, 2016), 'same_period_last_year'],
    ['Q3 vs Q2 2017', calendar('quarter', 3, 2017), 'previous_period'],
    ['2017 vs 2016', calendar('year', undefined, 2017), 'previous_period'],
    ['week over week', relative(1, 'week', true), 'previous_period'],
  ] as const)('compares “%s”', (words, range, compare) => {
    const slot = read(words);
    expect({ range: slot.range, compare: slot.compare, left: slot.left }).toEqual({
      range,
      compare,
      left: [],
    });
  });

  it('asks which day 3/4/2017 is, and not about 25/12/2017 or 4/4/2017', () => {
    expect(read('on 3/4/2017').either?.map((option) => option.label)).toEqual([
      '3 April 2017',
      '4 March 2017',
    ]);
    expect(read('on 4/4/2017').either).toBeNull();
  });

  it.each([
    'on 31 April 2016',
    'in 1955',
    '1960-03',
    'in the last 1999 days',
    'this morning',
    'in the fall',
    'Q3 vs Q1 2017',
  ])('leaves “%s” unread rather than guess', (words) => {
    const slot = read(words);
    expect(slot.left.length > 0 || slot.conflict !== null).toBe(true);
  });

  it('does not take the verb may or a number for a date', () => {
    expect(read('that may breach').range).toBeNull();
    expect(read('with 12 replies').range).toBeNull();
  });

  it('keeps to the contract whatever numbers stand before a unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999 }),
        fc.constantFrom('hours', 'days', 'weeks', 'months', 'quarters', 'years'),
        (n, unit) => {
          const { range } = read(`in the last ${n} ${unit}`);
          if (range !== null) expect(timeRangeSchema.parse(range) satisfies TimeRange).toEqual(range);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('two periods of one kind, one of them by its name', () => {
  const lastMonth = relative(1, 'month', true);
  it.each<[string, unknown, string]>([
    ['last month compared to September', lastMonth, 'previous_period'],
    ['last month versus september', lastMonth, 'previous_period'],
    ['last month compared with october 2025', lastMonth, 'same_period_last_year'],
    ['september compared to last month', lastMonth, 'previous_period'],
    ['last quarter versus q2', relative(1, 'quarter', true), 'previous_period'],
    ['last year compared to 2024', relative(1, 'year', true), 'previous_period'],
  ])('“%s” is one of them beside the other', (words, range, compare) => {
    expect(read(words)).toMatchObject({ range, compare, conflict: null });
  });

  it.each(['last month compared to august', 'last month versus q3', 'this month compared to 2024'])(
    '“%s” has no word in the contract',
    (words) => {
      expect(read(words)).not.toMatchObject({ conflict: null, compare: 'previous_period' });
    },
  );
});
