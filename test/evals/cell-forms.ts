import { Temporal } from 'temporal-polyfill';
import { normalWords } from '../../src/catalogue/lookup.ts';
import type { AnswerColumn, CellValue } from '../../src/query/answer-data.ts';
import type { ExpectedCell } from './expected-rows.ts';

/** Texts under which a cell may be met; two cells are equal when they share one. */
type Forms = ReadonlySet<string>;

/** Forms of an answer's cell: stored word, shown word, and for times the bucket in its usual spellings. */
export function answerForms(value: CellValue, column: AnswerColumn, zone: string): Forms {
  if (value === null) return new Set(['']);
  const shown = column.valueLabels?.[String(value)];
  const forms = new Set([textForm(String(value)), ...(shown === undefined ? [] : [textForm(shown)])]);
  if (column.type === 'date') for (const form of dateForms(String(value).slice(0, 10))) forms.add(form);
  if (column.type === 'instant') for (const form of instantForms(String(value), zone)) forms.add(form);
  return forms;
}

const isoDate = /^\d{4}-\d{2}-\d{2}$/;
const wallTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?$/;
const zonedTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}(?::?\d{2})?)$/;

/** What people write where there is nothing: "unassigned", "(none)", "no region". */
const nothing = /^\(?(?:none|unknown|unassigned|unset|not set|nobody|n\/a|(?:no|without) [a-z ]+|-)\)?$/i;

/** Forms of an expected cell; a time at midnight (of the zone, of UTC or of no zone) is its day. */
export function expectedForms(value: ExpectedCell, zone: string): Forms {
  if (value === null) return new Set(['']);
  const text = String(value).trim();
  if (isoDate.test(text)) return new Set([text]);
  const wall = wallTime.exec(text);
  if (wall) return new Set(wall[2] === '00:00:00' ? [wall[1] ?? ''] : [`${wall[1] ?? ''}t${wall[2] ?? ''}`]);
  if (nothing.test(text)) return new Set(['', textForm(text)]);
  if (!zonedTime.test(text)) return new Set([textForm(text)]);
  const at = Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00'));
  const days = [zone, 'UTC']
    .map((name) => at.toZonedDateTimeISO(name))
    .filter((local) => local.hour === 0 && local.minute === 0 && local.second === 0)
    .map((local) => local.toPlainDate().toString());
  return new Set([instantForm(at), ...days]);
}

function instantForms(text: string, zone: string): readonly string[] {
  if (isoDate.test(text)) return dateForms(text);
  const at = Temporal.Instant.from(text);
  const local = at.toZonedDateTimeISO(zone).toPlainDateTime();
  return [
    instantForm(at),
    local.toPlainDate().toString(),
    `${local.toPlainDate().toString()}t${local.toPlainTime().toString({ smallestUnit: 'second' })}`,
  ];
}

const instantForm = (at: Temporal.Instant): string => `@${Math.floor(at.epochMilliseconds / 1000)}`;

/** The day, and the month, quarter, year or week that begins with it. */
function dateForms(text: string): readonly string[] {
  if (!isoDate.test(text)) return [text];
  const day = Temporal.PlainDate.from(text);
  const forms = [text];
  if (day.dayOfWeek === 1 && day.weekOfYear !== undefined)
    forms.push(textForm(`${day.yearOfWeek ?? day.year}-W${String(day.weekOfYear).padStart(2, '0')}`));
  if (day.day !== 1) return forms;
  forms.push(textForm(text.slice(0, 7)));
  const quarter = (day.month - 1) / 3 + 1;
  if (Number.isInteger(quarter))
    forms.push(textForm(`${day.year}-Q${quarter}`), textForm(`Q${quarter} ${day.year}`));
  if (day.month === 1) forms.push(String(day.year));
  return forms;
}

/** Case, outer blanks, underscores and hyphens make no difference, nor does the nought of "09"; a day keeps its hyphens. */
function textForm(text: string): string {
  const trimmed = text.trim();
  return isoDate.test(trimmed) ? trimmed : normalWords(trimmed).replace(/^0(?=\d$)/, '');
}
