import { countedDate } from './counted-date.ts';
import { instantOf, type WallTime } from './zoned-time.ts';

/**
 * Date formats are explicit, because 3/4/2017 is two different days. Letters as in Unicode's date patterns: yyyy, yy,
 * M, MM, MMM (English name), d, dd, H, HH, h, hh, m, mm, s, ss, SSS, a (AM/PM), XXX (offset or Z); text in '…' is
 * itself. `iso` stands for ISO 8601 dates and times, with or without an offset. Counted dates have names: see
 * counted-date.ts.
 */
export interface DateFormat {
  readonly pattern: string;
  readonly hasTime: boolean;
  /** @returns null when the text does not follow the pattern or names no real day */
  parse(text: string): ParsedDate | null;
  /** Why a text that follows the pattern names no real day or time; null when it does not follow the pattern. */
  problem(text: string): string | null;
}

export interface ParsedDate extends WallTime {
  /** Minutes east of UTC where the text says so. */
  readonly offsetMinutes: number | null;
}

export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2200;

export const monthNames: readonly string[] = [
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

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const tokens: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortYear>\\d{2})',
  MMM: '(?<monthName>[A-Za-z]{3})[a-z]*\\.?',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour12>\\d{2})',
  h: '(?<hour12>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  m: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d{2})',
  s: '(?<second>\\d{1,2})',
  SSS: '(?<millisecond>\\d{3})',
  a: '(?<half>[AaPp]\\.?[Mm]\\.?)',
  XXX: '(?<offset>Z|[+-]\\d{2}:?\\d{2})',
};

const isoPattern =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?: ?(?<offset>Z|[+-]\d{2}(?::?\d{2})?))?)?$/;

/** @throws Error naming the letter that is not known */
export function compileDateFormat(pattern: string, fiscalYearStart = 1): DateFormat {
  const counted = countedDate(pattern, fiscalYearStart);
  if (counted !== null) return counted;
  if (pattern === 'iso') return formatOf(pattern, isoPattern, true);
  let source = '';
  let hasTime = false;
  const pieces = pattern.matchAll(/'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+/g);
  for (const piece of pieces) {
    const [whole, quoted, letter] = piece;
    if (quoted !== undefined) source += escapeLiteral(quoted);
    else if (letter === undefined) source += escapeLiteral(whole).replace(/\s+/g, '\\s+');
    else {
      const token = Object.hasOwn(tokens, whole) ? tokens[whole] : undefined;
      if (token === undefined) throw new Error(`"${whole}" is not a letter of a date format`);
      if (letter === 'H' || letter === 'h') hasTime = true;
      source += token;
    }
  }
  const missing = [/y/, /M/, /d/].some((letter) => !letter.test(pattern));
  if (missing) throw new Error('a date format needs year (yyyy), month (M) and day (d)');
  return formatOf(pattern, compileRegex(source), hasTime);
}

/** A letter that stands twice gives two groups of one name, which is no expression. */
function compileRegex(source: string): RegExp {
  try {
    return new RegExp(`^${source}$`);
  } catch {
    throw new Error('a letter stands twice');
  }
}

function formatOf(pattern: string, regex: RegExp, hasTime: boolean): DateFormat {
  const read = (text: string): ParsedDate | string | null => {
    const groups = regex.exec(text.trim())?.groups;
    return groups === undefined ? null : checked(groups);
  };
  return {
    pattern,
    hasTime,
    parse(text) {
      const parsed = read(text);
      return typeof parsed === 'string' ? null : parsed;
    },
    problem(text) {
      const parsed = read(text);
      return typeof parsed === 'string' ? parsed : null;
    },
  };
}

/** @returns the date, or what is impossible about it */
function checked(groups: Readonly<Record<string, string | undefined>>): ParsedDate | string {
  const year = groups['year'] === undefined ? fullYear(Number(groups['shortYear'])) : Number(groups['year']);
  const month =
    groups['monthName'] === undefined
      ? Number(groups['month'])
      : months.indexOf(groups['monthName'].toLowerCase()) + 1;
  const day = Number(groups['day']);
  const hour = hourOf(groups);
  const minute = Number(groups['minute'] ?? 0);
  const second = Number(groups['second'] ?? 0);
  if (month < 1 || month > 12) {
    return groups['monthName'] === undefined
      ? `names month ${month}; a year has twelve`
      : `names "${groups['monthName']}", which is no English month`;
  }
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return `is in the year ${year}; years from ${FIRST_YEAR} to ${LAST_YEAR} are read`;
  const last = daysIn(year, month);
  if (day < 1 || day > last) return `names no day: ${monthNames[month - 1] ?? ''} ${year} has ${last} days`;
  if (hour === 24) return 'names the hour 24; midnight is 00:00 of the next day';
  if (hour === null || hour > 23 || minute > 59 || second > 59) return 'names no time of a day';
  const fraction = groups['millisecond'] ?? groups['fraction'] ?? '';
  const millisecond = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offsetMinutes = offsetOf(groups['offset']);
  if (offsetMinutes !== null && Math.abs(offsetMinutes) > 18 * 60)
    return `names an offset of ${groups['offset'] ?? ''}, which no place on earth has`;
  return { year, month, day, hour, minute, second, millisecond, offsetMinutes };
}

function hourOf(groups: Readonly<Record<string, string | undefined>>): number | null {
  if (groups['hour12'] === undefined) return Number(groups['hour'] ?? 0);
  const hour = Number(groups['hour12']);
  if (hour < 1 || hour > 12) return null;
  const afternoon = /^p/i.test(groups['half'] ?? '');
  return (hour % 12) + (afternoon ? 12 : 0);
}

function offsetOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (text === 'Z') return 0;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return text.startsWith('-') ? -minutes : minutes;
}

const fullYear = (short: number): number => (short < 70 ? 2000 + short : 1900 + short);

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysIn = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0);

const escapeLiteral = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Instant of a parsed date; its own offset wins over the zone. */
export function toInstant(parsed: ParsedDate, zone: string): Date {
  if (parsed.offsetMinutes === null) return new Date(instantOf(parsed, zone));
  return new Date(instantOf(parsed, 'UTC') - parsed.offsetMinutes * 60_000);
}

/** Calendar day as written, `YYYY-MM-DD`. */
export function toDay(parsed: ParsedDate): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${parsed.year}-${two(parsed.month)}-${two(parsed.day)}`;
}
