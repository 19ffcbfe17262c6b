import { type RawBuilder, sql } from 'kysely';
import type { Catalogue, EntityDefinition } from '../../catalogue/catalogue.ts';
import type { Way } from '../../catalogue/paths.ts';
import type { Condition } from '../condition.ts';
import type { AbsoluteRange } from '../resolve/time-range.ts';
import { columnRef } from './column-ref.ts';
import { compileConditions } from './compile-condition.ts';
import { type Moment, type RowSource, rowSource } from './row-source.ts';
import { inRange, snapshotTable } from './snapshot-table.ts';

export interface ListOrder {
  readonly way: Way;
  readonly direction: 'asc' | 'desc';
  /** Its values in their own order, where the alphabet says nothing: urgent, high, normal, low. */
  readonly values?: readonly string[];
}

/** Rows of one entity. */
export interface Listing {
  readonly entity: EntityDefinition;
  readonly columns: readonly Way[];
  readonly conditions: readonly Condition[];
  readonly time: { readonly way: Way; readonly range: AbsoluteRange } | null;
  readonly orderBy: readonly ListOrder[];
  readonly limit: number;
  readonly skip: number;
  readonly moment: Moment;
  /** Gives the id of each row as `row_id`. */
  readonly withIds?: boolean;
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
  const columns = listing.columns.map((way, index) => sql`${source.column(way)} as ${sql.ref(`c${index}`)}`);
  if (listing.withIds === true) columns.push(sql`t.id as row_id`);
  const order = [
    ...listing.orderBy.map(({ way, direction, values }) => {
      const column = source.column(way);
      const by = values ? sql`array_position(${sql.val([...values])}::text[], ${column}::text)` : column;
      return direction === 'asc' ? sql`${by} asc nulls last` : sql`${by} desc nulls last`;
    }),
    ...tieBreakers(listing.entity),
  ];
  const where = conditionsOf(source, listing);
  return sql<ListRow>`select ${sql.join(columns)} ${source.from()} where ${where} order by ${sql.join(order)} limit ${listing.limit + 1} offset ${listing.skip}`;
}

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
  const columns = [
    sql`count(*) as many`,
    amount ? sql`sum(${source.column(amount)}) as amount` : sql`null as amount`,
    ...(currency ? [sql`${source.column(currency)} as in_currency`] : []),
  ];
  const grouping = currency ? sql` group by in_currency order by in_currency` : sql``;
  const where = conditionsOf(source, listing);
  return sql<TotalsRow>`select ${sql.join(columns)} ${source.from()} where ${where}${grouping}`;
}

function conditionsOf(source: RowSource, { conditions, time }: Listing): RawBuilder<unknown> {
  const compiled = compileConditions(source, conditions);
  if (time) compiled.push(...inRange(source.column(time.way), time.range));
  return sql.join([source.isFact, ...compiled], sql` and `);
}

/** So that the same question gives the same rows. */
function tieBreakers(entity: EntityDefinition): RawBuilder<unknown>[] {
  const columns = Object.hasOwn(entity.columns, entity.key)
    ? [entity.key]
    : (entity.snapshot?.by ?? [entity.titleColumn]);
  return columns.map((column) => columnRef('t', entity, column));
}
