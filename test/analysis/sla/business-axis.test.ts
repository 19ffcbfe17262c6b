import { describe, expect, it } from 'vitest';
import {
  addSeconds,
  buildBusinessAxis,
  nextOpening,
  secondsBetween,
} from '../../../src/analysis/sla/business-axis.ts';
import { aCalendar, alwaysOpen, at, seconds } from '../support/sla-builders.ts';

const year = { from: at('2026-01-01T00:00Z'), to: at('2027-01-01T00:00Z') };
const spansOf = (axis: ReturnType<typeof buildBusinessAxis>) =>
  [...axis.starts].map((start, index) => [
    new Date(start * 1000).toISOString().slice(0, 16),
    new Date(axis.ends[index]! * 1000).toISOString().slice(0, 16),
  ]);
const between = (zone: string, ranges: readonly string[], from: string, to: string) =>
  spansOf(
    buildBusinessAxis(aCalendar({ zone, ranges, days: [0, 1, 2, 3, 4, 5, 6] }), {
      from: at(from),
      to: at(to),
    }),
  );

describe('opening hours across clock changes', () => {
  it('takes the later instant for an opening time that Berlin skips in spring', () => {
    // 02:30 does not exist on 29 March 2026; an hour later by the old offset it is 03:30 summer time.
    expect(between('Europe/Berlin', ['2:30-5:00'], '2026-03-29T00:00Z', '2026-03-29T12:00Z')).toEqual([
      ['2026-03-29T01:30', '2026-03-29T03:00'],
    ]);
  });
  it('takes the first of two opening times that Berlin repeats in autumn', () => {
    expect(between('Europe/Berlin', ['2:30-5:00'], '2026-10-25T00:00Z', '2026-10-25T12:00Z')).toEqual([
      ['2026-10-25T00:30', '2026-10-25T04:00'],
    ]);
  });
  it('takes the first of two opening times that Los Angeles repeats in autumn', () => {
    expect(between('America/Los_Angeles', ['1:30-4:00'], '2014-11-02T07:00Z', '2014-11-02T20:00Z')).toEqual([
      ['2014-11-02T08:30', '2014-11-02T12:00'],
    ]);
  });
  it('takes the later instant for a closing time that Los Angeles skips in spring', () => {
    expect(between('America/Los_Angeles', ['1:00-2:30'], '2026-03-08T08:00Z', '2026-03-08T20:00Z')).toEqual([
      ['2026-03-08T09:00', '2026-03-08T10:30'],
    ]);
  });
  it('follows Lord Howe, whose clocks move by half an hour', () => {
    // Summer time (UTC+11) ends on 5 April 2026 at 02:00, which becomes 01:30 (UTC+10:30).
    expect(between('Australia/Lord_Howe', ['1:45-4:00'], '2026-04-04T14:00Z', '2026-04-04T20:00Z')).toEqual([
      ['2026-04-04T14:45', '2026-04-04T17:30'],
    ]);
  });
  it('loses an hour of a night shift in spring and gains one in autumn', () => {
    const night = aCalendar({
      zone: 'America/New_York',
      ranges: ['22:00-6:00'],
      days: [0, 1, 2, 3, 4, 5, 6],
    });
    const axis = buildBusinessAxis(night, year);
    expect(secondsBetween(axis, seconds('2026-03-07T18:00Z'), seconds('2026-03-08T18:00Z'))).toBe(7 * 3600);
    expect(secondsBetween(axis, seconds('2026-10-31T18:00Z'), seconds('2026-11-01T18:00Z'))).toBe(9 * 3600);
  });
});

describe('opening hours of a week', () => {
  it('closes on holidays, once or every year, from midnight to midnight', () => {
    const shifts = aCalendar({
      ranges: ['20:00-4:00'],
      days: [0, 1, 2, 3, 4, 5, 6],
      holidays: ['12-25', '2026-12-28'],
    });
    const axis = buildBusinessAxis(shifts, { from: at('2026-12-24T12:00Z'), to: at('2026-12-29T12:00Z') });
    expect(spansOf(axis)).toEqual([
      ['2026-12-24T20:00', '2026-12-25T00:00'],
      ['2026-12-26T00:00', '2026-12-26T04:00'],
      ['2026-12-26T20:00', '2026-12-27T04:00'],
      ['2026-12-27T20:00', '2026-12-28T00:00'],
      ['2026-12-29T00:00', '2026-12-29T04:00'],
    ]);
  });
  it('keeps a lunch break closed and merges shifts that overlap', () => {
    const split = aCalendar({ ranges: ['9:00-12:00', '13:00-17:00', '16:00-18:00'] });
    const axis = buildBusinessAxis(split, { from: at('2026-03-02T00:00Z'), to: at('2026-03-03T00:00Z') });
    expect(spansOf(axis)).toEqual([
      ['2026-03-02T09:00', '2026-03-02T12:00'],
      ['2026-03-02T13:00', '2026-03-02T18:00'],
    ]);
  });
  it('is one span when business never closes', () => {
    expect(buildBusinessAxis(alwaysOpen, year).starts).toHaveLength(1);
  });
});

describe('adding business time', () => {
  const axis = buildBusinessAxis(aCalendar(), year);
  it('falls due at closing time when the target is used up exactly then', () => {
    expect(addSeconds(axis, seconds('2026-03-02T16:00Z'), 3600)).toBe(seconds('2026-03-02T17:00Z'));
  });
  it('falls due at the next opening when that is asked for', () => {
    expect(addSeconds(axis, seconds('2026-03-02T16:00Z'), 3600, 'opening')).toBe(
      seconds('2026-03-03T09:00Z'),
    );
  });
  it('goes on after the weekend', () => {
    expect(addSeconds(axis, seconds('2026-03-06T16:30Z'), 3600)).toBe(seconds('2026-03-09T09:30Z'));
  });
  it('knows no due date beyond the calendar it was built for', () => {
    expect(addSeconds(axis, seconds('2026-12-31T16:00Z'), 7200)).toBeNull();
  });
  it('moves a time outside business hours to the next opening and keeps one inside', () => {
    expect(nextOpening(axis, seconds('2026-03-02T17:00Z'))).toBe(seconds('2026-03-03T09:00Z'));
    expect(nextOpening(axis, seconds('2026-03-02T16:59Z'))).toBe(seconds('2026-03-02T16:59Z'));
    expect(nextOpening(axis, seconds('2026-12-31T18:00Z'))).toBeNull();
  });
  it('refuses a time the calendar was not built for, rather than counting it as closed', () => {
    expect(() => secondsBetween(axis, seconds('2025-12-31T00:00Z'), seconds('2026-01-05T00:00Z'))).toThrow(
      'was not built for 2025-12-31',
    );
  });
});
