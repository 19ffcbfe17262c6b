import { type RawBuilder, sql } from 'kysely';
import type { Catalogue, EntityDefinition } from '../../catalogue/catalogue.ts';
import type { Way } from '../../catalogue/paths.ts';
import type { Condition } from '../condition.ts';
import { compileConditions } from './compile-condition.ts';
import { type Moment, rowSource } from './row-source.ts';

/** A dimension may have more values than this; then only those that begin like the word are looked at. */
export const mostValues = 5000;

/**
 * Distinct values of one column among the rows that the conditions leave.
 *
 * @param prefix only values of which a word begins so, whatever the case; null = all
 */
export function compileValues(
  catalogue: Catalogue,
  entity: EntityDefinition,
  way: Way,
  conditions: readonly Condition[],
  prefix: string | null,
  moment: Moment,
): RawBuilder<{ readonly value: string }> {
  const source = rowSource(catalogue, entity, moment);
  const column = source.column(way);
  const starts = prefix === null ? [] : [sql<boolean>`${column} ilike ${`${escapeLike(prefix)}%`}`];
  const where = sql.join(
    [source.isFact, sql<boolean>`${column} is not null`, ...compileConditions(source, conditions), ...starts],
    sql` and `,
  );
  return sql<{
    value: string;
  }>`select distinct ${column} as value ${source.from()} where ${where} limit 5001`;
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);
}
