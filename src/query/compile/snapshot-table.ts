import { type RawBuilder, sql } from 'kysely';
import type { EntityDefinition } from '../../catalogue/catalogue.ts';
import { realColumns } from '../../catalogue/own-tables.ts';
import type { AbsoluteRange } from '../resolve/time-range.ts';
import { columnRef } from './column-ref.ts';

export function inRange(column: RawBuilder<unknown>, range: AbsoluteRange): RawBuilder<boolean>[] {
  const parts: RawBuilder<boolean>[] = [];
  if (range.start !== null) parts.push(sql<boolean>`${column} >= ${range.start}`);
  if (range.end !== null) parts.push(sql<boolean>`${column} < ${range.end}`);
  return parts;
}

/** An entity's table; of states by day only the newest row of each subject in the range, or in each bucket. */
export function snapshotTable(
  entity: EntityDefinition,
  range: AbsoluteRange | null,
  bucketOf: (day: RawBuilder<unknown>) => RawBuilder<unknown> | null = () => null,
): RawBuilder<unknown> {
  const table = sql.table(entity.table);
  if (!entity.snapshot) return table;
  const { snapshot } = entity;
  const columns = sql.join(realColumns(entity).map((column) => sql`s.${sql.id(column)}`));
  const day = columnRef('s', entity, snapshot.day);
  const by = snapshot.by.map((column) => columnRef('s', entity, column));
  const bucketed = bucketOf(day);
  const within = range ? inRange(day, range) : [];
  const where = within.length > 0 ? sql` where ${sql.join(within, sql` and `)}` : sql``;
  if (!bucketed) {
    const subject = sql.join(by);
    return sql`(select distinct on (${subject}) ${columns} from ${table} as s${where} order by ${subject}, ${day} desc)`;
  }
  // The bucket is computed once and named: the same expression with other parameter numbers would be another one.
  const subject = sql.join(snapshot.by.map((column) => columnRef('b', entity, column)));
  const newest = columnRef('b', entity, snapshot.day);
  return sql`(select distinct on (${subject}, b.bucket) b.* from (select ${columns}, ${bucketed} as bucket from ${table} as s${where}) as b order by ${subject}, b.bucket, ${newest} desc)`;
}
