import type { SimpleMetric } from '../../../catalogue/catalogue.ts';
import { type Draft, entityOfSpan, filtersOf, isCountOf, meaningsOf } from './draft.ts';
import { namesSeveral } from './names-several.ts';
import { namingDimension } from './reach.ts';

/** "customers with open escalations": the customers themselves, each with its number, unless a count was asked for. */
export function listDistinct(draft: Draft): void {
  const { kind, reading } = draft.understood;
  const [metric, another] = draft.metrics;
  if (
    another ||
    metric?.type !== 'simple' ||
    metric.measure.aggregate !== 'count_distinct' ||
    draft.isImplied
  )
    return;
  // "How many agents have more than 10 open tickets": the number is of each of them.
  const isOfEach = draft.understood.numbers.length > 0;
  const asksCount = kind.countAt !== null || reading.tokens.some(({ word }) => /^(?:what|total)$/.test(word));
  if (asksCount && !isOfEach) return;
  const joins = Object.values(draft.catalogue.entities.get(metric.entity)?.joins ?? {});
  const join = joins.find((one) => one.column === metric.measure.path);
  const dimension = join && namingDimension(draft.catalogue, join.entity);
  // "Which agents are online": people in a state are listed with it.
  const isOfPeople = joins.every(({ entity }) => entity === 'person') && metric.timeDimension === null;
  const isUnranked = draft.understood.ranking === null && draft.understood.numbers.length === 0;
  if (join?.entity === 'person' && isOfPeople && isUnranked && kind.whichAt !== null) {
    draft.where.push(...filtersOf(metric));
    for (const span of draft.understood.spans)
      if (entityOfSpan(draft.catalogue, span) === join.entity) draft.used.add(span);
    draft.metrics = [];
    draft.isDated = true;
    return;
  }
  const own = new Set(metric.filters.map((filter) => JSON.stringify(filter)));
  const [counted] = [...draft.catalogue.metrics.values()]
    .filter(
      (other): other is SimpleMetric =>
        other.type === 'simple' &&
        isCountOf(draft.catalogue, other, metric.entity) &&
        other.timeDimension === metric.timeDimension &&
        other.filters.every((filter) => own.has(JSON.stringify(filter))),
    )
    .toSorted((left, right) => right.filters.length - left.filters.length);
  if (!counted || metric.filters.length - counted.filters.length > 1) return;
  // "Which tickets breached": what is known by a number makes no groups, and is listed row by row.
  const isGroup = dimension && draft.catalogue.dimensions.get(dimension)?.groupable === true;
  if (join !== undefined && !isGroup && (kind.whichAt !== null || kind.isList) && isPlain(draft)) {
    draft.metrics = [counted];
    draft.isDated = true;
  }
  if (!dimension || !isGroup) return;
  const told = new Set(counted.filters.map((filter) => JSON.stringify(filter)));
  const narrower = metric.filters.filter((filter) => !told.has(JSON.stringify(filter)));
  // A count of everything is no count of what the figure is about.
  if (narrower.length > 0 && (counted.filters.length === 0 || kind.whichAt === null)) return;
  // "Deals that entered negotiation per rep": what happened to them is counted, unless the deals are asked for, as in
  // "show the deals that moved" and not in "show the deal funnel".
  const isEvent = metric.filters.length > 0 && metric.timeDimension !== null;
  const areAsked = kind.isList && namesSeveral(draft, join.entity);
  if (isEvent && narrower.length === 0 && kind.whichAt === null && !areAsked) return;
  draft.metrics = [counted];
  draft.groupBy = [{ dimension }];
  for (const { values, ...filter } of narrower)
    draft.where.push({ any: [{ ...filter, values: [...values] }] });
}

/** No grouping, ranking or course is asked for, and nothing is named but the rows that are counted and what they are. */
const isPlain = ({ catalogue, entity, used, understood }: Draft): boolean =>
  understood.ranking === null &&
  understood.grain === null &&
  !understood.kind.isTrend &&
  understood.spans.every(
    (span) =>
      used.has(span) ||
      entityOfSpan(catalogue, span) === entity ||
      meaningsOf(span, 'value').length === span.meanings.length,
  );
