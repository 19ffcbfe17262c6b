import { compileDateFormat, toInstant } from './date-format.ts';
import { explainDate } from './explain-date.ts';

const formats = [
  'iso',
  'yyyy/M/d HH:mm',
  'yyyy/M/d',
  'd MMM yyyy HH:mm',
  'd MMM yyyy',
  'MMM d yyyy HH:mm',
  'MMM d yyyy h:mm a',
  'MMM d yyyy',
  'd.M.yyyy HH:mm',
  'd.M.yyyy',
].map(compileDateFormat);

/** Abbreviations that name one offset only; "IST" or "CST" are several places at once and are left alone. */
const offsets: Readonly<Record<string, string>> = {
  UTC: 'Z',
  GMT: 'Z',
  CET: '+01:00',
  CEST: '+02:00',
  EST: '-05:00',
  EDT: '-04:00',
  PST: '-08:00',
  PDT: '-07:00',
};

/** Month and day in an unknown order, unless one of them can only be the day. */
const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(.*)$/;

/**
 * Reads a date as people write it, where it leaves no room for doubt: `2026-11-02 14:30 CET`, `2 November 2026`,
 * `Nov 2, 2026`, `25/12/2026`. UTC unless it says more.
 *
 * @returns null for anything else, `03/04/2026` included
 */
export function readHumanDate(text: string): Date | null {
  const line = text.split('\n', 1)[0]?.trim() ?? '';
  const zone = /\s*\(?\b(UTC|GMT|CET|CEST|EST|EDT|PST|PDT)\b\)?\s*$/i.exec(line);
  const offset = zone === null ? null : (offsets[zone[1]?.toUpperCase() ?? ''] ?? null);
  const plain = unslash(zone === null ? line : line.slice(0, zone.index))
    .replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+/i, '')
    .replace(/(\d)(?:st|nd|rd|th)\b/g, '$1')
    .replace(/,/g, ' ')
    .replace(/\bat\b/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  for (const format of formats) {
    const parsed = format.parse(plain);
    if (parsed === null) continue;
    const offsetMinutes = offset === null ? parsed.offsetMinutes : minutesOf(offset);
    return toInstant({ ...parsed, offsetMinutes }, 'UTC');
  }
  return null;
}

const iso = compileDateFormat('iso');

/** Why `readHumanDate` does not read a text; continues "the date …". */
export function explainHumanDate(text: string): string {
  const line = (text.split('\n', 1)[0] ?? '')
    .replace(/\s*\(?\b(?:UTC|GMT|CES?T|E[SD]T|P[SD]T)\b\)?\s*$/i, '')
    .trim();
  const problem = iso.problem(line);
  if (problem !== null) return problem;
  const { reason } = explainDate(line, iso, 'date');
  return reason.startsWith('may be') ? reason : 'cannot be read without doubt';
}

function unslash(text: string): string {
  const match = slashed.exec(text);
  if (match === null) return text;
  const [, first = '', second = '', year = '', rest = ''] = match;
  if (Number(first) > 12) return `${first}.${second}.${year}${rest}`;
  if (Number(second) > 12) return `${second}.${first}.${year}${rest}`;
  return text;
}

function minutesOf(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  return offset.startsWith('-') ? -minutes : minutes;
}
