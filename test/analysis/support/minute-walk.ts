/**
 * The slow, obvious way to business time: look at the local clock in every single minute. It shares nothing with the
 * axis under test, not even the time zone library (Intl here, Temporal there).
 */
export interface MinuteTable {
  readonly zone: string;
  /** UTC minutes since 1970 of the first entry. */
  readonly firstMinute: number;
  /** What the local clock shows in each minute: local days since 1970 times 1440 plus the minute of the day. */
  readonly local: Int32Array;
}

const DAY = 1440;
/** Every clock change of the last decades happens on a quarter of an hour, so one look per quarter is enough. */
const LOOK_EVERY = 15;

export function buildMinuteTable(zone: string, from: Date, days: number): MinuteTable {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const firstMinute = from.getTime() / 60_000;
  const local = new Int32Array(days * DAY);
  for (let index = 0; index < local.length; index += LOOK_EVERY) {
    const [date, time] = format.format(new Date((firstMinute + index) * 60_000)).split(', ');
    const [day, month, year] = date!.split('/').map(Number);
    const [hour, minute] = time!.split(':').map(Number);
    const shown = Date.UTC(year!, month! - 1, day, hour, minute) / 60_000;
    for (let step = 0; step < LOOK_EVERY; step += 1) local[index + step] = shown + step;
  }
  return { zone, firstMinute, local };
}

/** Index of the minute at which the local clock first shows a time; a skipped time counts as that much later. */
function indexShowing(table: MinuteTable, wall: number): number {
  const exact = table.local.indexOf(wall);
  if (exact >= 0) return exact;
  if (wall < table.local[0]!) return 0;
  const after = table.local.findIndex(
    (shown, index) => shown > wall && index > 0 && table.local[index - 1]! < wall,
  );
  return after < 0 ? table.local.length : after + wall - (table.local[after - 1]! + 1);
}

export interface WalkCalendar {
  readonly week: readonly (readonly { fromMinute: number; toMinute: number }[])[];
  /** Local days since 1970. */
  readonly holidays: ReadonlySet<number>;
}

/** For each minute whether business is open. */
export function openMinutes(table: MinuteTable, calendar: WalkCalendar): Uint8Array {
  const open = new Uint8Array(table.local.length);
  const firstDay = Math.floor(table.local[0]! / DAY) - 1;
  const lastDay = Math.floor(table.local.at(-1)! / DAY) + 1;
  for (let day = firstDay; day <= lastDay; day += 1) {
    // 1 January 1970 was a Thursday, the fourth day of a week that begins on Monday.
    const weekday = (((day + 3) % 7) + 7) % 7;
    for (const { fromMinute, toMinute } of calendar.week[weekday]!) {
      open.fill(1, indexShowing(table, day * DAY + fromMinute), indexShowing(table, day * DAY + toMinute));
    }
  }
  for (const [index, shown] of table.local.entries()) {
    if (calendar.holidays.has(Math.floor(shown / DAY))) open[index] = 0;
  }
  return open;
}

/** The clock changes of a zone between two years, as UTC dates; a zone without any gets the same number of dates. */
export function clockChanges(zone: string, fromYear: number, count: number): readonly Date[] {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });
  const offsetOn = (at: Date) => format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value;
  const changes: Date[] = [];
  const fallback: Date[] = [];
  for (let day = 0; changes.length < count && day < 366 * 4; day += 1) {
    const at = new Date(Date.UTC(fromYear, 0, 1 + day));
    if (offsetOn(at) !== offsetOn(new Date(at.getTime() + 86_400_000))) changes.push(at);
    if (day % 90 === 45 && fallback.length < count) fallback.push(at);
  }
  return changes.length === count ? changes : fallback;
}
