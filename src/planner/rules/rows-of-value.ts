import { entityOf } from '../../catalogue/lookup.ts';
import type { Plan } from '../../query/metric-query.ts';
import { storedOf } from '../../query/stored-values.ts';
import type { PlanRequest } from '../planner.ts';
import { tidy } from './token.ts';
import { vocabularyOf, wordsOf } from './vocabulary.ts';

/** A question with the records named whose figure may be meant, and the kind of these records. */
export interface RowsOfValue {
  readonly question: string;
  readonly entity: string;
}

/**
 * "First response on WhatsApp": no ticket came in there, but conversations did, and have a figure of that name as well. A
 * property that records of several kinds share says by its value whose figure is meant, unless the records are named.
 *
 * @param plan what was understood
 * @returns none where the value is found among the records of the plan
 */
export function rowsOfValue(
  { question, catalogue, stored }: Pick<PlanRequest, 'question' | 'catalogue' | 'stored'>,
  plan: Plan,
): readonly RowsOfValue[] {
  if (plan.kind !== 'metric' || stored === undefined) return [];
  const entities = plan.metrics.flatMap((id) => {
    const metric = catalogue.metrics.get(id);
    return metric ? (entityOf(catalogue, metric)?.id ?? []) : [];
  });
  const { keyOf } = vocabularyOf(catalogue);
  for (const { any } of plan.where) {
    const [filter, more] = any;
    if (filter === undefined || more !== undefined || filter.op !== 'eq') continue;
    const home = catalogue.dimensions.get(filter.dimension)?.entity ?? '';
    const kinds = storedOf(stored, filter.dimension);
    const own = [...new Set(entities)].map((entity) => (kinds.has(entity) ? entity : home));
    const value = String(filter.values[0]);
    const isFound = (entity: string): boolean => kinds.get(entity)?.includes(value) ?? true;
    const isNamed = wordsOf(tidy(question)).some((word) =>
      own.some((entity) => keyOf(word) === `@${entity}`),
    );
    if (isNamed || own.length === 0 || own.some(isFound)) continue;
    return [...kinds.keys()].filter(isFound).flatMap((entity) => {
      const label = catalogue.entities.get(entity)?.label.many;
      return label === undefined
        ? []
        : [{ entity, question: `${question.replace(/[?!.\s]+$/, '')} of ${label}` }];
    });
  }
  return [];
}
