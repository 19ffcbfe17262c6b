import type { Beside, Filter, QueryPlan, Related } from './metric-query.ts';

type Where = QueryPlan['where'];

/** Other records that a plan speaks of, those of a part and of columns included. */
export function relatedOf(plan: QueryPlan): readonly Related[] {
  const others = plan.kind === 'metric' ? plan.part?.related : plan.beside?.map(recordsBeside);
  return [...(plan.related ?? []), ...(others ?? [])];
}

/** The records that tell a column of a list. */
export function recordsBeside({ show: _, dimension: __, ...records }: Beside): Related {
  return { ...records, has: 'some', atLeast: 1 };
}

/** Every condition of a plan on the rows themselves, those of a part included. */
export function whereOf(plan: QueryPlan): Where {
  return plan.kind === 'metric' && plan.part ? [...plan.where, ...plan.part.where] : plan.where;
}

/** Every filter of a plan, also those on other records. */
export function filtersOfPlan(plan: QueryPlan): readonly Filter[] {
  return [...whereOf(plan), ...relatedOf(plan).flatMap(({ where }) => where)].flatMap(({ any }) => any);
}

/** The plan with every filter changed, wherever it stands. */
export function mapFilters<Query extends QueryPlan>(plan: Query, change: (filter: Filter) => Filter): Query {
  const mapWhere = (where: Where): Where => where.map(({ any }) => ({ any: any.map(change) }));
  const mapRelated = <Other extends Related | Beside>(list: readonly Other[]): Other[] =>
    list.map((related) => ({ ...related, where: mapWhere(related.where) }));
  const { where, related } = plan;
  const part = plan.kind === 'metric' ? plan.part : undefined;
  const beside = plan.kind === 'list' ? plan.beside : undefined;
  return {
    ...plan,
    where: mapWhere(where),
    ...(beside && { beside: mapRelated(beside) }),
    ...(related && { related: mapRelated(related) }),
    ...(part && {
      part: { where: mapWhere(part.where), ...(part.related && { related: mapRelated(part.related) }) },
    }),
  };
}

/** Rows of the part alone: its conditions together with those of the whole, as parts of another plan. */
export function rowsOfPart({
  where,
  related,
  part,
}: Pick<Extract<QueryPlan, { kind: 'metric' }>, 'where' | 'related' | 'part'>): {
  where: Where;
  related?: Related[];
} {
  const others = [...(related ?? []), ...(part?.related ?? [])];
  return {
    where: [...where, ...(part?.where ?? [])],
    ...(others.length > 0 && { related: others }),
  };
}
