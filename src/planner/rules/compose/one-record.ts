import { metricTime } from '../../../catalogue/catalogue.ts';
import { type Draft, isCountOf } from './draft.ts';
import { namingDimension } from './reach.ts';

/**
 * "Which stage is the payments ledger deal in", "is the Solvang private link won yet": of one record there is nothing to
 * count. It is shown as it is, with what was asked of it; a state that it may not be in leaves nothing out.
 */
export function showOneRecord(draft: Draft): void {
  const { catalogue, understood, entity, metrics, groupBy } = draft;
  const [metric, another] = metrics;
  if (another !== undefined || (metric && !isCountOf(catalogue, metric, entity))) return;
  const { kind, grain, ranking, numbers, time } = understood;
  if (kind.countAt !== null || kind.isTrend || grain !== null || ranking !== null) return;
  if (numbers.length > 0 || time.range !== null || draft.compare !== 'none') return;
  if (draft.having.length > 0 || draft.related.length > 0 || !isOfOne(draft)) return;
  const asked = groupBy.map(({ dimension }) => dimension).filter((id) => id !== metricTime);
  draft.columns = [...new Set([...draft.columns, ...asked])];
  draft.groupBy = [];
  draft.metrics = [];
  draft.isImplied = true;
}

/** Whether a condition says what the one record is called, and nothing else stands beside it. */
function isOfOne({ catalogue, entity, where }: Draft): boolean {
  const own = namingDimension(catalogue, entity);
  return where.some(({ any }) => {
    const [only, other] = any;
    return (
      only !== undefined &&
      other === undefined &&
      only.dimension === own &&
      only.op === 'eq' &&
      only.values.length === 1
    );
  });
}
