import { type DateFormat, monthNames } from './date-format.ts';
import { type Explanation, explainCell } from './explain-number.ts';

const numeric = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,]+(\d{1,2}):(\d{2}).*)?$/;

/**
 * Explains why a cell is no date in a declared format, and names the format that it is probably written in.
 *
 * @param key what the format is called in a mapping: `date` for days, `instant` for days with a time
 */
export function explainDate(text: string, format: DateFormat, key: 'date' | 'instant'): Explanation {
  const general = explainCell(text);
  if (general !== null) return general;
  const problem = format.problem(text);
  if (problem !== null) return { reason: problem, fix: 'correct it in the source' };
  const match = numeric.exec(text.trim());
  if (match !== null) return explainNumeric(match, format, key);
  if (/^\d+(?:[.,]\d+)?$/.test(text.trim())) {
    const counted = explainDigits(text.trim(), key);
    if (counted !== null) return counted;
  }
  if (/^[+-]?\d{5,}-\d{1,2}-\d{1,2}/.test(text.trim()))
    return { reason: 'has a year of more than four digits', fix: 'correct it in the source' };
  if (/^(?:fy)?\s?'?\d{2,4}[ /,-]*q[1-4]$|^q[1-4][ /,-]*(?:fy)?\s?'?\d{2,4}$/i.test(text.trim())) {
    const fix = `write ${key}: fiscal-quarter and fiscalYearStart: 1 (the month) in the mapping to read its last day`;
    return { reason: 'is a quarter, not a day', fix };
  }
  const written =
    format.pattern === 'iso' ? 'an ISO 8601 date (2026-11-30)' : `a date written as ${format.pattern}`;
  return { reason: `is not ${written}`, fix: `write the format it has in the mapping: ${key}: d MMM yyyy` };
}

function explainNumeric(match: RegExpExecArray, format: DateFormat, key: string): Explanation {
  const [, first = '', sign = '', second = '', year = '', hour] = match;
  const yearLetters = year.length === 2 ? 'yy' : 'yyyy';
  const time = hour === undefined ? '' : ' H:mm';
  const dayFirst = `d${sign}M${sign}${yearLetters}${time}`;
  const monthFirst = `M${sign}d${sign}${yearLetters}${time}`;
  if (year.length === 2 && !format.pattern.includes('yy')) {
    const fix = `write ${key}: ${dayFirst} or ${key}: ${monthFirst} in the mapping; 00 to 69 are then 2000 to 2069`;
    return { reason: `has a year of two digits: ${year} may be 19${year} or 20${year}`, fix };
  }
  const one = Number(first);
  const two = Number(second);
  if (one > 12 && two > 12) return { reason: 'names no month', fix: 'correct it in the source' };
  if (one > 12 || two > 12) {
    const fits = one > 12 ? dayFirst : monthFirst;
    const reason = `is not ${format.pattern === 'iso' ? 'an ISO 8601 date' : `a date written as ${format.pattern}`}`;
    return { reason, fix: `write ${key}: ${fits} in the mapping if all dates of the column look like this` };
  }
  const name = (day: number, month: number): string => `${day} ${monthNames[month - 1] ?? ''} ${year}`;
  const reason =
    one === two
      ? `is ${name(one, two)} in an order nobody declared`
      : `may be ${name(one, two)} or ${name(two, one)}`;
  return { reason, fix: `say which in the mapping: ${key}: ${dayFirst} or ${key}: ${monthFirst}` };
}

/** Digits alone may count seconds or days; where the result is a plausible day it is shown. */
function explainDigits(text: string, key: string): Explanation | null {
  const counts: readonly (readonly [RegExp, string, number])[] = [
    [/^\d{10}$/, 'epoch-seconds', 1_000],
    [/^\d{13}$/, 'epoch-milliseconds', 1],
    [/^\d{16}$/, 'epoch-microseconds', 0.001],
  ];
  const found = counts.find(([shape]) => shape.test(text));
  if (found !== undefined) {
    const [, pattern, unit] = found;
    const day = new Date(Number(text) * unit).toISOString().slice(0, 10);
    const what = pattern.replace('epoch-', '');
    return {
      reason: `looks like ${what} since 1970 (${day})`,
      fix: `write ${key}: ${pattern} in the mapping`,
    };
  }
  if (/^(?:19|20)\d{6}$/.test(text))
    return { reason: 'is written without separators', fix: `write ${key}: yyyyMMdd in the mapping` };
  if (/^[2-6]\d{4}(?:[.,]\d+)?$/.test(text)) {
    const days = Math.floor(Number(text.replace(',', '.')));
    const day = new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10);
    return {
      reason: `looks like the day number of a spreadsheet (${day})`,
      fix: `write ${key}: excel in the mapping`,
    };
  }
  return null;
}
