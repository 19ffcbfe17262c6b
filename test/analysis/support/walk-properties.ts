import fc from 'fast-check';
import { expect } from 'vitest';
import {
  addSeconds,
  type BusinessAxis,
  buildBusinessAxis,
  secondsBetween,
} from '../../../src/analysis/sla/business-axis.ts';
import { computeClocks, type SlaClock } from '../../../src/analysis/sla/sla-clock.ts';
import { readTicketHistory } from '../../../src/analysis/sla/ticket-history.ts';
import type { BusinessCalendar, DayRange, SlaPolicies } from '../../../src/domain/sla-policy.ts';
import { slaMetrics } from '../../../src/domain/sla-policy.ts';
import { buildMinuteTable, clockChanges, type MinuteTable, openMinutes } from './minute-walk.ts';
import { alwaysOpen, anEvent, aPolicy, aTicket, somePolicies } from './sla-builders.ts';
import { type Story, type Word, walkClocks, writeDiary } from './story-walk.ts';

export const zones = [
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/Los_Angeles',
  'America/Havana',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
];
const WINDOW_DAYS = 10;
const WINDOW = WINDOW_DAYS * 1440;
/** Calendars are dear to build, so each is asked this often. */
const ASKED_PER_CALENDAR = 25;

const windows = zones.flatMap((zone) =>
  clockChanges(zone, 2025, 4).map((change) => {
    const from = new Date(change.getTime() - (WINDOW_DAYS / 2 - 1) * 86_400_000);
    return { zone, from, table: buildMinuteTable(zone, from, WINDOW_DAYS) };
  }),
);

const fiveMinutes = (from: number, to: number) =>
  fc.integer({ min: from / 5, max: to / 5 }).map((step) => step * 5);
const range = fc
  .record({ fromMinute: fiveMinutes(0, 1435), length: fiveMinutes(5, 1435) })
  .map(({ fromMinute, length }): DayRange => ({ fromMinute, toMinute: fromMinute + length }));
const week = fc.array(fc.array(range, { maxLength: 3 }), { minLength: 7, maxLength: 7 });
const holidays = fc.array(fc.integer({ min: 0, max: WINDOW_DAYS }), { maxLength: 3 });
/** Windows are drawn by number: a counterexample that printed its table of minutes could not be read. */
const world = fc.record({ window: fc.nat(windows.length - 1), week, holidays });
type DrawnWorld = typeof world extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** Hours as the code under test counts them (`axis`) and as the walk sees them (`open`). */
function buildWorld(drawn: DrawnWorld) {
  const { table } = windows[drawn.window]!;
  const firstDay = Math.floor(table.local[0]! / 1440);
  const days = drawn.holidays.map((offset) => firstDay + offset);
  const calendar: BusinessCalendar = {
    id: 'drawn',
    zone: table.zone,
    version: 'v1',
    boundary: 'closing',
    week: drawn.week,
    holidays: new Set(days.map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10))),
  };
  const open = openMinutes(table, { week: drawn.week, holidays: new Set(days) });
  return { table, calendar, axis: axisOver(table, calendar), open };
}
type World = ReturnType<typeof buildWorld>;

function axisOver(table: MinuteTable, calendar: BusinessCalendar): BusinessAxis {
  const from = new Date(table.firstMinute * 60_000);
  return buildBusinessAxis(calendar, { from, to: new Date(from.getTime() + WINDOW * 60_000) });
}

const instant = (table: MinuteTable, index: number) => (table.firstMinute + index) * 60;

/** Counts and adds business time on drawn calendars, `cases` times in all, and compares with the minutes. */
export function checkAxis(cases: number): void {
  const minute = fc.integer({ min: 0, max: WINDOW - 1 });
  const asked = fc.array(fc.tuple(minute, minute, fiveMinutes(5, 3000)), {
    minLength: ASKED_PER_CALENDAR,
    maxLength: ASKED_PER_CALENDAR,
  });
  fc.assert(
    fc.property(world, asked, (drawn, questions) => {
      const { table, axis, open } = buildWorld(drawn);
      for (const [a, b, length] of questions) {
        const [from, to] = a < b ? [a, b] : [b, a];
        let counted = 0;
        for (let index = from; index < to; index += 1) counted += open[index]!;
        let left = length;
        let index = from;
        for (; index < WINDOW && left > 0; index += 1) left -= open[index]!;
        const closing = left > 0 ? null : instant(table, index);
        while (index < WINDOW && !open[index]!) index += 1;
        const opening = left > 0 || index >= WINDOW ? null : instant(table, index);
        const start = instant(table, from);
        expect([
          secondsBetween(axis, start, instant(table, to)),
          addSeconds(axis, start, length * 60),
          addSeconds(axis, start, length * 60, 'opening'),
        ]).toEqual([counted * 60, closing, opening]);
      }
    }),
    { numRuns: Math.ceil(cases / ASKED_PER_CALENDAR) },
  );
}

const word = fc.constantFrom<Word>(
  'open',
  'open',
  'pending',
  'pending',
  'hold',
  'solved',
  'urgent',
  'normal',
  'reply',
  'reply',
  'message',
  'message',
);
const targets = fc.constantFrom(20, 60, 240, 480, 1440).map((minutes) => minutes * 60);
const story = fc
  .record({
    opened: fiveMinutes(0, WINDOW / 2),
    age: fiveMinutes(0, WINDOW / 3),
    events: fc.array(fc.record({ minute: fiveMinutes(0, WINDOW / 4), word }), { maxLength: 10 }),
    normal: targets,
    urgent: targets,
    isUrgentAlways: fc.boolean(),
    updatePauses: fc.boolean(),
    boundary: fc.constantFrom('closing' as const, 'opening' as const),
  })
  .map(({ age, ...rest }): Story => ({ ...rest, now: rest.opened + age }));
const stories = fc.array(story, { minLength: ASKED_PER_CALENDAR, maxLength: ASKED_PER_CALENDAR });

/** Computes every clock of drawn tickets, `cases` tickets in all, and compares with lives lived minute by minute. */
export function checkClocks(cases: number): void {
  fc.assert(
    fc.property(world, stories, (drawn, told) => {
      const built = buildWorld(drawn);
      const always = axisOver(built.table, alwaysOpen);
      for (const one of told) {
        const computed = clocksOf(built, always, one);
        const diary = writeDiary(one);
        for (const metric of slaMetrics) {
          const walked = walkClocks(built.table, built.open, one, diary, metric);
          expect(computed.filter((clock) => clock.metric === metric).map(shownOf)).toEqual(walked);
        }
      }
    }),
    { numRuns: Math.ceil(cases / ASKED_PER_CALENDAR) },
  );
}

function shownOf({ usedSeconds, state, warnAt, urgentAt, dueAt, stoppedAt, targetSeconds }: SlaClock) {
  return { usedSeconds, state, warnAt, urgentAt, dueAt, stoppedAt, target: targetSeconds };
}

function clocksOf({ table, calendar, axis }: World, always: BusinessAxis, one: Story): readonly SlaClock[] {
  const date = (index: number) => new Date(instant(table, index) * 1000);
  const now = instant(table, one.now);
  const events = one.events.map(({ minute, word: what }) => {
    const at = date(one.opened + minute).toISOString();
    if (what === 'reply') return anEvent('reply', at, { actorId: 'agent', public: true });
    if (what === 'message') return anEvent('comment', at, { public: true });
    if (what === 'urgent' || what === 'normal')
      return anEvent('priority', at, { oldValue: 'normal', newValue: what });
    return anEvent('status', at, { newValue: what });
  });
  const statuses = one.events.toSorted((a, b) => a.minute - b.minute);
  const isStatus = (what: Word) => ['open', 'pending', 'hold', 'solved'].includes(what);
  const status = statuses.findLast(
    ({ minute, word: what }) => one.opened + minute <= one.now && isStatus(what),
  );
  const ticket = aTicket({
    openedAt: date(one.opened),
    status: (status?.word ?? 'open') as 'open' | 'pending' | 'hold' | 'solved',
  });
  return computeClocks({
    ticket,
    history: readTicketHistory(ticket, events, now),
    policies: policiesOf(calendar, one),
    axisOf: (policy) => ({ ...(policy.calendar.id === 'always' ? always : axis), calendar: policy.calendar }),
    now,
  });
}

function policiesOf(calendar: BusinessCalendar, one: Story): SlaPolicies {
  const target = { normal: one.normal, urgent: one.urgent };
  const promises = {
    targetSeconds: { first_response: target, next_response: target, update: target, resolution: target },
    updatePauses: one.updatePauses,
  };
  const hours = { ...calendar, boundary: one.boundary };
  const urgent = aPolicy({
    ...promises,
    id: 'urgent',
    when: [{ field: 'priority', words: new Set(['urgent']) }],
    calendar: one.isUrgentAlways ? { ...alwaysOpen, boundary: one.boundary } : hours,
  });
  return somePolicies(urgent, aPolicy({ ...promises, calendar: hours }));
}
