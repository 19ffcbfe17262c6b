import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addSeconds,
  type BusinessAxis,
  buildBusinessAxis,
  secondsBetween,
} from '../../../src/analysis/sla/business-axis.ts';
import { computeClock } from '../../../src/analysis/sla/sla-clock.ts';
import { readTicketHistory } from '../../../src/analysis/sla/ticket-history.ts';
import type { BusinessCalendar, DayRange } from '../../../src/domain/sla-policy.ts';
import { buildMinuteTable, clockChanges, type MinuteTable, openMinutes } from '../support/minute-walk.ts';
import { alwaysOpen, anEvent, aPolicy, aTicket, somePolicies } from '../support/sla-builders.ts';

/** Random cases per property; `HEED_PROPERTY_CASES=100000` makes a longer run. */
const CASES = Number(process.env['HEED_PROPERTY_CASES'] ?? 3_000);

/** Only a guard against a run that hangs. */
const TIMEOUT_MS = 60_000 + CASES * 40;

const zones = [
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
  const { calendar, walk } = bothCalendars(table, drawn.week, drawn.holidays);
  return { table, calendar, axis: axisOver(table, calendar), open: openMinutes(table, walk) };
}
type World = ReturnType<typeof buildWorld>;

/** The same hours for the code under test (dates as text) and for the walk (local days). */
function bothCalendars(
  table: MinuteTable,
  week: readonly (readonly DayRange[])[],
  offsets: readonly number[],
) {
  const firstDay = Math.floor(table.local[0]! / 1440);
  const days = offsets.map((offset) => firstDay + offset);
  const calendar: BusinessCalendar = {
    id: 'drawn',
    zone: table.zone,
    version: 'v1',
    week,
    holidays: new Set(days.map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10))),
  };
  return { calendar, walk: { week, holidays: new Set(days) } };
}

function axisOver(table: MinuteTable, calendar: BusinessCalendar): BusinessAxis {
  const from = new Date(table.firstMinute * 60_000);
  return buildBusinessAxis(calendar, { from, to: new Date(from.getTime() + WINDOW * 60_000) });
}

const instant = (table: MinuteTable, index: number) => (table.firstMinute + index) * 60;

describe('business time against a walk through every minute', () => {
  it(
    `counts and adds business time in ${zones.length} zones over 4 clock changes each (S0-19)`,
    () => {
      const minute = fc.integer({ min: 0, max: WINDOW - 1 });
      fc.assert(
        fc.property(world, minute, minute, fiveMinutes(5, 3000), (drawn, a, b, length) => {
          const { table, axis, open } = buildWorld(drawn);
          const [from, to] = a < b ? [a, b] : [b, a];
          let counted = 0;
          for (let index = from; index < to; index += 1) counted += open[index]!;
          expect(secondsBetween(axis, instant(table, from), instant(table, to))).toBe(counted * 60);

          let left = length;
          let index = from;
          for (; index < WINDOW && left > 0; index += 1) left -= open[index]!;
          const expected = left > 0 ? null : instant(table, index);
          expect(addSeconds(axis, instant(table, from), length * 60)).toBe(expected);

          while (index < WINDOW && !open[index]!) index += 1;
          const opening = left > 0 || index >= WINDOW ? null : instant(table, index);
          expect(addSeconds(axis, instant(table, from), length * 60, 'opening')).toBe(opening);
        }),
        { numRuns: CASES },
      );
    },
    TIMEOUT_MS,
  );
});

type Word = 'open' | 'pending' | 'hold' | 'solved';
interface Drawn {
  readonly minute: number;
  readonly word: Word | 'urgent' | 'normal' | 'reply';
}
const word = fc.constantFrom<Drawn['word']>(
  'open',
  'pending',
  'pending',
  'hold',
  'solved',
  'open',
  'urgent',
  'normal',
  'reply',
);
const life = fc.array(fc.record({ minute: fiveMinutes(0, WINDOW / 2), word }), { maxLength: 8 });

describe('clocks of tickets against a walk through every minute', () => {
  it(
    'finds use, warning, due and breach for any life of a ticket (S0-19)',
    () => {
      const targets = fc.constantFrom(20, 60, 240, 480, 1440).map((minutes) => minutes * 60);
      fc.assert(
        fc.property(
          world,
          fiveMinutes(0, WINDOW / 2),
          fiveMinutes(0, WINDOW / 3),
          life,
          targets,
          targets,
          fc.boolean(),
          (drawn, opened, age, events, normal, urgent, isUrgentAlways) => {
            const built = buildWorld(drawn);
            const story: Story = { opened, now: opened + age, events, normal, urgent, isUrgentAlways };
            for (const metric of ['first_response', 'resolution'] as const) {
              expect(clockOf(built, story, metric)).toEqual(walkClock(built, story, metric));
            }
          },
        ),
        { numRuns: CASES },
      );
    },
    TIMEOUT_MS,
  );
});

interface Story {
  readonly opened: number;
  readonly now: number;
  readonly events: readonly Drawn[];
  readonly normal: number;
  readonly urgent: number;
  /** Whether urgent tickets are worked on day and night. */
  readonly isUrgentAlways: boolean;
}
type Metric = 'first_response' | 'resolution';

function clockOf({ table, calendar, axis }: World, story: Story, metric: Metric) {
  const date = (index: number) => new Date(instant(table, index) * 1000);
  const targetSeconds = { normal: story.normal, urgent: story.urgent };
  const base = { targetSeconds: { first_response: targetSeconds, resolution: targetSeconds } };
  const urgentPolicy = aPolicy({
    ...base,
    id: 'urgent',
    when: [{ field: 'priority', words: new Set(['urgent']) }],
    calendar: story.isUrgentAlways ? alwaysOpen : calendar,
  });
  const others = aPolicy({ ...base, calendar });
  const now = instant(table, story.now);
  const events = story.events.map(({ minute, word }) => {
    const at = date(story.opened + minute).toISOString();
    if (word === 'reply') return anEvent('reply', at);
    if (word === 'urgent' || word === 'normal')
      return anEvent('priority', at, { oldValue: 'normal', newValue: word });
    return anEvent('status', at, { newValue: word });
  });
  const status = lastWord(story, ['open', 'pending', 'hold', 'solved']) ?? 'open';
  const ticket = aTicket({ openedAt: date(story.opened), status: status as Word });
  const clock = computeClock(
    {
      ticket,
      history: readTicketHistory(ticket, events, now),
      policies: somePolicies(urgentPolicy, others),
      axisOf: (policy) => (policy.calendar === calendar ? axis : axisOver(table, alwaysOpen)),
      now,
    },
    metric,
  );
  if (clock === null) throw new Error('every ticket of this test has a policy');
  const { usedSeconds, state, warnAt, urgentAt, dueAt, stoppedAt, targetSeconds: target } = clock;
  return { usedSeconds, state, warnAt, urgentAt, dueAt, stoppedAt, target };
}

function lastWord(story: Story, words: readonly string[]): string | undefined {
  return inOrder(story).findLast(
    ({ minute, word }) => story.opened + minute <= story.now && words.includes(word),
  )?.word;
}

function inOrder(story: Story): readonly Drawn[] {
  return story.events.toSorted((a, b) => a.minute - b.minute);
}

/** Lives through the story minute by minute and notes when 75 %, 90 % and all of the target are used. */
function walkClock({ table, open: drawnHours }: World, story: Story, metric: Metric) {
  const hoursOf = (isUrgent: boolean) =>
    isUrgent && story.isUrgentAlways ? new Uint8Array(WINDOW).fill(1) : drawnHours;
  const end = stopMinute(story, metric);
  const last = end ?? story.now;
  const { isUrgentAt, statusAt } = minuteByMinute(story);
  const runsAt = (index: number) =>
    metric === 'first_response' || statusAt(index) === 'open' || statusAt(index) === 'hold';
  const target = isUrgentAt(last) ? story.urgent : story.normal;
  const marks = [0.75, 0.9, 1].map((share) => Math.round((share * target) / 60));
  const reached: (Date | null)[] = [null, null, null];
  let used = 0;
  const note = (index: number) => {
    used += 1;
    const mark = marks.indexOf(used);
    if (mark >= 0) reached[mark] = new Date(instant(table, index + 1) * 1000);
  };
  for (let index = story.opened; index < last; index += 1) {
    if (runsAt(index) && hoursOf(isUrgentAt(index))[index]) note(index);
  }
  const usedSeconds = used * 60;
  const isPaused = end === null && metric === 'resolution' && !runsAt(last);
  if (!isPaused) {
    const open = hoursOf(isUrgentAt(last));
    for (let index = last; index < WINDOW && used < marks[2]!; index += 1) if (open[index]) note(index);
  }
  const [warnAt, urgentAt, dueAt] = reached;
  const stoppedAt = end === null ? null : new Date(instant(table, end) * 1000);
  const due = dueAt === null ? null : (dueAt!.getTime() / 1000 - instant(table, 0)) / 60;
  const isLate = due !== null && (end === null ? due <= last : due < last);
  const isAnswered =
    metric === 'resolution' ||
    story.events.some(({ minute, word }) => word === 'reply' && story.opened + minute <= story.now);
  const stopped = isAnswered ? 'met' : 'cancelled';
  const state = isLate ? 'breached' : end !== null ? stopped : isPaused ? 'paused' : 'running';
  return { usedSeconds, state, warnAt, urgentAt, dueAt, stoppedAt, target };
}

/** Status and urgency in every minute, written down once per story. */
function minuteByMinute(story: Story) {
  const status: string[] = [];
  const urgent: boolean[] = [];
  const events = inOrder(story);
  let next = 0;
  let current = { status: 'open', isUrgent: false };
  for (let index = story.opened; index <= story.now; index += 1) {
    for (; next < events.length && story.opened + events[next]!.minute <= index; next += 1) {
      const { word } = events[next]!;
      if (word === 'urgent' || word === 'normal') current = { ...current, isUrgent: word === 'urgent' };
      else if (word !== 'reply') current = { ...current, status: word };
    }
    status[index] = current.status;
    urgent[index] = current.isUrgent;
  }
  return { statusAt: (index: number) => status[index]!, isUrgentAt: (index: number) => urgent[index]! };
}

/** The minute at which the clock stops: the first reply, or the first minute of being solved for good. */
function stopMinute(story: Story, metric: Metric): number | null {
  const past = inOrder(story).filter(({ minute }) => story.opened + minute <= story.now);
  if (metric === 'first_response') {
    const reply = past.find(({ word }) => word === 'reply');
    if (reply) return story.opened + reply.minute;
  }
  let stop: number | null = null;
  for (const { minute, word } of past) {
    if (word === 'solved') stop ??= story.opened + minute;
    else if (word === 'open' || word === 'pending' || word === 'hold') stop = null;
  }
  return stop;
}
