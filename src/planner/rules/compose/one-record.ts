import { type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import { columnOfMetric, type Draft, isCountOf, meaningsOf } from './draft.ts';
import { isNaming } from './name-neighbours.ts';
import { namingDimension } from './reach.ts';

/**
 * "Which stage is the payments ledger deal in", "is the Solvang private link won yet": of one record there is nothing to
 * count. It is shown as it is, with what was asked of it; a state that it may not be in leaves nothing out.
 */
export function showOneRecord(draft: Draft): void {
  const { catalogue, understood, entity, metrics, groupBy } = draft;
  const [metric, another] = metrics;
  const own = metric && !isCountOf(catalogue, metric, entity) ? ownColumn(draft, metric) : null;
  if (another !== undefined || (metric && !isCountOf(catalogue, metric, entity) && own === null)) return;
  const { kind, grain, ranking, numbers, time } = understood;
  if (kind.countAt !== null || kind.isTrend || grain !== null || ranking !== null) return;
  if (numbers.length > 0 || time.range !== null || draft.compare !== 'none') return;
  if (draft.having.length > 0 || draft.related.length > 0 || !isOfOne(draft, own !== null)) return;
  const asked = groupBy.map(({ dimension }) => dimension).filter((id) => id !== metricTime);
  draft.columns = [...new Set([...draft.columns, ...asked, ...(own === null ? [] : [own])])];
  draft.groupBy = [];
  draft.metrics = [];
  draft.isImplied = true;
}

/** "How long has the pilot deal been open": the median over one deal is what is kept of it. */
function ownColumn({ catalogue, entity }: Draft, metric: MetricDefinition): string | null {
  const isOnePer = catalogue.entities.get(entity)?.onePerParent !== undefined;
  return isOnePer ? columnOfMetric(catalogue, metric.id) : null;
}

/** Whether a condition says what the one record is called, and nothing else stands beside it. */
function isOfOne({ catalogue, entity, where, understood }: Draft, isCheck: boolean): boolean {
  const { names, reading, spans } = understood;
  const rows = catalogue.entities.get(entity);
  const whole = isCheck ? rows?.joins[rows.parent ?? '']?.entity : entity;
  const own = whole === undefined ? null : namingDimension(catalogue, whole);
  const isNamed =
    names.some(({ from }) => reading.tokens[from]?.kind === 'quoted') ||
    spans.some((span) => meaningsOf(span, 'value').some(({ dimension }) => dimension === own));
  if (!isNamed) return false;
  return where.some(({ any }) => {
    const [only, other] = any;
    return (
      only !== undefined &&
      other === undefined &&
      only.dimension === own &&
      isNaming(catalogue.dimensions.get(own)) &&
      only.op === 'eq' &&
      only.values.length === 1
    );
  });
}
