import type { Filter, QueryPlan } from '../query/metric-query.ts';
import type { StoredValues } from '../query/stored-values.ts';

/**
 * "My customers", where none of the asker's ever left: rows of a stored kind that the asker sees none of are left out
 * already. Words that only look like such a value stay, and are asked about.
 *
 * @returns the plan without these exclusions; null where it has none
 */
export function withoutUnseenExclusions(
  plan: QueryPlan,
  unseen: string,
  stored: StoredValues | undefined,
): QueryPlan | null {
  const isSpared = ({ dimension, op, values }: Filter): boolean =>
    op === 'not_in' && values.length === 1 && values[0] === unseen && isStored(stored, dimension, unseen);
  const spare = (filter: Filter): Filter =>
    filter.op === 'not_in' && filter.values.length > 1 && isStored(stored, filter.dimension, unseen)
      ? { ...filter, values: filter.values.filter((value) => value !== unseen) }
      : filter;
  const where = plan.where
    .filter(({ any }) => !any.some(isSpared))
    .map((group) => ({ ...group, any: group.any.map(spare) }));
  return JSON.stringify(where) === JSON.stringify(plan.where) ? null : { ...plan, where };
}

const isStored = (stored: StoredValues | undefined, dimension: string, value: string): boolean =>
  stored?.get(dimension)?.includes(value) === true;
