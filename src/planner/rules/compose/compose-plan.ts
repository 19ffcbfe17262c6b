import type { Catalogue, MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { Filter } from '../../../query/metric-query.ts';
import type { Span } from '../match-vocabulary.ts';
import type { Understanding } from '../understand.ts';
import { settleAmountWords } from './amount-words.ts';
import { addAskedColumns } from './asked-columns.ts';
import { amountOf, saysHowMuch, takeHowMuch } from './bare-words.ts';
import { type Choice, chooseMetrics, impliedMetric, mainEntity } from './choose-metrics.ts';
import { refuseContradictions } from './contradictions.ts';
import { placeNamedDate, placePast, placeVerb, settleModals } from './date-conditions.ts';
import {
  type Draft,
  entityOfSpan,
  filtersOf,
  isCountOf,
  meaningsOf,
  newDraft,
  numericTwin,
  onlyEvent,
} from './draft.ts';
import { entityFromDimension } from './entity-of-properties.ts';
import { addFilters } from './filters.ts';
import { addGroupings } from './group-by.ts';
import { listPlan, metricPlan, wantsList } from './lanes.ts';
import { leftovers, refuseLeftovers } from './leftovers.ts';
import { addLengths } from './length-conditions.ts';
import { findColumns, settleColumns } from './list-columns.ts';
import { beginningDate } from './list-order.ts';
import { settleMeasures } from './measures.ts';
import { settleAge } from './open-age.ts';
import { settleAccounts } from './own-accounts.ts';
import { placeTime, wholeUnit } from './place-time.ts';
import { settlePredicates } from './predicates.ts';
import { presentState, usualCount } from './present-rows.ts';
import { type Composed, refuse, Unplannable } from './problem.ts';
import { isOfEntity, settleQualifiers } from './qualifiers.ts';
import { namingDimension } from './reach.ts';
import { refuseSecondQuestion, splitEach } from './second-question.ts';
import { hasNoFigure, listNewest } from './shown-records.ts';
import { addStay } from './stays.ts';
import { refuseUnheard } from './unheard.ts';
import { settleUsualPeriod } from './usual-period.ts';

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
    recompose: (other, of) => composePlan(other, of, picks),
  });
  findColumns(draft);
  settleMetrics(draft, chooseMetrics(draft), picks);
  settleMeasures(draft);
  settleAmountWords(draft);
  settleChange(draft);
  moveToScores(draft);
  settlePredicates(draft);
  settleColumns(draft);
  listDistinct(draft);
  groupByOwnName(draft);
  placePast(draft);
  addGroupings(draft);
  settleCalendar(draft);
  addFilters(draft);
  splitEach(draft);
  addLengths(draft);
  addStay(draft);
  placeVerb(draft);
  placeNamedDate(draft);
  settleModals(draft);
  listOwnRows(draft);
  settleQualifiers(draft);
  settleAccounts(draft);
  addAskedColumns(draft);
  listNewest(draft);
  if (understood.time.either) throw askDate(draft, picks);
  const isList = wantsList(draft) || hasNoFigure(draft);
  if (isList && draft.isImplied) draft.metrics = [];
  if (isList) settleUnended(draft);
  settleStates(draft, isList);
  refuseStay(draft);
  settleAge(draft, isList);
  if (!draft.isTimeOfRelated) {
    if (isList) placeListTime(draft);
    else placeTime(draft);
    if (!isList) settleUsualPeriod(draft);
  }
  const plan = isList ? listPlan(draft) : metricPlan(draft);
  refuseLeftovers(draft);
  if (!isList) refuseContradictions(draft);
  // "Sold of Vault and of the storage stuff": one and the other, which no row can both be.
  if (/\band of (?:the|our|my)\b/i.test(understood.reading.text) && draft.where.length > 1)
    throw refuse('unclear', '“and of” between different properties');
  refuseSecondQuestion(understood, {
    isGrouped: isList || draft.groupBy.length > 0,
    figures: draft.metrics.length,
  });
  refuseUnheard(draft);
  return { kind: 'plan', plan, ...(draft.one && { one: draft.one }) };
}

function settleMetrics(draft: Draft, choice: Choice, picks: readonly string[]): void {
  const { catalogue, understood } = draft;
  const tie = choice.figures.findIndex((ids, index) => ids.length > 1 && picks[index] === undefined);
  if (tie !== -1) throw askMetric(draft, choice, tie, picks);
  const metrics = choice.figures.map((ids, index) => catalogue.metrics.get(picks[index] ?? ids[0] ?? ''));
  draft.metrics = [...new Set(metrics.filter((metric) => metric !== undefined))];
  draft.isImplied = choice.isImplied;
  const entity = mainEntity(draft, draft.metrics) ?? choice.entity ?? entityFromDimension(draft);
  if (entity === null) throw nothingToMeasure(draft);
  draft.entity = entity;
  if (draft.metrics.length > 0) {
    settleHowMuch(draft);
    return;
  }
  draft.isImplied = true;
  const implied = impliedMetric(draft, entity);
  if (implied) draft.metrics = [implied];
  settleHowMuch(draft);
  if (draft.metrics.length > 0) return;
  if (understood.kind.countAt !== null) throw refuse('no_metric', `the number of ${entity}`);
}

/** "How much is closing this month": money is asked for, where the words alone would count. */
function settleHowMuch(draft: Draft): void {
  const { reading, kind } = draft.understood;
  const [metric = usualCount(draft.catalogue, draft.entity), another] = draft.metrics;
  if (!metric || another || kind.countAt !== null || !saysHowMuch(draft)) return;
  if (reading.tokens.some(({ word }) => movementWords.test(word) || word === 'each')) return;
  const amount = isCountOf(draft.catalogue, metric, draft.entity) ? amountOf(draft, metric) : null;
  if (amount === null && metric.format.kind !== 'money') return;
  takeHowMuch(draft);
  if (amount === null) return;
  draft.metrics = [amount];
  draft.isImplied = false;
}

function nothingToMeasure(draft: Draft): Unplannable {
  const left = leftovers(draft);
  if (left.length > 0) return refuse('unknown_word', left.join(', '));
  return refuse('no_metric', 'nothing that can be counted or measured was named');
}

function askMetric(draft: Draft, choice: Choice, tie: number, picks: readonly string[]): Unplannable {
  const candidates = (choice.figures[tie] ?? []).slice(0, 4);
  const options = candidates.flatMap((id) => {
    const chosen = choice.figures.map((ids, index) => (index === tie ? id : (picks[index] ?? ids[0] ?? '')));
    const composed = composePlan(draft.understood, draft.catalogue, chosen);
    const label = draft.catalogue.metrics.get(id)?.label ?? id;
    return composed.kind === 'plan' ? [{ label: label.slice(0, 70), plan: composed.plan }] : [];
  });
  const [only] = options;
  if (options.length >= 2 || !only) {
    return options.length >= 2
      ? new Unplannable({ kind: 'ask', question: 'Which figure do you mean?', options })
      : refuse('unclear', 'these words fit several figures', candidates);
  }
  return new Unplannable({ kind: 'ask', question: 'Do you mean this?', options: [only, only] });
}

/** 3/4/2017: every option is the whole question with one of the two days. */
function askDate(draft: Draft, picks: readonly string[]): Unplannable {
  const { understood, catalogue } = draft;
  const options = (understood.time.either ?? []).flatMap(({ label, range }) => {
    const time = { ...understood.time, either: null, range };
    const composed = composePlan({ ...understood, time }, catalogue, picks);
    return composed.kind === 'plan' ? [{ label, plan: composed.plan }] : [];
  });
  if (options.length < 2) return refuse('unclear', 'write the date with the month in letters');
  return new Unplannable({ kind: 'ask', question: 'Which day do you mean?', options });
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
      !(child.snapshot || isCheckOf(child.id))
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

/** A partner has one check of its health, as a customer has one score a day. */
const isCheckOf = (entity: string): boolean => /_health$/.test(entity);

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
    if (dimension && isCount && entityOfSpan(draft.catalogue, span) === null)
      draft.groupBy = [...draft.groupBy, { dimension: dimension.id }];
  }
}

/** "customers with open escalations": the customers themselves, each with its number, unless a count was asked for. */
function listDistinct(draft: Draft): void {
  const { kind, reading } = draft.understood;
  const [metric, another] = draft.metrics;
  if (
    another ||
    metric?.type !== 'simple' ||
    metric.measure.aggregate !== 'count_distinct' ||
    draft.isImplied
  )
    return;
  if (kind.countAt !== null || reading.tokens.some((token) => /^(?:what|total)$/.test(token.word))) return;
  const join = Object.values(draft.catalogue.entities.get(metric.entity)?.joins ?? {}).find(
    (one) => one.column === metric.measure.path,
  );
  const dimension = join && namingDimension(draft.catalogue, join.entity);
  const filters = new Set(metric.filters.map((filter) => JSON.stringify(filter)));
  const counted = [...draft.catalogue.metrics.values()].find(
    (other) =>
      other.type === 'simple' &&
      isCountOf(draft.catalogue, other, metric.entity) &&
      other.timeDimension === metric.timeDimension &&
      other.filters.length === filters.size &&
      other.filters.every((filter) => filters.has(JSON.stringify(filter))),
  );
  if (!dimension || !counted) return;
  draft.metrics = [counted];
  draft.groupBy = [{ dimension }];
}

/** "Which partners have an expired certification": a count of records, one by one, is the list of them. */
function listOwnRows(draft: Draft): void {
  const { metrics, groupBy, understood, catalogue, having, compare, headGroup } = draft;
  const [metric, another] = metrics;
  const [group, more] = groupBy;
  // A check of a partner is one of them, as the partner itself is.
  const entity = catalogue.entities.get(draft.entity);
  const owner = entity?.snapshot ? undefined : entity?.joins[entity.parent ?? '']?.entity;
  const isOnePer = owner !== undefined && (isCheckOf(draft.entity) || /_value$/.test(draft.entity));
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

const movementWords =
  /^(?:change|changed|evolved|developed|increase|increased|decrease|decreased|growth|grow|grew|grown|shrink|shrank|shrunk|rise|rose|risen|fall|fell|fallen|drop|dropped|decline|declined|improve|improved|worsen|worsened)$/;

const changeWords =
  /^(?:shrink|shrank|shrunk|decline|declined|rose|fell|worsen|worsened|improve|change|changed|changing|growth|grown|grow|grew|growing|go|gone|going|went|up|down|or|increase|increased|decrease|decreased|rise|risen|fall|fallen|drop|dropped|compare|compared|comparison|difference|development|developed|evolved|better|worse|improved|improving|than|more|fewer|less|higher|lower|bigger|smaller|larger|greater|faster|slower|quicker|busier|ahead|behind|trending|heading|moving|getting|making)$/;

/** "how did X change last month": against the period before, unless another was named. */
function settleChange(draft: Draft): void {
  const { reading, time, spans } = draft.understood;
  const words = new Set(
    reading.tokens
      .filter(({ index, word }) => reading.isFree(index) || /^(?:up|down)$/.test(word))
      .map(({ word }) => word),
  );
  const asksChange = [...words].some((word) => movementWords.test(word)) || isUpOrDown(words);
  const event = isUpOrDown(words) && draft.isImplied ? onlyEvent(draft.catalogue, draft.entity) : null;
  if (event) draft.metrics = [event];
  const isOverTime = time.range !== null || (isUpOrDown(words) && draft.metrics.every(isByDate));
  if (asksChange && isOverTime && draft.compare === 'none') draft.compare = 'previous_period';
  const isCompared = draft.compare !== 'none' || time.grain !== undefined || time.since !== undefined;
  if (!isCompared) return;
  for (const token of reading.tokens)
    if (reading.isFree(token.index) && changeWords.test(token.word)) draft.usedTokens.add(token.index);
  // "Up or down" is no verdict of a trend here.
  for (const span of spans)
    if (span.indexes.every((index) => /^(?:up|down)$/.test(reading.tokens[index]?.word ?? '')))
      draft.used.add(span);
}

const isUpOrDown = (words: ReadonlySet<string>): boolean => words.has('up') && words.has('down');

/** A figure with a period of its own, which has one before it. */
const isByDate = (metric: MetricDefinition): boolean =>
  metric.type === 'simple' && metric.timeDimension !== null;

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

/** "Who is offline", "since when are they away": of spans of a state those that go on, unless a time or the past is named. */
function settleUnended(draft: Draft): void {
  const { time, reading } = draft.understood;
  const isPast = reading.tokens.some(({ lower }) => /^(?:was|were|had|did)$/.test(lower));
  if (time.range !== null || isPast || draft.where.length === 0) return;
  const ends = dimensionsOf(draft.catalogue, draft.entity).find(
    ({ entity, id, type }) => entity === draft.entity && type === 'instant' && /_ended_at$/.test(id),
  );
  const isSaid = draft.where.some(({ any }) => any.some(({ dimension }) => dimension === ends?.id));
  if (ends && !isSaid) draft.where.push({ any: [{ dimension: ends.id, op: 'is_null', values: [] }] });
}

/** A current state needs no range: "how many pending tickets" counts all of them, not those of the default range. */
function settleStates(draft: Draft, isList: boolean): void {
  const { catalogue, understood } = draft;
  if (isList || !draft.isImplied || understood.time.range !== null) return;
  const states = new Set<string>();
  for (const metric of catalogue.metrics.values())
    if (metric.type === 'simple' && metric.timeDimension === null && metric.entity === draft.entity)
      for (const filter of metric.filters) states.add(filter.dimension);
  const isStateAsked = draft.where.some((group) =>
    group.any.some(
      (filter) =>
        catalogue.dimensions.get(filter.dimension)?.path === 'status' ||
        (states.has(filter.dimension) && catalogue.dimensions.get(filter.dimension)?.values.length),
    ),
  );
  const [metric] = draft.metrics;
  if (isStateAsked && metric?.type === 'simple' && metric.timeDimension !== null)
    draft.time = { kind: 'all' };
}

/** "Pending for more than 3 days", "in negotiation for a month": since when a record is in a state is not known. */
function refuseStay({ catalogue, entity, understood, where }: Draft): void {
  if (understood.time.isStay !== true) return;
  const present = JSON.stringify(presentState(catalogue, entity));
  const state = where
    .filter((group) => !present.includes(JSON.stringify(group)))
    .flatMap(({ any }) => any)
    .find(({ dimension: id, op, values }) => {
      const path = catalogue.dimensions.get(id)?.path ?? '';
      return (
        /^(?:eq|in)$/.test(op) &&
        /^(?:status|stage|state)$/.test(path) &&
        !values.every((one) => one === 'open')
      );
    });
  if (state) throw refuse('unclear', `since when they have been ${state.values.join(' or ')} is not kept`);
}

function placeListTime(draft: Draft): void {
  const { time } = draft.understood;
  if (time.conflict !== null) throw refuse('unclear', `two periods at once: ${time.conflict}`);
  if (time.range === null) return;
  // Lists ask for rows by date; a state filter and a date go together ("my open tickets from last week").
  const [metric] = draft.metrics;
  if (metric?.type === 'simple' && metric.timeDimension === null && !draft.isImplied) {
    const due = dueDate(draft, metric);
    // "About to breach in the next four hours": the range says by when, in place of the state's own idea of soon.
    const isOfNow = (filter: Filter): boolean => due !== null && filter.values.includes('@now');
    draft.where.push(...filtersOf(metric).filter(({ any }) => !any.some(isOfNow)));
    draft.metrics = [];
    if (due !== null) draft.timeDimension = due;
  }
  // "Deals open for more than 90 days": the age is from their beginning, whatever date a list goes by.
  if (time.isAge === true && draft.timeDimension === null) draft.timeDimension = beginningDate(draft);
  placeTime(draft);
  settleWholeUnit(draft);
}

/** "Commit deals this quarter": by a date that may lie ahead the whole quarter is meant, not its part until now. */
function settleWholeUnit(draft: Draft): void {
  const by = draft.timeDimension ?? draft.catalogue.entities.get(draft.entity)?.defaultTime ?? '';
  if (
    draft.time !== null &&
    draft.metrics.length === 0 &&
    /(?:^|_)(?:close_date|due|renews?|expires?)(?:_|$)/.test(by)
  )
    draft.time = wholeUnit(draft.time);
}

/** The date that a state looks ahead to, when the question names a time that is still to come. */
function dueDate({ catalogue, understood }: Draft, metric: SimpleMetric): string | null {
  if (!/^(?:upcoming|ahead)$/.test(understood.time.range?.kind ?? '')) return null;
  const ahead = metric.filters.filter(({ op, values }) => /^gte?$/.test(op) && values.includes('@now'));
  const [only, another] = ahead;
  return only && !another && catalogue.dimensions.get(only.dimension)?.type === 'instant'
    ? only.dimension
    : null;
}
