import { Temporal } from 'temporal-polyfill';
import type { BusinessCalendar } from '../../domain/sla-policy.ts';

/**
 * Whether a calendar's business is open at an instant: inside a range of its local weekday, or of the night shift that
 * began the day before; a range belongs to the day on which it begins, but a holiday is closed from midnight to midnight.
 */
export function isOpenAt(calendar: Pick<BusinessCalendar, 'zone' | 'week' | 'holidays'>, at: Date): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(calendar.zone);
  const today = local.toPlainDate();
  if (isHoliday(calendar, today)) return false;
  const minute = local.hour * 60 + local.minute;
  const ranges = (day: Temporal.PlainDate) => calendar.week[day.dayOfWeek - 1] ?? [];
  return (
    ranges(today).some(({ fromMinute, toMinute }) => minute >= fromMinute && minute < toMinute) ||
    ranges(today.subtract({ days: 1 })).some(({ toMinute }) => minute + 1440 < toMinute)
  );
}

function isHoliday({ holidays }: Pick<BusinessCalendar, 'holidays'>, day: Temporal.PlainDate): boolean {
  const iso = day.toString();
  return holidays.has(iso) || holidays.has(iso.slice(5));
}
