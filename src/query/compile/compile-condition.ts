import { type RawBuilder, sql } from 'kysely';
import type { Way } from '../../catalogue/paths.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import type { CompareOperator, Condition, RelatedRecords } from '../condition.ts';
import type { RowSource } from './row-source.ts';
import { inRange } from './snapshot-table.ts';

type Columns = Pick<RowSource, 'column' | 'related' | 'beside'>;

/** Conditions as predicates; those that every row meets are left out, so that the statement reads well. */
export function compileConditions(source: Columns, conditions: readonly Condition[]): RawBuilder<boolean>[] {
  return conditions
    .filter((condition) => condition.kind !== 'all-of' || condition.conditions.length > 0)
    .map((condition) => compileCondition(source, condition));
}

/** A condition as a predicate of the source's rows: identifiers from ways, everything else bound. */
function compileCondition(source: Columns, condition: Condition): RawBuilder<boolean> {
  switch (condition.kind) {
    case 'one-of':
      return sql<boolean>`${comparable(source, condition.way)} in (${sql.join(condition.values)})`;
    case 'none-of': {
      const column = comparable(source, condition.way);
      return sql<boolean>`(${column} is null or ${column} not in (${sql.join(condition.values)}))`;
    }
    case 'compare':
      return sql<boolean>`${comparable(source, condition.way)} ${operator(condition.op)} ${condition.value}`;
    case 'contains':
      return sql<boolean>`${source.column(condition.way)} ilike ${`%${escapeLike(condition.text)}%`}`;
    case 'empty': {
      const column = source.column(condition.way);
      return condition.negated ? sql<boolean>`${column} is not null` : sql<boolean>`${column} is null`;
    }
    case 'person-in-team':
      return sql<boolean>`${source.column(condition.way)} in (select person.id from ${source.related('person')} as person where person.team_id = ${condition.teamId} and person.deleted_at is null)`;
    case 'related':
      return hasRecords(source, condition.records, condition.negated);
    case 'all-of':
      return joined(source, condition.conditions, sql` and `, sql<boolean>`true`);
    case 'any-of':
      return joined(source, condition.conditions, sql` or `, sql<boolean>`false`);
    case 'never':
      return sql<boolean>`false`;
    default:
      return exhaustive(condition);
  }
}

function hasRecords(source: Columns, related: RelatedRecords, negated: boolean): RawBuilder<boolean> {
  const { records, where } = recordsOf(source, related);
  if (related.atLeast === 1)
    return sql<boolean>`${negated ? sql`not ` : sql``}exists (select 1 ${records.from()} where ${where})`;
  return sql<boolean>`(select count(*) ${records.from()} where ${where}) ${negated ? sql`<` : sql`>=`} ${related.atLeast}`;
}

/** The other records of each row of the source, with all that they must meet. */
export function recordsOf(
  source: Columns,
  { entity, outer, inner, conditions, time }: RelatedRecords,
): { readonly records: RowSource; readonly where: RawBuilder<unknown> } {
  const records = source.beside(entity, time?.range ?? null);
  const parts = [
    sql<boolean>`${records.column(inner)} = ${source.column(outer)}`,
    records.isFact,
    ...compileConditions(records, conditions),
    ...(time ? inRange(records.column(time.way), time.range) : []),
  ];
  return { records, where: sql.join(parts, sql` and `) };
}

function joined(
  source: Columns,
  conditions: readonly Condition[],
  separator: RawBuilder<unknown>,
  empty: RawBuilder<boolean>,
): RawBuilder<boolean> {
  if (conditions.length === 0) return empty;
  const parts = conditions.map((condition) => compileCondition(source, condition));
  return sql<boolean>`(${sql.join(parts, separator)})`;
}

/** Numbers compare as doubles: an integer column would refuse the parameter 0.5. */
function comparable(source: Columns, way: Way): RawBuilder<unknown> {
  const column = source.column(way);
  return way.type === 'number' ? sql`${column}::float8` : column;
}

function operator(op: CompareOperator): RawBuilder<unknown> {
  return { lt: sql`<`, lte: sql`<=`, gt: sql`>`, gte: sql`>=` }[op];
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);
}
