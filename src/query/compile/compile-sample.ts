import { type RawBuilder, sql } from 'kysely';
import type { Catalogue, EntityDefinition } from '../../catalogue/catalogue.ts';
import type { Way } from '../../catalogue/paths.ts';
import { rowSource } from './row-source.ts';

export type SampleRow = Readonly<Record<`c${number}`, unknown>>;

/** Some rows of an entity, whichever come first; for what rows are like, never for an answer. */
export function compileSample(
  catalogue: Catalogue,
  entity: EntityDefinition,
  ways: readonly Way[],
  most: number,
): RawBuilder<SampleRow> {
  const source = rowSource(catalogue, entity, { zone: 'UTC', now: new Date(0) });
  const columns = ways.map((way, index) => sql`${source.column(way)} as ${sql.ref(`c${index}`)}`);
  return sql<SampleRow>`select ${sql.join(columns)} ${source.from()} where ${source.isFact} limit ${most}`;
}
