import type { Filter, QueryPlan } from '../../query/metric-query.ts';
import type { PlanPatch } from '../../query/plan-patch.ts';

type Where = QueryPlan['where'];

/** The conditions of a plan after a follow-up; what was said last stands last. */
export function patchWhere(
  where: Where,
  { where: wish, dropWhere }: Pick<PlanPatch, 'where' | 'dropWhere'>,
): Where {
  const kept =
    dropWhere === undefined
      ? where
      : dropWhere === 'all'
        ? []
        : where.filter(({ any }) => !any.every(({ dimension }) => dropWhere.includes(dimension)));
  if (!wish) return kept;
  return wish.all.reduce((now, group) => addGroup(now, group, wish.op), kept);
}

function addGroup(where: Where, group: Where[number], op: NonNullable<PlanPatch['where']>['op']): Where {
  const [filter, more] = group.any;
  if (!filter || more) return [...where, group];
  if (op === 'widen') return widen(where, filter);
  if (isExclusion(filter)) return exclude(where, filter);
  if (op === 'add') return [...where, group];
  const isReplaced = ({ any }: Where[number]): boolean =>
    any.every((one) => one.dimension === filter.dimension && !isOtherBound(one, filter));
  return [...where.filter((one) => !isReplaced(one)), group];
}

const isLower = ({ op }: Filter): boolean => op === 'gt' || op === 'gte';
const isUpper = ({ op }: Filter): boolean => op === 'lt' || op === 'lte';

/** "Only those above 30" of what is below 50: both hold. */
const isOtherBound = (one: Filter, other: Filter): boolean =>
  (isLower(one) && isUpper(other)) || (isUpper(one) && isLower(other));

const isExclusion = ({ op }: Filter): boolean => op === 'neq' || op === 'not_in';
const isChoice = ({ op }: Filter): boolean => op === 'eq' || op === 'in';

/** "without closed ones" takes values out of a list that was named, and joins what was left out before. */
function exclude(where: Where, filter: Filter): Where {
  const chosen = single(where, filter.dimension, isChoice);
  if (chosen) {
    const left = chosen.values.filter((value) => !includes(filter.values, value));
    const isNamed = left.length < chosen.values.length;
    const others = without(where, chosen);
    if (isNamed && left.length > 0) return [...others, { any: [{ ...chosen, op: 'in', values: left }] }];
    if (isNamed) return [...others, { any: [filter] }];
    return [...where, { any: [filter] }];
  }
  const excluded = single(where, filter.dimension, isExclusion);
  if (!excluded) return [...where, { any: [filter] }];
  const values = [...excluded.values, ...filter.values.filter((value) => !includes(excluded.values, value))];
  return [...without(where, excluded), { any: [{ ...filter, op: 'not_in', values }] }];
}

function widen(where: Where, filter: Filter): Where {
  const excluded = single(where, filter.dimension, isExclusion);
  if (excluded) {
    const left = excluded.values.filter((value) => !includes(filter.values, value));
    const others = without(where, excluded);
    return left.length === 0 ? others : [...others, { any: [{ ...excluded, op: 'not_in', values: left }] }];
  }
  const chosen = single(where, filter.dimension, isChoice);
  if (!chosen) return [...where, { any: [filter] }];
  const values = [...chosen.values, ...filter.values.filter((value) => !includes(chosen.values, value))];
  return [...without(where, chosen), { any: [{ ...chosen, op: 'in', values }] }];
}

/** The one condition on a dimension alone of a kind. */
function single(where: Where, dimension: string, isKind: (filter: Filter) => boolean): Filter | undefined {
  return where.flatMap(({ any }) => {
    const [filter, more] = any;
    return filter && !more && filter.dimension === dimension && isKind(filter) ? [filter] : [];
  })[0];
}

const without = (where: Where, filter: Filter): Where => where.filter(({ any }) => any[0] !== filter);

/** Words as people say them: case does not tell values apart. */
function includes(values: Filter['values'], value: Filter['values'][number]): boolean {
  const plain = (one: Filter['values'][number]) => (typeof one === 'string' ? one.toLowerCase() : one);
  return values.some((one) => plain(one) === plain(value));
}
