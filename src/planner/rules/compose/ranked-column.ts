import type { SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { Span } from '../span.ts';
import { vocabularyOf } from '../vocabulary.ts';
import type { Choice } from './choose-metrics.ts';
import { type Draft, entityOfSpan, isAfter, meaningsOf } from './draft.ts';
import { namingDimension, reachable } from './reach.ts';

/**
 * "Top 5 products by quantity", "top 5 products customers bought by amount": what ranks is a column, and added up over
 * the records that have it a figure. Which records is told by what is ranked and by what was done with it.
 */
export function rankedColumn(draft: Draft): Choice | null {
  const { catalogue, understood } = draft;
  if (understood.ranking === null) return null;
  for (const span of understood.spans) {
    const columns = meaningsOf(span, 'dimension').flatMap(({ id }) => catalogue.dimensions.get(id) ?? []);
    const isColumn = columns.length > 0 && columns.every(({ type }) => type === 'number');
    if (!isColumn || meaningsOf(span, 'metric').length > 0 || !isAfter(draft, span, /^by$/)) continue;
    const verbs = understood.spans.filter((other) => other !== span && saysDeed(draft, other));
    const homes = new Set(verbs.flatMap((verb) => entitiesOf(draft, verb)));
    const own = columns.map(({ entity, path }) => `${entity}.${path}`);
    const sums = [...catalogue.metrics.values()].filter(
      (metric): metric is SimpleMetric =>
        metric.type === 'simple' &&
        isPlainSum(metric) &&
        reachesRanked(draft, metric.entity) &&
        (homes.size > 0
          ? homes.has(metric.entity) && columns.some(({ path }) => path === metric.measure.path)
          : own.includes(`${metric.entity}.${metric.measure.path ?? ''}`)),
    );
    const [only, another] = sums;
    if (!only || another) continue;
    draft.used.add(span);
    for (const verb of verbs) if (entitiesOf(draft, verb).includes(only.entity)) draft.used.add(verb);
    return { figures: [[only.id]], entity: null, isImplied: false };
  }
  return null;
}

const isPlainSum = ({ measure, filters, hidden }: SimpleMetric): boolean =>
  measure.aggregate === 'sum' && measure.times === undefined && filters.length === 0 && hidden !== true;

/** "Bought", "customers bought", "sold": what was done to what is ranked, which only records of one kind tell. */
function saysDeed(draft: Draft, span: Span): boolean {
  if (!/(?:bought|sold|ordered|purchased)$/i.test(span.words)) return false;
  return entitiesOf(draft, span).length > 0;
}

function entitiesOf({ catalogue }: Draft, span: Span): readonly string[] {
  const times = meaningsOf(span, 'dimension').flatMap(({ id }) => {
    const dimension = catalogue.dimensions.get(id);
    return dimension && /^(?:date|instant)$/.test(dimension.type) ? [dimension.entity] : [];
  });
  const figures = meaningsOf(span, 'metric').flatMap(({ id }) => {
    const metric = catalogue.metrics.get(id);
    return metric?.type === 'simple' ? [metric.entity] : [];
  });
  return [...times, ...figures];
}

/** "Top 3 deals by amount": the records themselves, in the order of a column of theirs. */
export function rankRecords(draft: Draft, head: Span): void {
  const { catalogue, understood } = draft;
  const entity = entityOfSpan(catalogue, head);
  if (understood.ranking === null || entity === null) return;
  for (const span of understood.spans) {
    const own = meaningsOf(span, 'dimension').filter(({ id }) => {
      const dimension = catalogue.dimensions.get(id);
      return dimension?.type === 'number' && dimension.entity === entity;
    });
    const [only, another] = own;
    const isFigure = meaningsOf(span, 'metric').length > 0;
    const isOrder = head.from > understood.ranking.at && isAfter(draft, span, /^by$/);
    if (!only || another || isFigure || draft.used.has(span)) continue;
    if (!isOrder && !isHeldExtreme(draft, head, span)) continue;
    draft.used.add(span);
    draft.columns = [...draft.columns, only.id];
  }
}

/** "Deals with the highest amount", "which leads have the lowest score": a column that the records have, and its end. */
function isHeldExtreme({ understood: { ranking, reading } }: Draft, head: Span, { from }: Span): boolean {
  if (ranking === null || head.from > ranking.at || from !== ranking.at + 1) return false;
  let before = ranking.at - 1;
  while (/^(?:the|a|an|their)$/.test(reading.tokens[before]?.lower ?? '')) before -= 1;
  return /^(?:with|has|have|had|having)$/.test(reading.tokens[before]?.lower ?? '');
}

/** Whether records tell apart what the question ranks. */
function reachesRanked(draft: Draft, entity: string): boolean {
  const { keyOf } = vocabularyOf(draft.catalogue);
  const things = draft.understood.spans.flatMap((span) => {
    const own = entityOfSpan(draft.catalogue, span);
    // "Customers bought": part of what they did.
    const said = span.indexes.map((index) => keyOf(draft.understood.reading.tokens[index]?.word ?? ''));
    const ids = [own ?? '', ...said.filter((key) => key.startsWith('@')).map((key) => key.slice(1))];
    return ids.map((id) => namingDimension(draft.catalogue, id));
  });
  return things.some((id) => id !== null && reachable(draft.catalogue, entity, [id]).length > 0);
}
