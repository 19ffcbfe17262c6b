import type { DateFormat, ParsedDate } from './date-format.ts';

/** Names of the formats that count instead of writing a calendar day. */
export const countedFormats = [
  'epoch-seconds',
  'epoch-milliseconds',
  'epoch-microseconds',
  'excel',
  'fiscal-quarter',
] as const;

type Counted = (typeof countedFormats)[number];

const DAY_MS = 86_400_000;
/** Day 0 of Excel's calendar from day 61 on; before it stands a 29 February 1900 that never was. */
const EXCEL_ZERO_MS = Date.UTC(1899, 11, 30);
const EXCEL_AFTER_ITS_ERROR = 61;

const readers: Readonly<Record<Counted, (text: string, fiscalYearStart: number) => ParsedDate | null>> = {
  'epoch-seconds': (text) => sinceEpoch(text, 1_000),
  'epoch-milliseconds': (text) => sinceEpoch(text, 1),
  'epoch-microseconds': (text) => sinceEpoch(text, 0.001),
  excel: (text) => excelDay(text),
  'fiscal-quarter': (text, fiscalYearStart) => lastDayOfQuarter(text, fiscalYearStart),
};

/**
 * Dates that are counted: seconds, milliseconds or microseconds since 1970 in UTC; `excel`, the days of a spreadsheet
 * (1900 calendar) with the time as their fraction; `fiscal-quarter`, the last day of `Q3 FY2026`, `FY26-Q3` or
 * `2026 Q3`, where a fiscal year is called by the year in which it ends.
 *
 * @param fiscalYearStart month in which the fiscal year begins, 1-12
 * @returns null for any other pattern
 */
export function countedDate(pattern: string, fiscalYearStart: number): DateFormat | null {
  if (!countedFormats.includes(pattern as Counted)) return null;
  const read = readers[pattern as Counted];
  return {
    pattern,
    hasTime: pattern !== 'fiscal-quarter',
    parse: (text) => read(text.trim(), fiscalYearStart),
    problem: () => null,
  };
}

function sinceEpoch(text: string, unitMs: number): ParsedDate | null {
  if (!/^-?\d{1,17}(?:\.\d{1,9})?$/.test(text)) return null;
  const parsed = partsOf(Math.round(Number(text) * unitMs));
  return parsed === null ? null : { ...parsed, offsetMinutes: 0 };
}

function excelDay(text: string): ParsedDate | null {
  if (!/^\d{1,7}(?:[.,]\d{1,15})?$/.test(text)) return null;
  const serial = Number(text.replace(',', '.'));
  if (serial < 1 || (serial >= 60 && serial < EXCEL_AFTER_ITS_ERROR)) return null;
  const days = serial < EXCEL_AFTER_ITS_ERROR ? serial + 1 : serial;
  // A fraction of a day is stored with an error of microseconds; spreadsheets show seconds.
  return partsOf(EXCEL_ZERO_MS + Math.round((days * DAY_MS) / 1_000) * 1_000);
}

/** @returns null outside the years that are read */
function partsOf(instant: number): ParsedDate | null {
  const at = new Date(instant);
  const year = at.getUTCFullYear();
  if (Number.isNaN(year) || year < 1900 || year > 2200) return null;
  return {
    year,
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    millisecond: at.getUTCMilliseconds(),
    offsetMinutes: null,
  };
}

const yearOf = "(?:fy\\s?)?'?(?<year>\\d{4}|\\d{2})";
const quarterFirst = new RegExp(`^q(?<quarter>[1-4])\\s*[-/,]?\\s*${yearOf}$`, 'i');
const yearFirst = new RegExp(`^${yearOf}\\s*[-/,]?\\s*q(?<quarter>[1-4])$`, 'i');

function lastDayOfQuarter(text: string, fiscalYearStart: number): ParsedDate | null {
  const groups = (quarterFirst.exec(text) ?? yearFirst.exec(text))?.groups;
  if (groups === undefined) return null;
  const written = Number(groups['year']);
  const named = (groups['year'] ?? '').length === 2 ? 2000 + written : written;
  const firstYear = fiscalYearStart === 1 ? named : named - 1;
  // Day 0 of the month after the quarter is its last day.
  const monthsIn = fiscalYearStart - 1 + Number(groups['quarter']) * 3;
  return partsOf(Date.UTC(firstYear, monthsIn, 0));
}
