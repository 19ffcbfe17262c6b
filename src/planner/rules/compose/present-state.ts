import type { DimensionDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { Filter } from '../../../query/metric-query.ts';
import { deadline, isDate, tells } from '../date-events.ts';
import { isoDay } from '../time/civil-date.ts';
import { type Draft, filtersOf, isCountOf } from './draft.ts';
import { isState, presentState, usualCount } from './present-rows.ts';

/** Said of what is so at this moment. */
const presentWords = /\b(?:now|rn|atm|currently|presently|still)\b/;
/** What lies with somebody lies there now. */
const heldWords =
  /\b(?:on|with) me\b|\bon (?:my|our) (?:desk|plate|list|hands|side|table)\b|\b(?:i|we) own\b|\bassigned to (?:me|us)\b|\blongest running\b/;

/**
 * "Any urgents on me right now", "deals without a next step", "SLA due in the next two hours": of rows that are asked for as
 * they stand those that are there, not those that were decided or closed long ago. A state that is named, a period and the
 * past are left as they are.
 */
export function settlePresent(draft: Draft): void {
  const { understood, where } = draft;
  const text = understood.reading.text.toLowerCase();
  if (/\b(?:was|were|had|did|been|ever)\b/.test(text)) return;
  const isPresent = understood.time.isNow || presentWords.test(text) || heldWords.test(text);
  const { range } = understood.time;
  const isLater = range?.kind === 'ahead' || (range?.kind === 'day' && range.offset > 0);
  const isComing = (isLater && draft.timeDimension !== null) || isDueBefore(draft) || isDueToday(draft, text);
  if (range !== null && !isComing) return;
  const { catalogue, entity } = draft;
  const said = [...where, ...ownFilters(draft)];
  if (said.some(({ any }) => any.some((filter) => isState(catalogue, filter)))) {
    if (isPresent) draft.where.push(...unendedToo(draft));
    return;
  }
  if (isPresent || isComing || isPressing(draft)) draft.where.push(...presentState(catalogue, entity));
  else if (draft.isImplied && where.some(({ any }) => any.some((filter) => isLack(draft, filter)))) {
    const count = usualCount(catalogue, entity);
    if (count?.timeDimension === null) draft.where.push(...filtersOf(count));
  }
}

/** "Due before tomorrow": what was done in time needs no doing. */
function isDueBefore({ catalogue, timeDimension, understood: { time, today } }: Draft): boolean {
  const { range } = time;
  if (range?.kind !== 'between' || range.to === undefined) return false;
  if (range.from !== undefined && range.from < isoDay(today)) return false;
  return range.to >= isoDay(today) && tells(catalogue, timeDimension, deadline);
}

/** "Due today", "due before the end of today": what is still to be done today. */
function isDueToday({ catalogue, timeDimension, understood: { time } }: Draft, text: string): boolean {
  const { range } = time;
  const isToday = range?.kind === 'day' && range.offset === 0;
  return isToday && /\bdue\b/.test(text) && tells(catalogue, timeDimension, deadline);
}

/** "My urgents": how pressing one's own work is only matters while it is to be done. */
function isPressing({ catalogue, where, subject, understood }: Draft): boolean {
  const isWorst = where.some(({ any }) =>
    any.every(({ dimension: id, op, values }) => {
      const { order, values: declared = [] } = catalogue.dimensions.get(id) ?? {};
      const half = declared.slice(0, declared.length / 2).map(({ value }) => value);
      return (
        order?.worst === 'first' && /^(?:eq|in)$/.test(op) && values.every((one) => half.includes(`${one}`))
      );
    }),
  );
  const isAll = understood.reading.tokens.some(({ lower }) => /^(?:all|every|ever)$/.test(lower));
  return isWorst && subject === 'me' && !isAll;
}

/** What a count that the list is about says of its rows. */
const ownFilters = ({ metrics }: Draft): Draft['where'] =>
  metrics.flatMap((metric) => (metric.type === 'simple' ? filtersOf(metric) : []));

/** A property of their own that rows lack; a date that has not come says itself how they stand. */
function isLack({ catalogue, entity }: Draft, { op, dimension: id }: Filter): boolean {
  const dimension = catalogue.dimensions.get(id);
  return op === 'is_null' && dimension?.entity === entity && !isDate(dimension);
}

/** "What is breached on my desk": of a state that rows keep for ever those in which it still goes on. */
function unendedToo(draft: Draft): Draft['where'] {
  const { catalogue, entity } = draft;
  const conditions = [...draft.where, ...ownFilters(draft)];
  const said = new Set(conditions.flatMap(({ any }) => any.map((filter) => JSON.stringify(filter))));
  const counts = [...catalogue.metrics.values()].filter(
    (metric): metric is SimpleMetric =>
      metric.type === 'simple' && metric.timeDimension === null && isCountOf(catalogue, metric, entity),
  );
  for (const metric of counts) {
    const own = filtersOf(metric);
    const rest = own.filter(({ any }) => !any.every((filter) => said.has(JSON.stringify(filter))));
    const [only, another] = rest;
    const isEnd = only?.any.every(
      ({ op, dimension: id }) => op === 'is_null' && mayEnd(catalogue.dimensions.get(id)),
    );
    if (own.length === 2 && isEnd === true && !another) return rest;
  }
  return [];
}

/** What was only replied to goes on. */
const mayEnd = (dimension: DimensionDefinition | undefined): boolean =>
  isDate(dimension) && dimension?.event !== 'replied';
