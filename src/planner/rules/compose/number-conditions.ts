import type { DimensionDefinition, MetricDefinition } from '../../../catalogue/catalogue.ts';
import { dimensionsOf, namesOfEntity } from '../../../catalogue/lookup.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import type { NumberFilter } from '../slots/number-filters.ts';
import type { Span } from '../span.ts';
import { wordsOf } from '../vocabulary.ts';
import { columnOfMetric, type Draft, entityOfSpan, isCountOf, meaningsOf, numericTwin } from './draft.ts';
import { figureOfRows } from './figure-of-rows.ts';
import { namesSeveral } from './names-several.ts';
import { groupByAskedNoun, groupByOwnNoun } from './own-noun.ts';
import { refuse } from './problem.ts';
import { compareChange } from './ranked-change.ts';
import { reachable } from './reach.ts';
import { relatedNumber } from './related-number.ts';
import { kindOfAnswer, kindOfFigure } from './score-kinds.ts';

/** Finds what a compared number speaks of: the words before it, the words after it, or the one amount the rows have. */
export function addNumber(draft: Draft, number: NumberFilter): void {
  const { understood } = draft;
  takeVerb(draft, number);
  const touches = (from: number, to: number) => (span: Span) =>
    span.indexes.some((index) => index >= from && index < to);
  const isOfNext = (span: Span): boolean =>
    understood.numbers.some(({ from }) => from > number.to && from >= span.to && from - span.to <= 1);
  // "Deals over 50k by customer": what stands behind only says by whom they are told apart.
  const isGroup = (span: Span): boolean =>
    /^(?:by|per)$/.test(understood.reading.tokens[span.from - 1]?.word ?? '');
  const after = understood.spans.find(
    (span) => touches(number.to, number.to + 2)(span) && !isOfNext(span) && !isGroup(span),
  );
  const before = understood.spans.findLast(
    (span) => touches(number.from - 3, number.from)(span) && !isCounted(draft, span),
  );
  if (compareChange(draft, number)) return;
  if (number.isTimes === true && addTimes(draft, before, number)) return;
  for (const span of [after, before]) {
    if (!span) continue;
    const whole = figureOfWhole(draft, span);
    if (whole !== null && compareFigure(draft, whole, number)) {
      draft.used.add(span);
      return;
    }
    const dimension = numericDimension(draft, span, number) ?? ownNumber(draft, span, number);
    if (dimension) {
      draft.used.add(span);
      pushNumber(draft, dimension, number);
      addKind(draft, kindOfFigure(draft, span, dimension));
      return;
    }
    const metric =
      draft.metrics.find((one) => meaningsOf(span, 'metric').some((meaning) => meaning.id === one.id)) ??
      (meaningsOf(span, 'metric').length > 0 && draft.used.has(span) ? draft.metrics[0] : undefined);
    if (metric !== undefined && draft.groupBy.length === 0) groupByOwnNoun(draft, span);
    // "more than 10 open tickets" compares the count; "deals closing this week over 20k" compares each deal.
    const isCount = metric?.type === 'simple' && /^count/.test(metric.measure.aggregate);
    const isAboutMetric = metric !== undefined && draft.groupBy.length > 0 && (span === after || !isCount);
    if (isAboutMetric && compareFigure(draft, metric, number)) return;
    if (relatedNumber(draft, span, number)) return;
    if (number.op !== 'in' && figureOfRows(draft, span)) {
      plainAnswers(draft, number);
      const [figure] = draft.metrics;
      if (figure && compareFigure(draft, figure, number)) return;
    }
  }
  if (ofOwnColumn(draft, number, [before, after])) return;
  if (placeAlone(draft, number, { after, before })) return;
  if (ofEachGroup(draft, number)) return;
  throw refuse(
    'unclear',
    `“${number.words}” of what?`,
    draft.metrics.map((metric) => metric.id),
  );
}

/** "Worth more than 200k in ARR", "costing over 5k": the verb says that it is a number, which the number says itself. */
function takeVerb(draft: Draft, number: NumberFilter): void {
  const { reading, spans } = draft.understood;
  const at = number.from - 1;
  if (
    !/^(?:worth|totalling|totaling|amounting|valued|bringing|generating)$/.test(
      reading.tokens[at]?.lower ?? '',
    )
  )
    return;
  const span = spans.find(({ from, to }) => from === at && to === number.from);
  const isOwn = span !== undefined && numericDimension(draft, span, number) !== null;
  if (isOwn) return;
  if (span) draft.used.add(span);
  draft.usedTokens.add(at);
}

/** "MRR over 5,000": of a figure that adds up a column of the rows, without groups, the rows where it is so. */
function ofOwnColumn(draft: Draft, number: NumberFilter, beside: readonly (Span | undefined)[]): boolean {
  if (draft.groupBy.length > 0 || number.isTimes === true || draft.understood.kind.countAt !== null)
    return false;
  for (const span of beside) {
    const metric =
      span && draft.metrics.find(({ id }) => meaningsOf(span, 'metric').some((one) => one.id === id));
    const id =
      metric?.type === 'simple' && metric.measure.aggregate === 'sum'
        ? columnOfMetric(draft.catalogue, metric.id)
        : null;
    const column = id === null ? undefined : draft.catalogue.dimensions.get(id);
    if (column === undefined || column.entity !== draft.entity || number.isPercent || asks(draft)) continue;
    pushNumber(draft, column, number);
    if (namesRows(draft)) {
      draft.metrics = [];
      draft.isDated = true;
    }
    return true;
  }
  return false;
}

/** "Campaigns costing over 5,000": the records are named, and no total of them is asked for. */
const namesRows = (draft: Draft): boolean =>
  !/^(?:how|what|total|sum)$/.test(draft.understood.reading.tokens[0]?.word ?? '') &&
  namesSeveral(draft, draft.entity);

/** "Is the pipeline over 2m": the figure itself answers. */
const asks = ({ understood: { reading } }: Draft): boolean =>
  /^(?:is|are|am|was|were|did|do|does|has|have)$/.test(reading.tokens[0]?.lower ?? '');

/** "Spend by order above 20k": rows that share a number are one whole, and the sum of them is compared. */
function figureOfWhole({ catalogue, metrics, groupBy }: Draft, span: Span): MetricDefinition | null {
  const sharedPaths = new Set(
    [...catalogue.metrics.values()].flatMap((metric) =>
      metric.type === 'simple' && metric.measure.aggregate === 'count_distinct' ? [metric.measure.path] : [],
    ),
  );
  const isWhole = groupBy.some(({ dimension: id }) => {
    const dimension = catalogue.dimensions.get(id);
    return /number$/.test(id) && sharedPaths.has(dimension?.path ?? '');
  });
  if (!isWhole) return null;
  return metrics.find((one) => meaningsOf(span, 'metric').some(({ id }) => id === one.id)) ?? null;
}

/** "Tickets per account this quarter, at least 5": behind everything else, the number of each group is compared. */
function ofEachGroup(draft: Draft, number: NumberFilter): boolean {
  const { catalogue, entity, groupBy, understood } = draft;
  const [metric, another] = draft.metrics;
  const isLast = understood.reading.tokens.slice(number.to).every(({ kind }) => kind !== 'word');
  if (!isLast || groupBy.length === 0 || metric === undefined || another !== undefined) return false;
  if (number.isMoney || number.isTimes === true) return false;
  // "Success rate per intent, below 70 %": what is said in percent is the only rate there is.
  const isSaid = number.isPercent ? metric.format.kind === 'percent' : isCountOf(catalogue, metric, entity);
  return isSaid && compareFigure(draft, metric, number);
}

const highestAnswer = 10;

/** "Customers whose NPS is below 7": their answers are from 0 to 10, where the NPS itself is from -100 to 100. */
function plainAnswers(draft: Draft, { values }: NumberFilter): void {
  const [metric] = draft.metrics;
  if (metric?.type !== 'simple' || metric.measure.steps === undefined) return;
  if (!values.every((value) => value > 0 && value <= highestAnswer)) return;
  const plain = [...draft.catalogue.metrics.values()].find(
    (one) =>
      one.type === 'simple' &&
      one.entity === metric.entity &&
      one.measure.aggregate === metric.measure.aggregate &&
      one.measure.path === metric.measure.path &&
      one.measure.steps === undefined &&
      JSON.stringify(one.filters) === JSON.stringify(metric.filters),
  );
  if (plain) draft.metrics = [plain];
}

/** Those of what the rows are a part of. */
function amountsOfWhole(
  { catalogue, entity }: Draft,
  amounts: readonly DimensionDefinition[],
): readonly DimensionDefinition[] {
  const rows = catalogue.entities.get(entity);
  const whole = rows?.joins[rows.parent ?? '']?.entity;
  return amounts.filter((one) => one.entity === whole);
}

/** Where no word says what is compared: the only number of the rows, the figure of each group, or the figure itself. */
function placeAlone(
  draft: Draft,
  number: NumberFilter,
  { after, before }: Readonly<Record<'after' | 'before', Span | undefined>>,
): boolean {
  const amounts = dimensionsOf(draft.catalogue, draft.entity).filter(
    (one) => one.type === 'number' && one.filterable && isAmount(one),
  );
  const own = amounts.filter((one) => one.entity === draft.entity);
  // "Is the pipeline over 2m": the figure itself, not the deals that are so large.
  if (asks(draft) && number.isMoney && answersItself(draft, number, [after, before])) return true;
  // "Renewals of 25k or more": what customers are worth is not what is kept of a subscription by the month.
  if (own.length === 0 && hasOwnMoney(draft)) return false;
  const isLarge = number.isMoney || (number.values[0] ?? 0) >= 1000;
  if (!number.isMoney && isOfSuch(draft, number)) return answersItself(draft, number, [after, before]);
  // "Stale deals over 50k": what is checked of a deal is no amount, that of the deal is.
  const [near = amounts] = [own, amountsOfWhole(draft, amounts)].filter((some) => some.length > 0);
  const [only, another] = near;
  // "Customers under 50" may be meant by any score of theirs.
  const canBeAmount = isLarge || (own.length === 1 && (number.values[0] ?? 0) >= 100);
  if (only && !another && canBeAmount && !number.isPercent && number.isTimes !== true) {
    pushNumber(draft, only, number);
    return true;
  }
  if (rateRows(draft, number)) return true;
  return answersItself(draft, number, [after, before]);
}

/** The rows have money of their own, which is added up by another name. */
const hasOwnMoney = ({ catalogue, entity }: Draft): boolean =>
  [...catalogue.metrics.values()].some(
    (metric) =>
      metric.type === 'simple' &&
      metric.entity === entity &&
      metric.measure.aggregate === 'sum' &&
      metric.format.kind === 'money' &&
      columnOfMetric(catalogue, metric.id) !== null,
  );

/** "Surveys below 3", "a survey under 3": of rows that are answers the answer is compared. */
function rateRows(draft: Draft, number: NumberFilter): boolean {
  if (number.isMoney || number.isPercent || number.isTimes === true || !draft.isImplied) return false;
  // "Tickets over 10" are so many of them, whatever each was scored with; stars are a score.
  const rows = draft.catalogue.entities.get(draft.entity);
  const areAnswers = rows !== undefined && namesOfEntity(rows).some((name) => namesAnswers.test(name));
  const isStars = /^stars?$/.test(draft.understood.reading.tokens[number.to]?.lower ?? '');
  if (!areAnswers && !isStars && /^[gl]te?$/.test(number.op)) return false;
  const scores = dimensionsOf(draft.catalogue, draft.entity).filter(
    ({ entity, type, filterable, hidden, synonyms }) =>
      entity === draft.entity &&
      type === 'number' &&
      filterable &&
      hidden !== true &&
      synonyms.some((name) => /(?:^|\s)(?:score|rating)$/.test(name)),
  );
  const [score, another] = scores;
  const isNear = draft.understood.spans.some(
    (span) =>
      entityOfSpan(draft.catalogue, span) === draft.entity &&
      span.to <= number.from &&
      number.from - span.to <= 2,
  );
  if (!score || another || !isNear) return false;
  pushNumber(draft, score, number);
  addKind(draft, kindOfAnswer(draft, score, number));
  return true;
}

const namesAnswers = /\b(?:surveys?|ratings?|reviews?|answers?|feedback)\b/;

function addKind(draft: Draft, kind: Draft['where'][number] | null): void {
  const said = new Set(draft.where.flatMap(({ any }) => any.map(({ dimension }) => dimension)));
  if (kind !== null && !kind.any.some(({ dimension }) => said.has(dimension))) draft.where.push(kind);
}

/** "Are we above 95 % this month", "did we open more than 50": the figure says whether it is so. */
function answersItself(draft: Draft, number: NumberFilter, beside: readonly (Span | undefined)[]): boolean {
  const [metric, another] = draft.metrics;
  const opens = draft.understood.reading.tokens[0]?.lower ?? '';
  if (!metric || another || draft.groupBy.length > 0 || number.isTimes === true) return false;
  const isOfRecords = isOfSuch(draft, number);
  // "Do we have chats rated below 3": records that are named are shown, and no number of them is said.
  if (draft.isImplied && !isOfRecords) return false;
  if (!/^(?:is|are|am|was|were|did|do|does|has|have)$/.test(opens)) return false;
  if (number.isPercent !== (metric.format.kind === 'percent')) return false;
  if (number.isMoney && metric.format.kind !== 'money') return false;
  if (asksOfEach(draft)) return false;
  if (isOfRecords && isCountOf(draft.catalogue, metric, draft.entity)) {
    draft.isImplied = false;
    return true;
  }
  const isOther = (span: Span | undefined): boolean =>
    span !== undefined && !meaningsOf(span, 'metric').some(({ id }) => id === metric.id);
  return !beside.some(isOther);
}

/** "Does everybody have fewer than 10": of each of them, which one number for all does not tell. */
const asksOfEach = ({ understood: { reading } }: Draft): boolean =>
  reading.tokens.some(({ word }) =>
    /^(?:everybody|everyone|anybody|anyone|somebody|someone|nobody|each|every|any|all|some|who)$/.test(word),
  );

/** "Reopened more than 2 times": the rows count it themselves, or it is the figure of each group. */
function addTimes(draft: Draft, before: Span | undefined, number: NumberFilter): boolean {
  const { catalogue, entity, understood } = draft;
  const answer = draft.related.at(-1);
  if (answer && /^gte?$/.test(number.op)) {
    const atLeast = (number.values[0] ?? 0) + (number.op === 'gt' ? 1 : 0);
    draft.related[draft.related.length - 1] = { ...answer, atLeast };
    return true;
  }
  const verb = understood.reading.tokens[number.from - 1]?.word ?? '';
  const counts = dimensionsOf(catalogue, entity).filter(
    (one) =>
      one.entity === entity &&
      one.type === 'number' &&
      one.filterable &&
      [one.label, ...one.synonyms].some((name) => name.toLowerCase() === `times ${verb}`),
  );
  const [own, another] = counts;
  if (own && !another && draft.groupBy.length === 0) {
    draft.usedTokens.add(number.from - 1);
    if (before && before.to === number.from && !draft.used.has(before)) draft.used.add(before);
    pushNumber(draft, own, number);
    // Which they are, unless their number is asked for.
    if (understood.kind.countAt === null) draft.isDated = true;
    return true;
  }
  groupByAskedNoun(draft);
  const [metric, further] = draft.metrics;
  return metric !== undefined && !further && draft.groupBy.length > 0 && compareFigure(draft, metric, number);
}

/** Keeps the groups whose figure is so. */
function compareFigure(draft: Draft, metric: MetricDefinition, number: NumberFilter): boolean {
  const isShare = metric.format.kind === 'percent';
  const value = (index: number): number => {
    const said = number.values[index] ?? 0;
    return isShare && (number.isPercent || said > 1) ? said / 100 : said;
  };
  const { op } = number;
  // "A discount over 10 %": what is kept in money is no share of anything, and tickets are no money.
  const isOther = (number.isPercent && !isShare) || (number.isMoney && metric.format.kind !== 'money');
  if (op === 'in' || isOther) return false;
  const conditions: MetricPlan['having'] =
    op === 'between'
      ? [
          { metric: metric.id, op: 'gte', value: value(0) },
          { metric: metric.id, op: 'lte', value: value(1) },
        ]
      : [{ metric: metric.id, op, value: value(0) }];
  draft.having = [...draft.having, ...conditions];
  return true;
}

function isCounted(draft: Draft, span: Span): boolean {
  return entityOfSpan(draft.catalogue, span) !== null;
}

/** "Over 200 customers", "more than 3 urgent tickets": so many of them, whatever they are worth. */
function isOfSuch(
  { catalogue, entity, understood: { reading, spans } }: Draft,
  { to }: NumberFilter,
): boolean {
  const noun = spans.find(
    (span) => span.from >= to && span.from - to <= 3 && entityOfSpan(catalogue, span) === entity,
  );
  const between = reading.tokens.slice(to, noun?.from ?? to);
  return (
    noun !== undefined && between.every(({ kind, lower }) => kind === 'word' && !preposition.test(lower))
  );
}

const preposition = /^(?:of|in|on|at|for|from|by|with|to|per|than|and|or|among|across)$/;

const isAmount = (dimension: DimensionDefinition): boolean =>
  dimension.format?.kind === 'money' || /amount|arr$|revenue/.test(dimension.id);

function numericDimension(draft: Draft, span: Span, number: NumberFilter): DimensionDefinition | null {
  // The figure that is asked for is compared group by group, not row by row.
  if (draft.used.has(span)) return null;
  const twin = numericTwin(draft.catalogue, span);
  const [best] = reachable(draft.catalogue, draft.entity, twin === null ? [] : [twin]);
  // "Discounts above 20 %": what is kept in money is no share of anything.
  const isShare = best?.dimension.format?.kind === 'percent';
  return best && (isShare || !number.isPercent) ? best.dimension : null;
}

/**
 * "Conversations with a rating of 4 or more", "accounts with fewer than 100 employees": a number that the rows have by that
 * name, whatever else goes by the same word.
 */
function ownNumber(
  { catalogue, entity, used }: Draft,
  span: Span,
  number: NumberFilter,
): DimensionDefinition | null {
  if (used.has(span) || number.isPercent) return null;
  const said = wordsOf(span.words);
  const [only, another] = dimensionsOf(catalogue, entity).filter(
    (one) =>
      one.entity === entity &&
      one.type === 'number' &&
      one.filterable &&
      one.hidden !== true &&
      [one.label, ...one.synonyms].some((name) => said.every((word) => wordsOf(name).includes(word))),
  );
  return only !== undefined && another === undefined ? only : null;
}

function pushNumber(draft: Draft, dimension: DimensionDefinition, number: NumberFilter): void {
  const values = number.values.map((value) =>
    dimension.format?.kind === 'percent' && (number.isPercent || value > 1) ? value / 100 : value,
  );
  draft.where.push({ any: [{ dimension: dimension.id, op: number.op, values }] });
}
