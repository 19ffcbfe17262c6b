import { formatValue } from '../../charts/format-value.ts';
import type { ValueFormat } from '../../domain/chart-data.ts';
import type { AnswerColumn, AnswerData, CellValue } from '../../query/answer-data.ts';
import { upperFirst } from '../../toolkit/letter-case.ts';
import { digestResult, type ResultDigest } from './result-digest.ts';

/** Groups whose own change is told; beyond that a count says enough. */
const mostNamed = 3;

/**
 * What changed between an answer as it was kept and the same plan run now, in one sentence:
 * `Was 41, is now 44 (+3); 2 rows new, 1 gone.`
 *
 * @param salt id of the kept answer
 * @param additive whether the numbers of the groups may be added up
 */
export function tellDifference(
  salt: string,
  before: ResultDigest,
  now: Pick<AnswerData, 'columns' | 'rows' | 'truncated'>,
  additive: boolean,
): string {
  const after = digestResult(salt, now);
  const column = now.columns.find(({ role }) => role === 'metric');
  const at = column === undefined ? -1 : before.columns.indexOf(column.id);
  const earlier = new Map(before.rows.map((row) => [row.key, row]));
  const later = new Set(after.rows.map(({ key }) => key));
  const isGrouped = now.columns.some(({ role }) => role === 'dimension');
  const parts: string[] = [];
  if (
    column !== undefined &&
    at !== -1 &&
    (!isGrouped || (additive && !before.truncated && !after.truncated))
  )
    parts.push(...totalWords(column, sum(before, at), sum(after, 0)));
  if (isGrouped) {
    const added = after.rows.filter(({ key }) => !earlier.has(key)).length;
    const gone = before.rows.filter(({ key }) => !later.has(key)).length;
    const rows = column === undefined ? 'row' : 'group';
    const changed = changedRows(column, at, earlier, after, now);
    if (added > 0) parts.push(`${counted(added, rows)} new`);
    if (gone > 0) parts.push(added > 0 ? `${gone} gone` : `${counted(gone, rows)} gone`);
    if (changed.count > 0) parts.push(`${counted(changed.count, rows)} changed${changed.words}`);
  }
  if (parts.length === 0) return 'Nothing has changed since.';
  const [first = '', ...rest] = parts;
  return `${upperFirst(first)}${rest.map((part) => `; ${part}`).join('')}.`;
}

/** The sum of the groups; unknown when there is none. */
function sum({ rows }: ResultDigest, at: number): number | null {
  const known = rows.flatMap(({ values }) => values[at] ?? []);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

function totalWords(column: AnswerColumn, was: number | null, is: number | null): string[] {
  if (was === is) return [];
  return [`was ${written(column, was)}, is now ${written(column, is)}${step(column, was, is)}`];
}

function changedRows(
  column: AnswerColumn | undefined,
  at: number,
  earlier: ReadonlyMap<string, ResultDigest['rows'][number]>,
  after: ResultDigest,
  now: Pick<AnswerData, 'columns' | 'rows'>,
): { readonly count: number; readonly words: string } {
  const changed = after.rows.flatMap((row, index) => {
    const old = earlier.get(row.key);
    if (old === undefined) return [];
    if (column === undefined) return old.content === row.content ? [] : [{ index, was: null, is: null }];
    const was = old.values[at] ?? null;
    const is = row.values[0] ?? null;
    return was === is ? [] : [{ index, was, is }];
  });
  if (column === undefined || changed.length === 0) return { count: changed.length, words: '' };
  const named = changed.slice(0, mostNamed).map(({ index, was, is }) => {
    const name = nameOf(now, now.rows[index] ?? []);
    return `${name} ${written(column, was)} → ${written(column, is)}`;
  });
  const more = changed.length > mostNamed ? ', …' : '';
  return { count: changed.length, words: ` (${named.join(', ')}${more})` };
}

function nameOf({ columns }: Pick<AnswerData, 'columns'>, row: readonly CellValue[]): string {
  return columns
    .flatMap((column, index) => {
      if (column.role !== 'dimension') return [];
      const cell = row[index] ?? null;
      if (cell === null) return ['(none)'];
      const word = String(cell);
      return [column.valueLabels?.[word] ?? word];
    })
    .join(' · ');
}

const formatOf = (column: AnswerColumn): ValueFormat => column.format ?? { kind: 'number' };

function written(column: AnswerColumn, value: number | null): string {
  return value === null ? 'unknown' : formatValue(value, formatOf(column));
}

function step(column: AnswerColumn, was: number | null, is: number | null): string {
  if (was === null || is === null) return '';
  const size = formatValue(Math.abs(is - was), formatOf(column));
  return ` (${is > was ? '+' : '-'}${size})`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
