import { type RawBuilder, sql } from 'kysely';
import type { Catalogue, EntityDefinition } from '../../catalogue/catalogue.ts';
import type { Way } from '../../catalogue/paths.ts';
import type { Condition } from '../condition.ts';
import type { AbsoluteRange } from '../resolve/time-range.ts';
import { type BesideColumn, compileBeside } from './compile-beside.ts';
import { compileConditions } from './compile-condition.ts';
import { type Moment, type RowSource, rowSource } from './row-source.ts';
import { inRange, snapshotTable } from './snapshot-table.ts';

/** Rows of one entity. */
export interface Listing {
  readonly entity: EntityDefinition;
  readonly columns: readonly (Way | BesideColumn)[];
  readonly conditions: readonly Condition[];
  readonly time: { readonly way: Way; readonly range: AbsoluteRange } | null;
  /** One row of each value: the first in the order. */
  readonly onePer?: Way;
  readonly orderBy: readonly ListOrder[];
  readonly limit: number;
  readonly skip: number;
  readonly moment: Moment;
  /** Gives the id of each row as `row_id`. */
  readonly withIds?: boolean;
}

export interface ListOrder {
  readonly way: Way | BesideColumn;
  readonly direction: 'asc' | 'desc';
  /** Values from the lowest to the highest, where they have an order that their letters do not tell. */
  readonly ranks?: readonly string[];
}

export type ListRow = Readonly<Record<`c${number}`, unknown>> & { readonly row_id?: string };

/** One row more than the limit is read, to know whether there are more. */
export function compileList(catalogue: Catalogue, listing: Listing): RawBuilder<ListRow> {
  const source = rowSource(
    catalogue,
    listing.entity,
    listing.moment,
    snapshotTable(listing.entity, listing.time?.range ?? null),
  );
  const columns = listing.columns.map(
    (way, index) => sql`${shownValue(source, way)} as ${sql.ref(`c${index}`)}`,
  );
  if (listing.withIds === true) columns.push(sql`t.id as row_id`);
  const order = sql.join(orderOf(source, listing));
  const page = sql`limit ${listing.limit + 1} offset ${listing.skip}`;
  if (listing.onePer === undefined) {
    const where = conditionsOf(source, listing);
    return sql<ListRow>`select ${sql.join(columns)} ${source.from()} where ${where} order by ${order} ${page}`;
  }
  const places = [
    ...columns,
    placeOf(source, listing, listing.onePer),
    sql`row_number() over (order by ${order}) as at`,
  ];
  const where = conditionsOf(source, listing);
  const shown = [
    ...listing.columns.map((_, index) => sql.ref(`c${index}`)),
    ...(listing.withIds === true ? [sql.ref('row_id')] : []),
  ];
  return sql<ListRow>`select ${sql.join(shown)} from (select ${sql.join(places)} ${source.from()} where ${where}) placed where place = 1 order by at ${page}`;
}

const shownValue = (source: RowSource, column: Way | BesideColumn): RawBuilder<unknown> =>
  'records' in column ? compileBeside(source, column) : source.column(column);

function orderOf(source: RowSource, { orderBy }: Listing): readonly RawBuilder<unknown>[] {
  return [
    ...orderBy.map(({ way, direction, ranks }) => {
      const column = shownValue(source, way);
      const by = ranks ? sql`array_position(${sql.val([...ranks])}::text[], ${column}::text)` : column;
      return direction === 'asc' ? sql`${by} asc nulls last` : sql`${by} desc nulls last`;
    }),
    ...source.tieBreakers,
  ];
}

/** 1 for the row of each value that is shown. */
const placeOf = (source: RowSource, listing: Listing, onePer: Way): RawBuilder<unknown> =>
  sql`row_number() over (partition by ${source.column(onePer)} order by ${sql.join(orderOf(source, listing))}) as place`;

/** All rows of a list together; one row of each currency where amounts are added up. */
export interface TotalsRow {
  readonly many: number;
  readonly amount: number | null;
  readonly in_currency?: string | null;
}

/** Counts the rows of a list, and adds an amount of theirs up, however many of them are shown. */
export function compileTotals(
  catalogue: Catalogue,
  listing: Listing,
  { amount, currency }: { readonly amount: Way | null; readonly currency: Way | null },
): RawBuilder<TotalsRow> {
  const source = rowSource(
    catalogue,
    listing.entity,
    listing.moment,
    snapshotTable(listing.entity, listing.time?.range ?? null),
  );
  const grouping = currency ? sql` group by in_currency order by in_currency` : sql``;
  const counted = (value: RawBuilder<unknown> | null, of: RawBuilder<unknown> | null) =>
    sql.join([
      sql`count(*) as many`,
      value ? sql`sum(${value}) as amount` : sql`null as amount`,
      ...(of ? [sql`${of} as in_currency`] : []),
    ]);
  const value = amount && source.column(amount);
  const of = currency && source.column(currency);
  if (listing.onePer === undefined) {
    const where = conditionsOf(source, listing);
    return sql<TotalsRow>`select ${counted(value, of)} ${source.from()} where ${where}${grouping}`;
  }
  const rows = sql.join([
    sql`${value ?? sql`null`} as worth`,
    sql`${of ?? sql`null`} as unit`,
    placeOf(source, listing, listing.onePer),
  ]);
  const where = conditionsOf(source, listing);
  return sql<TotalsRow>`select ${counted(value && sql.ref('worth'), of && sql.ref('unit'))} from (select ${rows} ${source.from()} where ${where}) placed where place = 1${grouping}`;
}

function conditionsOf(source: RowSource, { conditions, time, onePer }: Listing): RawBuilder<unknown> {
  const compiled = compileConditions(source, conditions);
  if (onePer) compiled.push(sql`${source.column(onePer)} is not null`);
  if (time) compiled.push(...inRange(source.column(time.way), time.range));
  return sql.join([source.isFact, ...compiled], sql` and `);
}
