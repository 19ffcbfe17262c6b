import { type RawBuilder, sql } from 'kysely';
import type { Catalogue, EntityDefinition } from '../../catalogue/catalogue.ts';
import type { Condition } from '../condition.ts';
import { compileConditions } from './compile-condition.ts';
import { type Moment, rowSource } from './row-source.ts';

/** Whether any row of an entity meets the conditions: one row, or none. */
export function compileAnyRow(
  catalogue: Catalogue,
  entity: EntityDefinition,
  conditions: readonly Condition[],
  moment: Moment,
): RawBuilder<{ readonly found: number }> {
  const source = rowSource(catalogue, entity, moment);
  const where = sql.join([source.isFact, ...compileConditions(source, conditions)], sql` and `);
  return sql<{ found: number }>`select 1 as found ${source.from()} where ${where} limit 1`;
}
