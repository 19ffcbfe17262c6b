import { type RawBuilder, sql } from 'kysely';
import type { Catalogue, EntityDefinition } from '../../catalogue/catalogue.ts';
import type { Way } from '../../catalogue/paths.ts';
import type { Condition } from '../condition.ts';
import { compileConditions } from './compile-condition.ts';
import { type Moment, rowSource } from './row-source.ts';

/** More groups than this are no answer when each is shown, found or not; one more is fetched to notice it. */
export const mostShownGroups = 5000;

/** What a column shows, and the id behind it, of every row that the conditions leave. */
export function compileGroups(
  catalogue: Catalogue,
  entity: EntityDefinition,
  { way, key }: { readonly way: Way; readonly key: Way | null },
  conditions: readonly Condition[],
  moment: Moment,
): RawBuilder<{ readonly shown: unknown; readonly id: unknown }> {
  const source = rowSource(catalogue, entity, moment);
  const shown = source.column(way);
  const id = key ? source.column(key) : shown;
  const where = sql.join(
    [source.isFact, sql<boolean>`${shown} is not null`, ...compileConditions(source, conditions)],
    sql` and `,
  );
  return sql`select distinct ${shown} as shown, ${id} as id ${source.from()} where ${where} limit 5001`;
}
