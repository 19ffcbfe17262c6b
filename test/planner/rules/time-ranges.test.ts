import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { newReading } from '../../../src/planner/rules/reading.ts';
import { readTimeSlot } from '../../../src/planner/rules/slots/time-slot.ts';
import { civilDateIn } from '../../../src/planner/rules/time/civil-date.ts';
import { tidy, tokenise } from '../../../src/planner/rules/token.ts';
import { absoluteRange, resolveRange } from '../../../src/query/resolve/time-range.ts';

type Moment = Temporal.ZonedDateTime;
type Ends = readonly [Moment | null, Moment | null];

/** Ordinary afternoon, the night the clocks change, a leap day, New Year's morning, a month's last day in half an hour's zone. */
const situations: readonly (readonly [now: string, zone: string, fiscalStartMonth: number])[] = [
  ['2026-11-20T14:00:00Z', 'UTC', 1],
  ['2026-03-29T00:30:00Z', 'Europe/Berlin', 1],
  ['2028-02-29T22:15:00Z', 'America/New_York', 2],
  ['2026-01-01T03:05:00Z', 'Pacific/Auckland', 4],
  ['2026-08-31T20:45:00Z', 'Asia/Kolkata', 10],
];

/** The calendar around a moment, counted out anew. */
class Around {
  readonly now: Moment;
  readonly fiscal: number;

  constructor(now: Moment, fiscal: number) {
    this.now = now;
    this.fiscal = fiscal;
  }

  /** Midnight some days from today. */
  day(days: number): Moment {
    return this.at(this.now.toPlainDate().add({ days }));
  }

  at(date: Temporal.PlainDate | string): Moment {
    return Temporal.PlainDate.from(date).toZonedDateTime(this.now.timeZoneId);
  }

  /** Monday some weeks from this one. */
  week(weeks: number): Moment {
    return this.day(1 - this.now.dayOfWeek + 7 * weeks);
  }

  month(months: number): Moment {
    return this.at(this.now.toPlainDate().with({ day: 1 }).add({ months }));
  }

  quarter(quarters: number): Moment {
    let back = 0;
    while ((this.month(-back).month - this.fiscal + 12) % 3 !== 0) back += 1;
    return this.month(quarters * 3 - back);
  }

  year(years: number): Moment {
    let back = 0;
    while (this.month(-back).month !== this.fiscal) back += 1;
    return this.month(years * 12 - back);
  }

  /** First day of the newest month of that number that has begun. */
  named(month: number): Moment {
    let back = 0;
    while (this.month(-back).month !== month) back += 1;
    return this.month(-back);
  }

  /** First day of the coming month of that number, or this one. */
  coming(month: number): Moment {
    let ahead = 0;
    while (this.month(ahead).month !== month) ahead += 1;
    return this.month(ahead);
  }

  /** First day of a quarter of the year that is called so, after the calendar year it ends in. */
  quarterOf(year: number, number: number): Moment {
    const start = Temporal.PlainDate.from({
      year: this.fiscal > 1 ? year - 1 : year,
      month: this.fiscal,
      day: 1,
    });
    return this.at(start.add({ months: 3 * (number - 1) }));
  }

  /** Midnight of the newest such weekday before today; 1 is Monday. */
  weekday(weekday: number): Moment {
    let back = 1;
    while (this.day(-back).dayOfWeek !== weekday) back += 1;
    return this.day(-back);
  }

  /** Midnight of the n-th Monday to Friday before today. */
  businessDay(n: number): Moment {
    let back = 0;
    for (let left = n; left > 0; ) {
      back += 1;
      if (this.day(-back).dayOfWeek <= 5) left -= 1;
    }
    return this.day(-back);
  }
}

const back =
  (length: Temporal.DurationLike) =>
  (it: Around): Ends => [it.now.subtract(length), it.now];
const months = (from: Moment, count: number): Ends => [from, from.add({ months: count })];
const dayOf = (from: Moment, count = 1): Ends => [
  from,
  from.toPlainDate().add({ days: count }).toZonedDateTime(from.timeZoneId),
];

/** Midnight of the n-th such weekday of the month that begins with a day. */
function nthWeekday(first: Moment, weekday: number, n: number): Moment {
  const found = Array.from({ length: first.daysInMonth }, (_, day) => first.add({ days: day })).filter(
    ({ dayOfWeek }) => dayOfWeek === weekday,
  );
  return found.at(n - 1) ?? first;
}

const lastWeekday = (first: Moment, weekday: number): Moment => nthWeekday(first, weekday, 0);

/** Midnight of the newest such day that has begun. */
const newestDay = (it: Around, month: number, day: number): Moment =>
  it.named(month).with({ day }).epochMilliseconds <= it.now.epochMilliseconds
    ? it.named(month).with({ day })
    : it.named(month).subtract({ years: 1 }).with({ day });

const past: readonly (readonly [string, (it: Around) => Ends])[] = [
  // Lengths that end now.
  ['in the last 24 hours', back({ hours: 24 })],
  ['in the past 48h', back({ hours: 48 })],
  ['in the last 90 minutes', back({ minutes: 90 })],
  ['past 15 mins', back({ minutes: 15 })],
  ['in the last hour', back({ hours: 1 })],
  ['within the last 3 hours', back({ hours: 3 })],
  ['last 7 days', back({ days: 7 })],
  ['past 30 days', back({ days: 30 })],
  ['over the previous 10 days', back({ days: 10 })],
  ['the last fortnight', back({ days: 14 })],
  ['past two weeks', back({ weeks: 2 })],
  ['trailing 8 weeks', back({ weeks: 8 })],
  ['in the past week', back({ weeks: 1 })],
  ['last 6 months', back({ months: 6 })],
  ['in the past month', back({ months: 1 })],
  ['trailing twelve months', back({ months: 12 })],
  ['ttm', back({ months: 12 })],
  ['rolling 3 months', back({ months: 3 })],
  ['last 2 quarters', back({ months: 6 })],
  ['past 2 years', back({ years: 2 })],
  ['newer than 5 days', back({ days: 5 })],
  ['last 30 days including today', back({ days: 30 })],
  // Whole periods some time ago, and so many before the running one.
  ['in the week three weeks ago', (it) => [it.week(-3), it.week(-2)]],
  ['in the month two months back', (it) => [it.month(-2), it.month(-1)]],
  ['in the quarter 2 quarters ago', (it) => [it.quarter(-2), it.quarter(-1)]],
  ['in the 7 days before today', (it) => [it.day(-7), it.day(0)]],
  ['in the 3 weeks before this week', (it) => [it.week(-3), it.week(0)]],
  // Weekdays of a week, of a month.
  ['monday to friday last week', (it) => dayOf(it.week(-1), 5)],
  ['last week monday to wednesday', (it) => dayOf(it.week(-1), 3)],
  ['on the first monday of october', (it) => dayOf(nthWeekday(it.named(10), 1, 1))],
  ['on the third friday of last month', (it) => dayOf(nthWeekday(it.month(-1), 5, 3))],
  ['on the last friday of last month', (it) => dayOf(lastWeekday(it.month(-1), 5))],
  // Days with a name, ends that are told to count, and periods said twice.
  ["on new year's eve", (it) => dayOf(newestDay(it, 12, 31))],
  ['on christmas eve', (it) => dayOf(newestDay(it, 12, 24))],
  ['on halloween', (it) => dayOf(newestDay(it, 10, 31))],
  ['last quarter the previous quarter', (it) => [it.quarter(-1), it.quarter(0)]],
  // Whole periods before the running one.
  ['last week', (it) => [it.week(-1), it.week(0)]],
  ['previous month', (it) => [it.month(-1), it.month(0)]],
  ['last quarter', (it) => [it.quarter(-1), it.quarter(0)]],
  ['last year', (it) => [it.year(-1), it.year(0)]],
  ['the last full week', (it) => [it.week(-1), it.week(0)]],
  ['last 3 full months', (it) => [it.month(-3), it.month(0)]],
  ['last 3 full months, without the running one', (it) => [it.month(-3), it.month(0)]],
  ['past 4 complete weeks', (it) => [it.week(-4), it.week(0)]],
  ['last 2 calendar quarters', (it) => [it.quarter(-2), it.quarter(0)]],
  ['last 6 months excluding the current month', (it) => [it.month(-6), it.month(0)]],
  ['last 10 days without today', (it) => [it.day(-10), it.day(0)]],
  [
    'last 12 whole hours',
    ({ now }) => {
      const end = now.with({ minute: 0, second: 0, millisecond: 0 });
      return [end.subtract({ hours: 12 }), end];
    },
  ],
  ['the week before last', (it) => [it.week(-2), it.week(-1)]],
  ['the month before last', (it) => [it.month(-2), it.month(-1)]],
  ['the quarter before last', (it) => [it.quarter(-2), it.quarter(-1)]],
  ['last business day', (it) => dayOf(it.businessDay(1))],
  ['last 5 business days', (it) => [it.businessDay(5), dayOf(it.businessDay(1))[1]]],
  // Running periods.
  ['today', (it) => [it.day(0), it.now]],
  ['so far today', (it) => [it.day(0), it.now]],
  ['this week', (it) => [it.week(0), it.now]],
  ['this month to date', (it) => [it.month(0), it.now]],
  ['month to date', (it) => [it.month(0), it.now]],
  ['this quarter so far', (it) => [it.quarter(0), it.now]],
  ['qtd', (it) => [it.quarter(0), it.now]],
  ['ytd', (it) => [it.year(0), it.now]],
  ['this fiscal year', (it) => [it.year(0), it.now]],
  ['since the start of the month', (it) => [it.month(0), it.now]],
  ['since the beginning of the quarter', (it) => [it.quarter(0), it.now]],
  // Days.
  ['yesterday', (it) => dayOf(it.day(-1))],
  ['the day before yesterday', (it) => dayOf(it.day(-2))],
  ['3 days ago', (it) => dayOf(it.day(-3))],
  ['on Monday', (it) => dayOf(it.weekday(1))],
  ['last Tuesday', (it) => dayOf(it.weekday(2))],
  ['Tuesday last week', (it) => dayOf(it.week(-1).add({ days: 1 }))],
  ['last week Friday', (it) => dayOf(it.week(-1).add({ days: 4 }))],
  ['since Monday', (it) => [it.weekday(1), it.now]],
  ['since yesterday', (it) => [it.day(-1), it.now]],
  ['on the 15th', (it) => dayOf(it.month(it.now.day >= 15 ? 0 : -1).add({ days: 14 }))],
  ['on the 3rd of last month', (it) => dayOf(it.month(-1).add({ days: 2 }))],
  ['on 2026-03-05', (it) => dayOf(it.at('2026-03-05'))],
  ['on 5 March 2026', (it) => dayOf(it.at('2026-03-05'))],
  ['on March 5th, 2026', (it) => dayOf(it.at('2026-03-05'))],
  ['on 25/12/2025', (it) => dayOf(it.at('2025-12-25'))],
  ['last weekend', (it) => dayOf(it.week(it.now.dayOfWeek === 7 ? -1 : -1).add({ days: 5 }), 2)],
  // Weeks.
  ['in week 14 of 2026', (it) => dayOf(it.at('2026-03-30'), 7)],
  ['2026-W01', (it) => dayOf(it.at('2025-12-29'), 7)],
  ['cw 53 2026', (it) => dayOf(it.at('2026-12-28'), 7)],
  ['the week of 12 March 2025', (it) => dayOf(it.at('2025-03-10'), 7)],
  ['w/c 2 March 2026', (it) => dayOf(it.at('2026-03-02'), 7)],
  ['week commencing 5 October 2026', (it) => dayOf(it.at('2026-10-05'), 7)],
  ['week ending 8 March 2026', (it) => dayOf(it.at('2026-03-02'), 7)],
  // Months, quarters, halves, years.
  ['in March', (it) => months(it.named(3), 1)],
  ['in December', (it) => months(it.named(12), 1)],
  ['in Sept 2025', (it) => months(it.at('2025-09-01'), 1)],
  ['2025-09', (it) => months(it.at('2025-09-01'), 1)],
  ['first half of October 2025', (it) => dayOf(it.at('2025-10-01'), 15)],
  ['second half of October 2025', (it) => dayOf(it.at('2025-10-16'), 16)],
  ['second half of Feb 2025', (it) => dayOf(it.at('2025-02-15'), 14)],
  [
    'first half of last month',
    (it) => [it.month(-1), it.month(-1).add({ days: Math.floor(it.month(-1).daysInMonth / 2) })],
  ],
  ['first 10 days of October 2025', (it) => dayOf(it.at('2025-10-01'), 10)],
  ['last 5 days of September 2025', (it) => dayOf(it.at('2025-09-26'), 5)],
  ['Q3 2025', (it) => months(it.quarterOf(2025, 3), 3)],
  ['the third quarter of 2025', (it) => months(it.quarterOf(2025, 3), 3)],
  ['fiscal Q1 2026', (it) => months(it.quarterOf(2026, 1), 3)],
  ['FY26 Q2', (it) => months(it.quarterOf(2026, 2), 3)],
  ['Q2 FY2026', (it) => months(it.quarterOf(2026, 2), 3)],
  ['H2 2025', (it) => months(it.quarterOf(2025, 3), 6)],
  ['the first half of 2025', (it) => months(it.quarterOf(2025, 1), 6)],
  ['fiscal year 2025', (it) => months(it.quarterOf(2025, 1), 12)],
  // Seasons are whole months; a winter lies in two years.
  ['in summer 2025', (it) => months(it.at('2025-06-01'), 3)],
  ['autumn 2025', (it) => months(it.at('2025-09-01'), 3)],
  ['winter 2024/25', (it) => months(it.at('2024-12-01'), 3)],
  ['spring 2025', (it) => months(it.at('2025-03-01'), 3)],
  // From one to another.
  ['from 1 September to 15 October 2025', (it) => [it.at('2025-09-01'), it.at('2025-10-16')]],
  ['between 5 and 9 March 2025', (it) => [it.at('2025-03-05'), it.at('2025-03-10')]],
  ['3-7 November 2025', (it) => [it.at('2025-11-03'), it.at('2025-11-08')]],
  ['November 3-7 2025', (it) => [it.at('2025-11-03'), it.at('2025-11-08')]],
  ['jan-mar 2025', (it) => [it.at('2025-01-01'), it.at('2025-04-01')]],
  ['Q3 2025 through Q1 2026', (it) => [it.quarterOf(2025, 3), it.quarterOf(2026, 2)]],
  ['from November 2025 to February 2026', (it) => [it.at('2025-11-01'), it.at('2026-03-01')]],
  ['September and October 2025', (it) => [it.at('2025-09-01'), it.at('2025-11-01')]],
  ['in December 2024 and January 2025', (it) => [it.at('2024-12-01'), it.at('2025-02-01')]],
  ['Q1 and Q2 2025', (it) => [it.quarterOf(2025, 1), it.quarterOf(2025, 3)]],
  ['July, August and September 2025', (it) => [it.at('2025-07-01'), it.at('2025-10-01')]],
  ['since January 2025', (it) => [it.at('2025-01-01'), it.now]],
  ['since last month', (it) => [it.month(-1), it.now]],
  ['since the end of last month', (it) => [it.month(0), it.now]],
  ['since the start of last quarter', (it) => [it.quarter(-1), it.now]],
  ['since Q3 2025', (it) => [it.quarterOf(2025, 3), it.now]],
  ['from September 2025 to now', (it) => [it.at('2025-09-01'), it.now]],
  ['from September 2025 until today', (it) => [it.at('2025-09-01'), it.now]],
  ['from 2025 onwards', (it) => [it.quarterOf(2025, 1), it.now]],
  ['after 1 March 2025', (it) => [it.at('2025-03-02'), it.now]],
  ['before July 2025', (it) => [null, it.at('2025-07-01')]],
  ['before Q2 2025', (it) => [null, it.quarterOf(2025, 2)]],
  ['until the end of March 2025', (it) => [null, it.at('2025-04-01')]],
  ['up to the end of last month', (it) => [null, it.month(0)]],
  // Age.
  ['older than 10 days', (it) => [null, it.now.subtract({ hours: 240 })]],
  ['more than 2 weeks ago', (it) => [null, it.now.subtract({ hours: 336 })]],
  ['for more than 36 hours', (it) => [null, it.now.subtract({ hours: 36 })]],
  ['more than 3 months old', (it) => [null, it.now.subtract({ months: 3 })]],
  ['of all time', () => [null, null]],
];

/** Said of dates that may lie ahead. */
const ahead: readonly (readonly [string, (it: Around) => Ends])[] = [
  ['in the next 4 hours', (it) => [it.now, it.now.add({ hours: 4 })]],
  ['in the next 14 days', (it) => [it.now, it.now.add({ hours: 336 })]],
  ['within 2 days', (it) => [it.now, it.now.add({ hours: 48 })]],
  ['within the next 3 weeks', (it) => [it.now, it.now.add({ hours: 504 })]],
  ['in the coming 30 minutes', (it) => [it.now, it.now.add({ minutes: 30 })]],
  ['next week', (it) => [it.week(1), it.week(2)]],
  ['next month', (it) => [it.month(1), it.month(2)]],
  ['next quarter', (it) => [it.quarter(1), it.quarter(2)]],
  ['in the next 2 full months', (it) => [it.month(1), it.month(3)]],
  ['today', (it) => dayOf(it.day(0))],
  ['tomorrow', (it) => dayOf(it.day(1))],
  ['in 3 days', (it) => dayOf(it.day(3))],
  ['by the end of the month', (it) => [it.day(0), it.month(1)]],
  ['by quarter end', (it) => [it.day(0), it.quarter(1)]],
  ['in the rest of the quarter', (it) => [it.day(0), it.quarter(1)]],
  ['by the end of next month', (it) => [it.day(0), it.month(2)]],
  ['in December', (it) => months(it.coming(12), 1)],
  ['in March', (it) => months(it.coming(3), 1)],
  ['between today and dec 31', (it) => [it.day(0), it.at(`${it.now.year + 1}-01-01`)]],
  ['by 31 December', (it) => [it.day(0), it.at(`${it.now.year + 1}-01-01`)]],
];

const settingsOf = ([now, zone, fiscalStartMonth]: (typeof situations)[number]) => ({
  now: new Date(now),
  zone,
  fiscalStartMonth,
});

function resolved(words: string, situation: (typeof situations)[number]): string {
  const settings = settingsOf(situation);
  const text = tidy(words);
  const reading = newReading(text, tokenise(text));
  const today = { ...civilDateIn(settings.zone, settings.now), fiscalStartMonth: settings.fiscalStartMonth };
  const { range } = readTimeSlot(reading, today);
  const left = reading.tokens
    .filter(({ index }) => index > 1 && reading.isFree(index))
    .map(({ lower }) => lower);
  if (range === null) return `no range; left: ${left.join(' ')}`;
  const local = resolveRange(range, settings);
  if (!local.ok) return local.issues.map(({ message }) => message).join();
  const { start, end } = absoluteRange(local.value, 'instant', settings);
  return `${start ?? 'ever'} to ${end ?? 'ever'}${left.some((word) => !/^(?:in|on|the|of|from)$/.test(word)) ? `, left: ${left.join(' ')}` : ''}`;
}

function expectedOf(ends: (it: Around) => Ends, [now, zone, fiscal]: (typeof situations)[number]): string {
  const [start, end] = ends(new Around(Temporal.Instant.from(now).toZonedDateTimeISO(zone), fiscal));
  const iso = (moment: Moment | null): string =>
    moment === null ? 'ever' : new Date(moment.epochMilliseconds).toISOString();
  return `${iso(start)} to ${iso(end)}`;
}

const everywhere = (subject: string, words: string, ends: (it: Around) => Ends): void => {
  const found = situations.map((situation) => [...situation, resolved(`${subject} ${words}`, situation)]);
  expect(found).toEqual(situations.map((situation) => [...situation, expectedOf(ends, situation)]));
};

describe('words about time, as instants in several zones, years and fiscal years', () => {
  it.each(past)('“tickets opened %s”', (words, ends) => {
    everywhere('tickets opened', words, ends);
  });

  it.each(ahead)('“deals closing %s”', (words, ends) => {
    everywhere('deals closing', words, ends);
  });
});
