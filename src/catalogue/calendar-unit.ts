/** What repeats in a calendar: tickets by the hour of the day, chats by weekday and hour. */
export const calendarUnits = ['hour_of_day', 'weekday', 'hour_of_week', 'month_of_year'] as const;
export type CalendarUnit = (typeof calendarUnits)[number];

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Format of `to_char`: text that sorts as the calendar does. Weekdays are ISO: 1 is Monday. */
export const calendarFormats: Readonly<Record<CalendarUnit, string>> = {
  hour_of_day: 'HH24',
  weekday: 'ID',
  hour_of_week: 'ID HH24',
  month_of_year: 'MM',
};

/** How each stored word is shown: `1 09` -> `Monday 09:00`. */
export function calendarLabels(unit: CalendarUnit): Readonly<Record<string, string>> {
  const numbered = (names: readonly string[], digits: number) =>
    names.map((name, index) => [String(index + 1).padStart(digits, '0'), name] as const);
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  switch (unit) {
    case 'hour_of_day':
      return Object.fromEntries(hours.map((hour) => [hour, `${hour}:00`]));
    case 'weekday':
      return Object.fromEntries(numbered(weekdays, 1));
    case 'hour_of_week':
      return Object.fromEntries(
        numbered(weekdays, 1).flatMap(([day, name]) =>
          hours.map((hour) => [`${day} ${hour}`, `${name} ${hour}:00`]),
        ),
      );
    case 'month_of_year':
      return Object.fromEntries(numbered(months, 2));
  }
}

/** Whether the unit needs a time of day: a day alone has no hour. */
export function needsHours(unit: CalendarUnit): boolean {
  return unit === 'hour_of_day' || unit === 'hour_of_week';
}
