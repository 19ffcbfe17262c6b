import type { CalendarUnit } from '../../../catalogue/calendar-unit.ts';
import { type Reading, range, tokensOf } from '../reading.ts';
import { weekdayNumber, weekdayPattern } from '../time/time-words.ts';
import { freeText } from './lengths.ts';

/** Days of the week or hours of the day on which rows are meant: "on weekends", "after 6 pm". */
export interface CalendarPart {
  readonly unit: Extract<CalendarUnit, 'weekday' | 'hour_of_day'>;
  /** As the dimension stores them: `6` is Saturday, `18` is from 18:00 to 18:59. */
  readonly values: readonly string[];
  readonly isNot: boolean;
  readonly words: string;
}

interface Rule {
  readonly pattern: RegExp;
  /** null: these words mean something else. */
  readonly read: (groups: Readonly<Record<string, string | undefined>>) => Omit<CalendarPart, 'words'> | null;
}

const days = `${weekdayPattern}s`;
/** One or many; of the short names alone: "tues" could be read as "tue" with an s, twice in every step of a list. */
const dayOrDays = `(?:${weekdayPattern}|(?:mon|tues|wednes|thurs|fri|satur|sun)days)`;
const not = '(?<not>(?:not|except|excluding|without|outside|other than|but not) )?';
const on = '(?:(?:on|at|over|during|in) )?(?:the )?';
/** A period names one weekend, and a splitter asks for all of them beside one another. */
const notBehind =
  '(?<!\\b(?:last|past|previous|this|next|coming|by|per|each|every|which|what|versus|\\d+|two|three|four|five|six|eight|ten|twelve) )';

const hour = (name: string): string =>
  `(?:(?<${name}>\\d{1,2})(?<${name}Full> 00)?(?<${name}Mark> ?(?:am|pm|a m|p m|o'clock))?|(?<${name}Word>noon|midnight))(?! (?:day|week|month|minute|ticket|%)|\\d)`;

const rules: readonly Rule[] = [
  {
    pattern: new RegExp(`(?<![^ ])${not}${on}${notBehind}weekends(?![^ ])`),
    read: ({ not: isNot }) => ({ unit: 'weekday', values: ['6', '7'], isNot: isNot !== undefined }),
  },
  {
    // "Weekend tickets", "our weekend orders".
    pattern: new RegExp(`(?<![^ ])${notBehind}(?<!\\b(?:the|over|at|on) )weekend(?= [a-z]+s(?![^ ]))`),
    read: () => ({ unit: 'weekday', values: ['6', '7'], isNot: false }),
  },
  {
    pattern: new RegExp(
      `(?<![^ ])${not}(?:on|during) (?:the )?(?:weekdays|working days|business days|workdays)(?![^ ])`,
    ),
    read: ({ not: isNot }) => ({
      unit: 'weekday',
      values: ['1', '2', '3', '4', '5'],
      isNot: isNot !== undefined,
    }),
  },
  {
    pattern: new RegExp(
      `(?<![^ ])${not}on (?:a )?(?<list>${dayOrDays}(?: (?:and|or|&|¦) (?:on )?${dayOrDays})+|${days})(?![^ ])`,
    ),
    read: ({ not: isNot, list = '' }) => {
      // "On Monday and Tuesday" are two days of this week.
      if (!/s(?: |$)/.test(list.replaceAll(/\b(?:tues|wednes|thurs)(?= |$)/g, ''))) return null;
      const named = list
        .split(' ')
        .map((word) => weekdayNumber(word.replace(/days$/, 'day').replace(/s$/, '')));
      const values = [...new Set(named.filter((number) => number > 0).map(String))];
      return { unit: 'weekday', values, isNot: isNot !== undefined };
    },
  },
  {
    // "Outside of the hours from 8 to 18": the hours are named, so bare numbers are clocks.
    pattern: new RegExp(
      `(?<![^ ])outside (?:of )?(?:the )?(?:hours (?:of |from |between )?|from |between )${hour('first')} (?:and|to|until|till|-) ${hour('last')}(?: hours)?(?![^ ])`,
    ),
    read: (groups) => {
      const [first, last] = [
        hourOf(groups, 'first', groups['lastMark'] ?? null),
        hourOf(groups, 'last', null),
      ];
      return first === null || last === null || first === last ? null : hoursOf(last, first);
    },
  },
  {
    pattern:
      /(?<![^ ])(?:between|from) (?<first>\d{1,2}) (?:and|to|until|-) (?<last>\d{1,2})(?= (?:today|yesterday)(?![^ ]))/,
    read: ({ first = '', last = '' }) =>
      Number(first) < Number(last) && Number(last) <= 24 ? hoursOf(Number(first), Number(last)) : null,
  },
  {
    pattern: new RegExp(
      `(?<![^ ])(?:between|from) ${hour('first')} (?:and|to|until|till|-) ${hour('last')}(?![^ ])`,
    ),
    read: (groups) => {
      const last = hourOf(groups, 'last', null);
      const first = hourOf(groups, 'first', groups['lastMark'] ?? null);
      return !(isClock(groups, 'first') || isClock(groups, 'last')) ||
        first === null ||
        last === null ||
        first === last
        ? null
        : hoursOf(first, last);
    },
  },
  {
    pattern: new RegExp(`(?<![^ ])(?<side>after|before|past|later than|earlier than) ${hour('at')}(?![^ ])`),
    read: (groups) => {
      const at = hourOf(groups, 'at', null);
      if (!isClock(groups, 'at') || at === null || at === 0 || at === 24) return null;
      return /^(?:before|earlier)/.test(groups['side'] ?? '') ? hoursOf(0, at) : hoursOf(at, 24);
    },
  },
];

/** From one full hour up to, not including, another; from 22 to 6 goes over midnight. */
function hoursOf(first: number, last: number): Omit<CalendarPart, 'words'> {
  const length = (last - first + 24) % 24 || 24;
  const values = Array.from({ length }, (_, index) => String((first + index) % 24).padStart(2, '0'));
  return { unit: 'hour_of_day', values: values.toSorted(), isNot: false };
}

/** "6 pm", "18:00", "noon": a bare number may be anything. */
const isClock = (groups: Readonly<Record<string, string | undefined>>, name: string): boolean =>
  ['Mark', 'Full', 'Word'].some((mark) => groups[`${name}${mark}`] !== undefined);

/** 0 to 24; "9 to 5 pm" begins in the morning, "2 to 5 pm" after noon. */
function hourOf(
  groups: Readonly<Record<string, string | undefined>>,
  name: string,
  markOfOther: string | null,
): number | null {
  const word = groups[`${name}Word`];
  if (word !== undefined) return word === 'noon' ? 12 : name === 'first' ? 0 : 24;
  const number = Number(groups[name]);
  const mark = (groups[`${name}Mark`] ?? '').replaceAll(/[ .]/g, '');
  const half = /^[ap]m$/.test(mark) ? mark : '';
  if (!Number.isInteger(number) || number > 24 || (half !== '' && (number > 12 || number === 0))) return null;
  if (half === '') {
    const isAfternoon = /p ?\.?m/.test(markOfOther ?? '') && number < 12 && number < Number(groups['last']);
    return isAfternoon ? number + 12 : number;
  }
  return (number % 12) + (half === 'pm' ? 12 : 0);
}

/**
 * Read before times: "on Mondays" are all of them, "on Monday" is one. Only full hours; of half past nothing is kept, so it
 * stays unread and blocks the answer.
 */
export function readCalendarParts(reading: Reading): readonly CalendarPart[] {
  const found: CalendarPart[] = [];
  for (const { pattern, read } of rules) {
    const { text, starts } = freeText(reading);
    const match = pattern.exec(text);
    const part = match && read(match.groups ?? {});
    if (!match || !part) continue;
    const { from, to } = tokensOf(starts, match.index, match.index + match[0].length);
    const words = match[0].trim();
    reading.take('part of the calendar', range(from, to), words);
    found.push({ ...part, words });
  }
  return found;
}
