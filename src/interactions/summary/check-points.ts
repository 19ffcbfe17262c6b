import { plainWords } from '../../planner/bedrock/plain-words.ts';
import type { SummaryPoint, SummaryRecord } from '../../planner/summariser.ts';
import { numbersIn } from './numbers-in.ts';

/** A point that stands in its records, in words that are safe to show. */
export interface CheckedPoint {
  readonly text: string;
  /** Of the records it rests on, each once, in the order of the records. */
  readonly handles: readonly string[];
}

export type DropReason = 'no-record' | 'number' | 'address' | 'empty';

export interface CheckedPoints {
  readonly points: readonly CheckedPoint[];
  readonly dropped: readonly DropReason[];
}

const mostPoints = 6;
const longestPoint = 300;

/**
 * Lets through what can be checked: each point names records that were read, every number in it stands in one of them
 * (or counts them), and it holds no address. What fails is dropped and counted, never mended: a sentence with a wrong
 * number in it is wrong.
 */
export function checkPoints(
  points: readonly SummaryPoint[],
  records: readonly SummaryRecord[],
): CheckedPoints {
  const kept: CheckedPoint[] = [];
  const dropped: DropReason[] = [];
  for (const point of points.slice(0, mostPoints)) {
    const checked = checkPoint(point, records);
    if (typeof checked === 'string') dropped.push(checked);
    else kept.push(checked);
  }
  return { points: kept, dropped };
}

function checkPoint(point: SummaryPoint, records: readonly SummaryRecord[]): CheckedPoint | DropReason {
  const cited = records.filter(({ handle }) => point.handles.includes(handle));
  const known = new Set(cited.map(({ handle }) => handle));
  // One made-up record among real ones: the point rests on something that is not there.
  if (cited.length === 0 || point.handles.some((handle) => !known.has(handle))) return 'no-record';
  const text = withoutHandles(point.text);
  if (hasAddress(text)) return 'address';
  const plain = plainWords(text, longestPoint);
  if (!/\p{L}/u.test(plain)) return 'empty';
  const said = numbersIn(withoutDates(plain, cited));
  if (said === null) return 'number';
  const allowed = allowedNumbers(cited, records.length);
  if ([...said].some((number) => !allowed.has(number))) return 'number';
  return { text: plain, handles: cited.map(({ handle }) => handle) };
}

function allowedNumbers(cited: readonly SummaryRecord[], read: number): ReadonlySet<string> {
  const allowed = new Set([String(cited.length), String(read)]);
  for (const { title, lines } of cited) {
    for (const text of [title, ...lines.map((line) => line.text)]) {
      // Numerals that cannot be compared hold for none of the text: the digits beside them still do.
      const comparable = text.normalize('NFKC').replaceAll(/(?![0-9])\p{N}/gu, ' ');
      for (const number of numbersIn(comparable) ?? []) allowed.add(number);
    }
  }
  return allowed;
}

const months =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** Days on which the records were opened are true as dates, and only as dates: "on the 20th", never "20 times". */
function withoutDates(text: string, cited: readonly SummaryRecord[]): string {
  return cited.reduce((current, { openedOn }) => {
    const [year = '', month = '', day = ''] = openedOn.split('-');
    const name = new Date(`${openedOn}T00:00:00Z`).toLocaleString('en', { month: 'long', timeZone: 'UTC' });
    const number = Number(day);
    const dates = new RegExp(
      `\\b(?:${year}-${month}-${day}|${number}(?:st|nd|rd|th)? (?:of )?(${months})(?:,? ${year})?|(${months}) ${number}(?:st|nd|rd|th)?(?:,? ${year})?)\\b`,
      'giu',
    );
    return current.replaceAll(dates, (written, before?: string, after?: string) => {
      const said = (before ?? after ?? '').toLowerCase().slice(0, 3);
      return said === '' || said === name.toLowerCase().slice(0, 3) ? ' ' : written;
    });
  }, text);
}

/** "(r1, r2)" at the end repeats what the ids say, in names that nobody outside knows. */
const withoutHandles = (text: string): string =>
  text.replaceAll(/\s*[([]\s*r\d{1,2}(?:\s*(?:,|and|&)\s*r\d{1,2})*\s*[)\]]/g, '');

/** Anything a chat might turn into a link: addresses with a scheme, mail addresses, bare hosts, machines by number. */
function hasAddress(text: string): boolean {
  const plain = text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '');
  return (
    /[a-z][a-z0-9+.-]*:\/\/|\b(?:www\.|mailto:|javascript:|data:|tel:)/i.test(plain) ||
    /[^\s@]@[^\s@]+\.[^\s@]/.test(plain) ||
    /[\p{L}\p{N}-]\.\p{Ll}{2,24}(?=$|[\s/:?#),.;!'"\]>|])/u.test(plain) ||
    /(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)/.test(plain)
  );
}
