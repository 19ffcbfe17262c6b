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

/** Stored words as one reads them, what follows on each other in one: hours 18 to 23 are `18:00 to 23:59`. */
export function calendarWords(unit: CalendarUnit, values: readonly string[]): readonly string[] {
  const all = calendarLabels(unit);
  const order = Object.keys(all).sort();
  const runs: string[][] = [];
  for (const value of [...values].sort()) {
    const run = runs.at(-1);
    const before = order[order.indexOf(value) - 1];
    if (run && run.at(-1) === before) run.push(value);
    else runs.push([value]);
  }
  const labelOf = (value: string | undefined): string => all[value ?? ''] ?? value ?? '';
  return runs.flatMap((run) => {
    const [first, last] = [labelOf(run[0]), labelOf(run.at(-1))];
    if (needsHours(unit)) return [`${first} to ${last.replace(/:00$/, ':59')}`];
    return run.length > 2 ? [`${first} to ${last}`] : run.map(labelOf);
  });
}

/** Whether the unit needs a time of day: a day alone has no hour. */
export function needsHours(unit: CalendarUnit): boolean {
  return unit === 'hour_of_day' || unit === 'hour_of_week';
}
