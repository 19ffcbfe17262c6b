import type { SimpleMetric } from '../../../catalogue/catalogue.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { Span } from '../span.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { type Draft, entityOfSpan, filtersOf, isAfter, isCountOf, meaningsOf } from './draft.ts';
import { groupMarker } from './group-by.ts';
import { goesBy } from './other-date.ts';

/** "tickets of enterprise customers": a noun beside a filter on its own rows says nothing new. */
export function settleQualifiers(draft: Draft): void {
  const { understood, catalogue } = draft;
  const filtered = new Set(
    draft.where.flatMap((group) =>
      group.any.map((filter) => catalogue.dimensions.get(filter.dimension)?.entity),
    ),
  );
  for (const span of understood.spans) {
    if (draft.used.has(span)) continue;
    const entity = entityOfSpan(catalogue, span) ?? meaningsOf(span, 'entity')[0]?.id;
    const isOwn = entity === draft.entity && !isGrouped(draft, span);
    const isFiltered = entity !== undefined && filtered.has(entity);
    const names = meaningsOf(span, 'dimension').map((one) => one.id);
    // "status of CE-101", "contact of 00011852": the list of that one record shows it.
    const asked = understood.names.some((name) => name.isCode)
      ? names.find((id) => isOfEntity(draft, id))
      : undefined;
    if (asked !== undefined) {
      draft.used.add(span);
      if (!usualColumns(draft).includes(asked)) draft.columns = [...draft.columns, asked];
    }
    const isOfGroup = draft.groupBy.some((group) => names.includes(group.dimension));
    const isDate = names.some((id) => isTimeOf(draft, id));
    if (isOwn || isFiltered || isOfGroup || isOwnerOfAll(draft, span)) draft.used.add(span);
    else if (isOfOthers(draft, span) || isContainedFigure(draft, span)) draft.used.add(span);
    else if (isDate && understood.time.range !== null) {
      const id = names.find((one) => isTimeOf(draft, one)) ?? null;
      const counted = draft.metrics[0];
      const own = counted?.type === 'simple' && !draft.isImplied ? counted.timeDimension : null;
      if (own === null || own === id) {
        draft.timeDimension = id;
        draft.used.add(span);
        // "How many tickets got a first reply today": no count goes by that date, so its records are listed.
        if (own === null && id !== null && !goesBy(draft, id)) draft.isDated = true;
      }
    }
  }
}

const usualColumns = ({ catalogue, entity }: Draft): readonly string[] =>
  catalogue.entities.get(entity)?.listColumns ?? [];

/**
 * "MRR of all our customers", "meetings with customers": rows that belong to a customer are those of customers anyway.
 * "How many of our customers" asks for the customers, and "which" does.
 */
function isOwnerOfAll({ catalogue, entity, understood }: Draft, span: Span): boolean {
  const owner = entityOfSpan(catalogue, span) ?? meaningsOf(span, 'entity')[0]?.id;
  const rows = catalogue.entities.get(entity);
  const { tokens } = understood.reading;
  const noun = tokens[span.to - 1];
  if (owner === undefined || rows === undefined || noun === undefined || noun.lower === noun.word)
    return false;
  const isScope = rows.rowScope.ownerPath === `${owner}.owner_id`;
  const isJoined = owner === 'account' && Object.values(rows.joins).some((join) => join.entity === owner);
  if (!isScope && !isJoined) return false;
  const before = tokens
    .slice(0, span.from)
    .findLast(({ lower }) => !/^(?:our|all|the|my|any|of)$/.test(lower));
  const lead = tokens.slice((before?.index ?? -1) + 1, span.from).map(({ lower }) => lower);
  if (lead.includes('of')) return !(before === undefined || partitive.test(before.word));
  return isJoined && before !== undefined && /^(?:with|from|by|for|did|do|have)$/.test(before.lower);
}

const partitive =
  /^(?:which|who|many|much|any|some|all|each|one|none|few|most|half|third|quarter|share|percent|part|portion|fraction|proportion|number|count|list|top)$/;

/**
 * "CSAT on my tickets", "breaches on escalated tickets": the rows of the figure belong to records of the kind that is
 * named, in the state that is named. Where they need not belong to any, only those that do are meant.
 */
function isOfOthers(draft: Draft, span: Span): boolean {
  const { catalogue, entity, understood } = draft;
  const [metric] = draft.metrics;
  const counted = countedBy(draft, span);
  const other = counted?.entity ?? meaningsOf(span, 'entity')[0]?.id;
  // "Same for tickets" after an answer asks for another figure.
  const isChange = draft.recompose === undefined;
  if (other === undefined || isChange || isGrouped(draft, span)) return false;
  const isKind = isAttribute(draft, span);
  if (!isKind && (draft.isImplied || metric?.type !== 'simple')) return false;
  const rows = catalogue.entities.get(entity);
  const isJoined = Object.values(rows?.joins ?? {}).some((join) => join.entity === other);
  const noun = understood.reading.tokens[span.to - 1];
  if (!isJoined || other === 'account' || noun === undefined) return false;
  // "CSAT of Diego's tickets": whose they are stands in between.
  const owner = understood.names.find(({ to, possessive }) => possessive && to === span.from);
  const isOfOwner =
    owner !== undefined && behind.test(understood.reading.tokens[owner.from - 1]?.lower ?? '');
  const isOf = isOfOwner || (noun.lower !== noun.word && isAfter(draft, span, behind, 3));
  if (!isKind && !isOf) return false;
  const conditions = counted === null ? [] : filtersOf(counted);
  const number = [...catalogue.dimensions.values()].find(
    (one) => one.entity === other && one.keyPath === 'id' && one.filterable,
  );
  if (conditions.length > 0) draft.where.push(...conditions);
  else if (rows?.parent !== other) {
    if (number === undefined) return false;
    draft.where.push({ any: [{ dimension: number.id, op: 'is_not_null', values: [] }] });
  }
  return true;
}

const behind = /^(?:on|of|for|from|about|in|across)$/;

/** "The backlog of open tickets": what is counted, named again right behind the figure, with no condition that it has not. */
function isContainedFigure(draft: Draft, span: Span): boolean {
  const { used, metrics, where, understood } = draft;
  const [metric, another] = metrics;
  const counted = countedBy(draft, span);
  if (metric?.type !== 'simple' || another || counted === null || counted.entity !== metric.entity)
    return false;
  if (!isCountOf(draft.catalogue, metric, metric.entity) || counted.timeDimension !== metric.timeDimension)
    return false;
  const { tokens } = understood.reading;
  const before = tokens.slice(0, span.from).findLast(({ lower }) => !/^(?:the|our|my|all|of)$/.test(lower));
  const isOf = tokens.slice((before?.index ?? span.from) + 1, span.from).some(({ lower }) => lower === 'of');
  const isBehind = [...used].some(
    (one) =>
      one.indexes.includes(before?.index ?? -1) &&
      meaningsOf(one, 'metric').some(({ id }) => id === metric.id),
  );
  // "Pipeline of open deals": an amount, though "pipeline deals" are counted.
  const { phrases, keyOf } = vocabularyOf(draft.catalogue);
  const alone = phrases.get(keyOf(before?.word ?? ''))?.meanings ?? [];
  if (!alone.some((one) => one.kind === 'metric' && one.id === metric.id)) return false;
  const known = new Set([...filtersOf(metric), ...where].map((group) => JSON.stringify(group)));
  return isOf && isBehind && filtersOf(counted).every((group) => known.has(JSON.stringify(group)));
}

/** "Ticket CSAT", "CSAT from ticket surveys": a noun of one right before the figure, or before its rows, says whose. */
function isAttribute({ catalogue, entity, used, understood }: Draft, span: Span): boolean {
  const { tokens } = understood.reading;
  const noun = tokens[span.to - 1];
  const isAlone = span.to - span.from === 1 && noun !== undefined && noun.lower === noun.word;
  const next = understood.spans.find(({ indexes }) => indexes.includes(span.to));
  const isRows = next !== undefined && entityOfSpan(catalogue, next) === entity;
  const isFigure = next !== undefined && used.has(next) && meaningsOf(next, 'metric').length > 0;
  return isAlone && (isRows || isFigure);
}

/** The one count that a phrase such as "escalated tickets" names. */
function countedBy({ catalogue }: Draft, span: Span): SimpleMetric | null {
  const counts = meaningsOf(span, 'metric').flatMap(({ id }) => catalogue.metrics.get(id) ?? []);
  const [only, another] = counts;
  return only?.type === 'simple' && !another && isCountOf(catalogue, only, only.entity) ? only : null;
}

export function isOfEntity(draft: Draft, id: string): boolean {
  const dimension = draft.catalogue.dimensions.get(id);
  return dimension !== undefined && findWay(draft.catalogue, draft.entity, dimension)?.distance === 0;
}

function isTimeOf(draft: Draft, id: string): boolean {
  const dimension = draft.catalogue.dimensions.get(id);
  if (!dimension || (dimension.type !== 'date' && dimension.type !== 'instant')) return false;
  return findWay(draft.catalogue, draft.entity, dimension)?.distance === 0;
}

/** "by deal": asked for as a grouping that was not possible, so not to be dropped. */
const isGrouped = (draft: Draft, span: Span): boolean => groupMarker(draft, span);
