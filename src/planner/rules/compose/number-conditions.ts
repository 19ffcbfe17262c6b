import type { DimensionDefinition } from '../../../catalogue/catalogue.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { Span } from '../match-vocabulary.ts';
import type { NumberFilter } from '../slots/number-filters.ts';
import { type Draft, entityOfSpan, isCountOf, meaningsOf, numericTwin } from './draft.ts';
import { refuse } from './problem.ts';
import { reachable } from './reach.ts';

/** Finds what a compared number speaks of: the words before it, the words after it, or the one amount the rows have. */
export function addNumber(draft: Draft, number: NumberFilter): void {
  const { understood } = draft;
  const touches = (from: number, to: number) => (span: Span) =>
    span.indexes.some((index) => index >= from && index < to);
  const after = understood.spans.find(touches(number.to, number.to + 2));
  const before = understood.spans.findLast(
    (span) => touches(number.from - 3, number.from)(span) && !isCounted(draft, span),
  );
  for (const span of [after, before]) {
    if (!span) continue;
    const dimension = numericDimension(draft, span);
    if (dimension) {
      draft.used.add(span);
      pushNumber(draft, dimension, number);
      return;
    }
    const metric =
      draft.metrics.find((one) => meaningsOf(span, 'metric').some((meaning) => meaning.id === one.id)) ??
      (meaningsOf(span, 'metric').length > 0 && draft.used.has(span) ? draft.metrics[0] : undefined);
    // "more than 10 open tickets" compares the count; "deals closing this week over 20k" compares each deal.
    const isCount = metric !== undefined && isCountOf(draft.catalogue, metric, draft.entity);
    const isAboutMetric = metric !== undefined && draft.groupBy.length > 0 && (span === after || !isCount);
    if (isAboutMetric && number.op !== 'between') {
      draft.having = [
        ...draft.having,
        { metric: metric.id, op: number.op, value: scaled(number, metric.format.kind === 'percent') },
      ];
      return;
    }
  }
  const amounts = dimensionsOf(draft.catalogue, draft.entity).filter(
    (one) => one.type === 'number' && one.filterable && isAmount(one),
  );
  const own = amounts.filter((one) => one.entity === draft.entity);
  const [only, another] = own.length > 0 ? own : amounts;
  const canBeAmount = number.isMoney || (number.values[0] ?? 0) >= 1000 || own.length === 1;
  if (only && !another && canBeAmount && !number.isPercent) {
    pushNumber(draft, only, number);
    return;
  }
  throw refuse(
    'unclear',
    `“${number.words}” of what?`,
    draft.metrics.map((metric) => metric.id),
  );
}

function isCounted(draft: Draft, span: Span): boolean {
  return entityOfSpan(draft.catalogue, span) !== null;
}

const isAmount = (dimension: DimensionDefinition): boolean =>
  dimension.format?.kind === 'money' || /amount|arr$|revenue/.test(dimension.id);

function numericDimension(draft: Draft, span: Span): DimensionDefinition | null {
  // The figure that is asked for is compared group by group, not row by row.
  if (draft.used.has(span)) return null;
  const twin = numericTwin(draft.catalogue, span);
  const [best] = reachable(draft.catalogue, draft.entity, twin === null ? [] : [twin]);
  return best?.dimension ?? null;
}

function pushNumber(draft: Draft, dimension: DimensionDefinition, number: NumberFilter): void {
  const values = number.values.map((value) =>
    dimension.format?.kind === 'percent' && (number.isPercent || value > 1) ? value / 100 : value,
  );
  draft.where.push({ any: [{ dimension: dimension.id, op: number.op, values }] });
}

const scaled = (number: NumberFilter, isShare: boolean): number => {
  const value = number.values[0] ?? 0;
  return isShare && (number.isPercent || value > 1) ? value / 100 : value;
};
