import type { Catalogue } from '../catalogue/catalogue.ts';
import { findWay } from '../catalogue/paths.ts';
import { personDimensions } from '../planner/rules/compose/reach.ts';
import type { AnswerData } from '../query/answer-data.ts';
import type { QueryPlan } from '../query/metric-query.ts';

/** A reading of a name that the asker may see. */
export interface Fit {
  readonly dimension: string;
  readonly plan: QueryPlan;
  readonly data: AnswerData;
}

/**
 * Of several people that a name may stand for in a plan the one that is meant: whom the answer is split by, who has the
 * records rather than their customer, and otherwise the only one with any records. null: the reader must say.
 */
export function likeliestPerson<F extends Fit>(
  catalogue: Catalogue,
  entity: string,
  fits: readonly F[],
): F | null {
  const people = new Set(personDimensions(catalogue, entity));
  if (!fits.every(({ dimension }) => people.has(dimension))) return null;
  const [split] = fits.filter(({ plan, dimension }) => isGroupedBy(plan, dimension));
  if (split) return split;
  const steps = (fit: F): number => {
    const dimension = catalogue.dimensions.get(fit.dimension);
    const way = dimension && findWay(catalogue, entity, dimension);
    return way ? way.joins.length * 10 + way.distance : 99;
  };
  const [nearest, next] = fits.toSorted((left, right) => steps(left) - steps(right));
  if (nearest && (!next || steps(nearest) < steps(next))) return nearest;
  return onlyWithRows(fits);
}

/** The one reading under which there is anything at all. */
export function onlyWithRows<F extends Pick<Fit, 'data'>>(fits: readonly F[]): F | null {
  const [only, another] = fits.filter(({ data }) => hasRows(data));
  return only && !another ? only : null;
}

function hasRows({ rows, columns }: AnswerData): boolean {
  return rows.some((row) =>
    columns.some(({ role }, index) => role !== 'dimension' && row[index] !== null && row[index] !== 0),
  );
}

const isGroupedBy = (plan: QueryPlan, id: string): boolean =>
  plan.kind === 'metric' && plan.groupBy.some(({ dimension }) => dimension === id);
