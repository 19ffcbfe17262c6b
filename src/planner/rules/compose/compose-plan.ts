import type { Catalogue, MetricDefinition } from '../../../catalogue/catalogue.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { Span } from '../span.ts';
import type { Understanding } from '../understand.ts';
import { settleAmountWords } from './amount-words.ts';
import { settleAnyState, settleAnyValue } from './any-value.ts';
import { askDate } from './ask-which.ts';
import { addAskedColumns } from './asked-columns.ts';
import { addCalendarParts } from './calendar-conditions.ts';
import { settleChange } from './change.ts';
import { chooseMetrics } from './choose-metrics.ts';
import { listOtherStates, refuseContradictions } from './contradictions.ts';
import { placeNamedDate, placePast, placeVerb, settleModals } from './date-conditions.ts';
import {
  type Draft,
  entityOfSpan,
  isCountOf,
  meaningsOf,
  newDraft,
  numericTwin,
  onlyEvent,
} from './draft.ts';
import { addFilters } from './filters.ts';
import { addGroupings } from './group-by.ts';
import { listPlan, metricPlan, wantsList } from './lanes.ts';
import { refuseLeftovers } from './leftovers.ts';
import { addLengths } from './length-conditions.ts';
import { findColumns, settleColumns } from './list-columns.ts';
import { listDistinct } from './list-distinct.ts';
import { placeListTime } from './list-time.ts';
import { settleMeasures } from './measures.ts';
import { settleScale } from './named-order.ts';
import { tellOfEach } from './of-each.ts';
import { showOneRecord } from './one-record.ts';
import { settleAge } from './open-age.ts';
import { countsByOtherDate, refuseOtherDate } from './other-date.ts';
import { settleAccounts } from './own-accounts.ts';
import { groupByAskedNoun } from './own-noun.ts';
import { placeTime } from './place-time.ts';
import { settlePredicates } from './predicates.ts';
import { presentCustomers } from './present-customers.ts';
import { settlePresent } from './present-state.ts';
import { type Composed, Unplannable } from './problem.ts';
import { isOfEntity, settleQualifiers } from './qualifiers.ts';
import { rankByChange } from './ranked-change.ts';
import { namingDimension } from './reach.ts';
import { refuseSecondQuestion, splitEach } from './second-question.ts';
import { settleMetrics } from './settle-metrics.ts';
import { refuseStay, settleStates, settleUnended } from './settle-states.ts';
import { hasNoFigure, listInsteadOfRate, listNewest } from './shown-records.ts';
import { splitBeside, splitFigure } from './side-by-side.ts';
import { addStay } from './stays.ts';
import { refuseUnheard } from './unheard.ts';
import { settleBacklog, settleEach, settleHabit, settleSampled, settleUsualPeriod } from './usual-period.ts';
import { widenOpen } from './wide-open.ts';

/**
 * Puts a plan together from what was understood.
 *
 * @param picks metric chosen for each figure of the question, where the words fit several
 * @returns a complete plan, a question back, or a refusal; never a plan that leaves a content word out
 */
export function composePlan(
  understood: Understanding,
  catalogue: Catalogue,
  picks: readonly string[] = [],
): Composed {
  try {
    return compose(understood, catalogue, picks);
  } catch (error) {
    if (error instanceof Unplannable) return error.problem;
    throw error;
  }
}

function compose(understood: Understanding, catalogue: Catalogue, picks: readonly string[]): Composed {
  const draft = newDraft(catalogue, understood, {
    mayMeanOne: true,
    recompose: (other, of, chosen = picks) => composePlan(other, of, chosen),
  });
  findColumns(draft);
  settleMetrics(draft, chooseMetrics(draft), picks);
  settleAnyState(draft);
  settleMeasures(draft);
  settleAmountWords(draft);
  settleChange(draft);
  moveToScores(draft);
  settlePredicates(draft);
  settleColumns(draft);
  listDistinct(draft);
  groupByOwnName(draft);
  placePast(draft);
  settleScale(draft);
  addGroupings(draft);
  tellOfEach(draft);
  settleCalendar(draft);
  addFilters(draft);
  widenOpen(draft);
  presentCustomers(draft);
  splitEach(draft);
  addLengths(draft);
  addCalendarParts(draft);
  addStay(draft);
  placeVerb(draft);
  placeNamedDate(draft);
  settleModals(draft);
  listOwnRows(draft);
  listOtherStates(draft);
  settleQualifiers(draft);
  settleAccounts(draft);
  addAskedColumns(draft);
  showOneRecord(draft);
  listNewest(draft);
  listInsteadOfRate(draft);
  if (understood.time.either) throw askDate(draft);
  splitFigure(draft);
  const isList = wantsList(draft) || hasNoFigure(draft) || countsByOtherDate(draft);
  if (!isList) groupByAskedNoun(draft);
  if (!isList) splitBeside(draft);
  if (isList && draft.isImplied) draft.metrics = [];
  if (isList) settleUnended(draft);
  if (isList) settlePresent(draft);
  settleBacklog(draft, isList);
  settleAnyValue(draft, isList);
  settleStates(draft, isList);
  refuseStay(draft);
  settleAge(draft, isList);
  if (!draft.isTimeOfRelated) {
    if (isList) placeListTime(draft);
    else placeTime(draft);
    if (!isList) settleUsualPeriod(draft);
    settleHabit(draft, isList);
    if (!isList) draft.time = settleEach(draft);
    if (!isList) draft.time = settleSampled(draft);
  }
  if (!isList) refuseOtherDate(draft);
  const plan = isList ? listPlan(draft) : rankByChange(draft, metricPlan(draft));
  refuseLeftovers(draft);
  refuseContradictions(draft);
  refuseSecondQuestion(understood, {
    isGrouped: isList || draft.groupBy.length > 0,
    figures: draft.metrics.length,
  });
  refuseUnheard(draft);
  return { kind: 'plan', plan, ...(draft.one && { one: draft.one }) };
}

/** "accounts in the critical band": the band belongs to the account's scores, which have their own count. */
function moveToScores(draft: Draft): void {
  const { catalogue, understood } = draft;
  if (!draft.isImplied && !isPlainCount(draft)) return;
  const named = understood.spans
    .filter((span) => !draft.used.has(span) && !hasOwnValue(draft, span))
    .flatMap((span) => [
      ...meaningsOf(span, 'value').map((one) => one.dimension),
      ...meaningsOf(span, 'dimension').map((one) => one.id),
      ...[numericTwin(catalogue, span)].filter((id) => id !== null),
    ]);
  for (const id of [...draft.columns, ...named]) {
    const dimension = catalogue.dimensions.get(id);
    const child = dimension && catalogue.entities.get(dimension.entity);
    if (
      !dimension ||
      child?.parent === undefined ||
      child.joins[child.parent]?.entity !== draft.entity ||
      !(child.snapshot || child.onePerParent === 'check')
    )
      continue;
    if (findWay(catalogue, draft.entity, dimension) !== null) continue;
    const counts = [...catalogue.metrics.values()].filter((metric) => isCountOf(catalogue, metric, child.id));
    const fewest = counts.toSorted((left, right) => filterCount(left) - filterCount(right))[0];
    if (!fewest) continue;
    draft.metrics = [fewest];
    draft.entity = child.id;
    return;
  }
}

/** "The number of customers": counted as they are, with no state of theirs. */
function isPlainCount({ catalogue, metrics, entity }: Draft): boolean {
  const [metric, another] = metrics;
  return (
    metric?.type === 'simple' &&
    another === undefined &&
    metric.filters.length === 0 &&
    isCountOf(catalogue, metric, entity)
  );
}

/** "Customers billed in euros": their own currency, whatever their scores are kept in. */
const hasOwnValue = (draft: Draft, span: Span): boolean =>
  meaningsOf(span, 'value').some(({ dimension: id }) => {
    const dimension = draft.catalogue.dimensions.get(id);
    return dimension !== undefined && findWay(draft.catalogue, draft.entity, dimension) !== null;
  });

const filterCount = (metric: MetricDefinition): number =>
  metric.type === 'simple'
    ? metric.filters.length * 10 +
      (metric.filters.some((filter) => /^(?:lt|gt|lte|gte)$/.test(filter.op)) ? 1 : 0)
    : 99;

/** "health bands": a count and a grouping share the words. */
function groupByOwnName(draft: Draft): void {
  for (const span of draft.used) {
    // "Number of orders" counts them; "order number" is what one is called.
    if (/^number\b/i.test(span.words)) continue;
    const [dimension] = meaningsOf(span, 'dimension').filter((one) => {
      const known = draft.catalogue.dimensions.get(one.id);
      return known?.type === 'text' && known.groupable && isOfEntity(draft, one.id);
    });
    const isCount = draft.metrics.some(
      (metric) =>
        meaningsOf(span, 'metric').some((one) => one.id === metric.id) &&
        metric.type === 'simple' &&
        /^count/.test(metric.measure.aggregate) &&
        metric.entity === draft.entity,
    );
    if (
      dimension &&
      isCount &&
      !isValued(draft, span, dimension.id) &&
      entityOfSpan(draft.catalogue, span) === null
    )
      draft.groupBy = [...draft.groupBy, { dimension: dimension.id }];
  }
}

/** "In the critical health band": the name of a property beside its value asks for no other values. */
const isValued = ({ understood: { spans } }: Draft, span: Span, dimension: string): boolean =>
  spans.some(
    (other) =>
      other.from <= span.to &&
      other.to >= span.from &&
      meaningsOf(other, 'value').some((one) => one.dimension === dimension),
  );

/** "Which partners have an expired certification": a count of records, one by one, is the list of them. */
function listOwnRows(draft: Draft): void {
  const { metrics, groupBy, understood, catalogue, having, compare, headGroup } = draft;
  const [metric, another] = metrics;
  const [group, more] = groupBy;
  // A check of a partner is one of them, as the partner itself is.
  const entity = catalogue.entities.get(draft.entity);
  const owner = entity?.joins[entity.parent ?? '']?.entity;
  // "Who is in the critical band today": of what is kept by the day there is one for each.
  const { range } = understood.time;
  const isToday = range?.kind === 'to_date' && range.unit === 'day';
  const isOnePer = owner !== undefined && (entity?.snapshot ? isToday : entity?.onePerParent !== undefined);
  const own = namingDimension(catalogue, isOnePer ? owner : draft.entity);
  if (another || more || group === undefined || group.dimension !== own || headGroup !== own) return;
  if (metric?.type !== 'simple' || !isCountOf(catalogue, metric, draft.entity)) return;
  if (
    understood.ranking !== null ||
    understood.kind.countAt !== null ||
    having.length > 0 ||
    compare !== 'none'
  )
    return;
  draft.groupBy = [];
  draft.isDated = true;
}

/** "Which weekday has the most escalations": those that came on it, where a state has no day. */
function settleCalendar(draft: Draft): void {
  const { catalogue, groupBy, metrics } = draft;
  const [metric, another] = metrics;
  const isPart = groupBy.some(({ dimension }) => catalogue.dimensions.get(dimension)?.calendar !== undefined);
  if (!isPart || another || metric?.type !== 'simple' || metric.timeDimension !== null) return;
  const named = draft.understood.reading.tokens.some(({ word }) =>
    /^(?:open|unsolved|pending|active)$/.test(word),
  );
  const event = named ? null : onlyEvent(catalogue, draft.entity);
  if (event !== null && isCountOf(catalogue, metric, draft.entity)) draft.metrics = [event];
}
