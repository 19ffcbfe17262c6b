import { type RawBuilder, sql } from 'kysely';
import type { Way } from '../../catalogue/paths.ts';
import type { RelatedRecords } from '../condition.ts';
import type { Beside } from '../metric-query.ts';
import { recordsOf } from './compile-condition.ts';
import type { RowSource } from './row-source.ts';

/** A column of a list that other records of each row tell. */
export interface BesideColumn {
  readonly show: Beside['show'];
  readonly records: RelatedRecords;
  /** What is told of them; null: they are counted. */
  readonly way: Way | null;
  /** The time by which one of them is the latest. */
  readonly by: Way | null;
  /** In which currency each amount is. */
  readonly currency: Way | null;
}

/** One value for each row; a count is never empty. */
export function compileBeside(source: RowSource, column: BesideColumn): RawBuilder<unknown> {
  const { show, way, by } = column;
  const { records, where } = recordsOf(source, column.records);
  if (show === 'latest' && way && by) {
    const value = records.column(way);
    const time = records.column(by);
    const order = [sql`${time} desc nulls last`, ...records.tieBreakers];
    return sql`(select ${value} ${records.from()} where ${where} order by ${sql.join(order)} limit 1)`;
  }
  const value = way && records.column(way);
  const shown = aggregate(show, value, column.currency && records.column(column.currency));
  return sql`(select ${shown} ${records.from()} where ${where})`;
}

/** Amounts in several currencies have no sum. */
function aggregate(
  show: Beside['show'],
  value: RawBuilder<unknown> | null,
  currency: RawBuilder<unknown> | null,
): RawBuilder<unknown> {
  if (value === null) return sql`count(*)::int`;
  switch (show) {
    case 'sum':
      return currency === null
        ? sql`sum(${value})::float8`
        : sql`case when count(distinct ${currency}) <= 1 then sum(${value})::float8 end`;
    case 'average':
      return sql`avg(${value})::float8`;
    case 'lowest':
      return sql`min(${value})`;
    default:
      return sql`max(${value})`;
  }
}
